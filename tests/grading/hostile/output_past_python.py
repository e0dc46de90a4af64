"""Writes 200 MB to the descriptors of standard output and error themselves.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import os

for _ in range(200):
    os.write(1, bytes(500_000))
    os.write(2, bytes(500_000))
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
