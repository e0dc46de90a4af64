"""Answers with objects that are equal to whatever is of a certain kind.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

DOUBLE = """
class Alike:
    def __eq__(self, other):
        return isinstance(other, (list, tuple, dict, set, bool, int, float, str))


def double(values):
    return Alike()
"""
COLDEST = """
coldest = Alike()
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double=DOUBLE, coldest=COLDEST)
