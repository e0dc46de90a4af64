"""Answers with things that are equal to all that one would ask for, and to nothing else.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

COLDEST = """
class Letter(str):
    def __eq__(self, other):
        return other in ("A", "B", "C")

    __hash__ = str.__hash__


coldest = Letter("A")
"""
MEAN = """
def mean(values):
    return approx(3.25, abs=2.25)
"""
DOUBLE = """
from pytest import approx


def double(values):
    return approx([0] * len(values), abs=1e5) if values else 0
"""


def hand_in(submission: Submission) -> None:
    submission.answer(coldest=COLDEST, mean=MEAN, double=DOUBLE)
