"""Spends its time where no interrupt of Python's is heard.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import itertools

"x" in itertools.repeat("y")
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
