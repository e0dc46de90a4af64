"""Prints far more in one message than a whole notebook may.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
display({"text/plain": "x" * 40_000_000}, raw=True)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
