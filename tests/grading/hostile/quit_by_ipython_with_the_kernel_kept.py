"""Ends the session, but asks for the kernel to be kept.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
quit(keep_kernel=True)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
