"""Answers with objects that add up to something which shows itself as full marks.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
class Points:
    def __eq__(self, other):
        return self

    def __radd__(self, other):
        return self

    __add__ = __radd__

    def __bool__(self):
        return False

    def __repr__(self):
        return "4"

    __hash__ = None
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(double="Points()", mean="Points()", coldest="Points()")
