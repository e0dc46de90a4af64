"""Answers with objects that are equal to everything.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
class Any:
    def __eq__(self, other):
        return True

    __hash__ = None

class Anylist(list):
    __eq__ = Any.__eq__
    __hash__ = None
"""
DOUBLE = """
def double(values):
    return Anylist([0])
"""
MEAN = """
def mean(values):
    return Any()
"""
COLDEST = """
coldest = Any()
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer(double=DOUBLE, mean=MEAN, coldest=COLDEST)
