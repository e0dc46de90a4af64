"""Prints 100 MB on one line.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
print("x" * 100_000_000)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
