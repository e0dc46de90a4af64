"""Defines anew what only a function of the course reads that checks call.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
def abs(value):
    return 0
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
