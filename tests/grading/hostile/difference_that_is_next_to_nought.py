"""Answers with a thing whose difference from any number is tiny, though never the same.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
class Tiny:
    def __sub__(self, other):
        return other * 1e-15

    def __abs__(self):
        return 1.0

    def __float__(self):
        return 1.5
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(mean="Tiny()")
