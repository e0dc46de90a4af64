"""Answers with a list of a class of its own, full of what is equal to everything.

Ends in: needs a person
Scores: double-check-empty=1
"""

from tests.grading.hostile_class import Submission

DOUBLE = """
from unittest.mock import ANY


class Values(list):
    pass


def double(values):
    return Values([ANY] * len(values))
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double=DOUBLE)
