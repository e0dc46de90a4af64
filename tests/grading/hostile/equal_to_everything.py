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


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(double="Anylist([0])", mean="Any()", coldest="Any()")
