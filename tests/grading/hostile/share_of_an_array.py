"""Ends the check that counts points with something else than a number.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

MEAN = """
def mean(values):
    return np.array([0.0, 0.0])
"""


def hand_in(submission: Submission) -> None:
    submission.answer(mean=MEAN)
