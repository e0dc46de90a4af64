"""Answers with `unittest.mock.ANY`.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
from unittest.mock import ANY
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(double="ANY", mean="ANY", coldest="ANY")
