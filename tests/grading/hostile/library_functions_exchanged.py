"""Puts a library's functions in the place of others of the same library.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
np.testing.assert_equal = np.array_equal
pd.testing.assert_frame_equal = pd.merge
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
