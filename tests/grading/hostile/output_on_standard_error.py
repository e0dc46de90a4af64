"""Fills standard error, also past Python.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import os
import sys

while True:
    sys.stderr.write("x" * 1_000)
    os.write(2, b"y" * 1_000)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
