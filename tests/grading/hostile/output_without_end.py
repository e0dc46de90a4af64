"""Prints line after line.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
while True:
    print("line" * 20)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
