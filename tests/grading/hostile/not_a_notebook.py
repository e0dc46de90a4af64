"""Is JSON, but a list.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.write(b"[1, 2, 3]")
