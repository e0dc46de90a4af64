"""Answers with a thing whose difference from any number is nought, for helpers to take.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
class Nought:
    def __sub__(self, other):
        return 0.0

    def __float__(self):
        return 1.5
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(mean="Nought()")
