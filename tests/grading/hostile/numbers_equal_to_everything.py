"""Answers with subclasses of plain types that are equal to everything.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
class Number(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__

class Text(str):
    def __eq__(self, other):
        return True

    __hash__ = str.__hash__
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(double="Number(1)", mean="Number(1)", coldest='Text("Z")')
