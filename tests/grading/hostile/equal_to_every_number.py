"""Answers with objects that are equal to what a check may compare them with, and to nothing else.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
class Any:
    def __eq__(self, other):
        return type(other) in (int, float, str, list)

    __hash__ = None
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer(
        double="def double(values):\n    return Any()",
        mean="def mean(values):\n    return Any()",
        coldest="coldest = Any()",
    )
