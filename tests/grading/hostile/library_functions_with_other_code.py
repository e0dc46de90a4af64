"""Puts other code into a library's function, which stays where it is.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
np.testing.assert_equal.__wrapped__ = None
np.testing._private.utils.assert_equal.__code__ = (
    lambda actual, desired, err_msg="", verbose=True, *, strict=False: None
).__code__
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(double="[7]")
