"""Prints so much that there is no room for the points, which would count as all of them.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

MEAN = """
def mean(values):
    print("x" * 400_000)
    return 77.0
"""


def hand_in(submission: Submission) -> None:
    submission.answer(mean=MEAN)
