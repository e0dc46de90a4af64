"""Writes file after file until the disk is full.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import os

for number in range(1000):
    try:
        with open(f"/tmp/bomb{number}", "wb") as file:
            file.write(bytes(10_000_000))
    except OSError as error:
        print(number, error)
        break
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
