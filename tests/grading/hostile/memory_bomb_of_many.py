"""Takes memory in many processes, each of which is modest.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import os
import time

children = []
for _ in range(20):
    child = os.fork()
    if child == 0:
        taken = os.urandom(1_000_000) * 60
        time.sleep(8)
        os._exit(0)
    children.append(child)
    time.sleep(0.1)
for child in children:
    os.waitpid(child, 0)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
