"""Has a cell of 5 MB.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.first("x = '" + "x" * 5_000_000 + "'")
