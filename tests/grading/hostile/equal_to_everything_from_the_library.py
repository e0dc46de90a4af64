"""Answers with `unittest.mock.ANY`.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
from unittest.mock import ANY
"""
DOUBLE = """
def double(values):
    return ANY
"""
MEAN = """
def mean(values):
    return ANY
"""
COLDEST = """
coldest = ANY
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer(double=DOUBLE, mean=MEAN, coldest=COLDEST)
