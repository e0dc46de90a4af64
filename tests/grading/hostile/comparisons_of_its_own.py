"""Gives a name of its own to what the grader puts into checks.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
def __compared__(name, left, right):
    return True
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
