"""Shows nothing, again and again: each time an output, without a byte in it.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
while True:
    display({}, raw=True)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
