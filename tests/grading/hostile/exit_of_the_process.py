"""Ends the kernel's process with success.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import os

os._exit(0)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
