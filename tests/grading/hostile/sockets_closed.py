"""Closes the sockets by which the kernel speaks to the grader.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import os

for fd in range(3, 200):
    try:
        os.close(fd)
    except OSError:
        pass
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
