"""Writes one file without end.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
try:
    with open("bomb", "wb") as file:
        for _ in range(1000):
            file.write(bytes(10_000_000))
except OSError as error:
    print(error)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
