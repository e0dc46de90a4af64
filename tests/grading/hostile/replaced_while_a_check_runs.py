"""Replaces what a check calls while it runs, and puts it back by itself.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
true = pd.testing.assert_frame_equal


def fake(*args, **options):
    pd.testing.assert_frame_equal = true
"""
MEAN = """
def mean(values):
    pd.testing.assert_frame_equal = fake
    return 6.0
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer(mean=MEAN)
