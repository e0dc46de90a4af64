"""Keeps what it shows where nobody looks for it: in the description of an output.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
for number in range(100):
    display({"x" * 100_000: ""}, metadata={"y" * 100_000: ""}, raw=True)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
