"""Forks without end.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import os
import time

end = time.monotonic() + 8
while time.monotonic() < end:
    try:
        os.fork()
    except OSError:
        time.sleep(0.01)
os._exit(0)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
