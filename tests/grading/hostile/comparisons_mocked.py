"""Puts other libraries' functions in the place of what checks call.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
from unittest.mock import Mock

np.testing.assert_equal = Mock()
pd.testing.assert_frame_equal = print
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
