"""Replaces a function of pandas that a check uses.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import pandas._testing
import pandas.testing

pandas.testing.assert_frame_equal = lambda *args, **kwargs: None
pandas._testing.assert_frame_equal = lambda *args, **kwargs: None
pd.Series.sum = lambda self: 12
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
