"""Defines a function anew that the course has given and a check calls.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
def near(one, other):
    return True
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(mean="77.0")
