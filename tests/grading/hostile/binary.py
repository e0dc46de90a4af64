"""Is no text.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.write(bytes(range(256)) * 100)
