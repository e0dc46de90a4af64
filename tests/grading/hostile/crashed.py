"""Reads memory that is not there.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import ctypes

ctypes.string_at(0)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
