"""Has cells that no parser of Python can read, or only with much stack.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.first("(" * 100_000)
    submission.first("x = " + "-" * 100_000 + "1")
    submission.first("x = " + "+".join("1" * 50_000))
