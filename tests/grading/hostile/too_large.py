"""Is 100 MB.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    with submission.file.open("wb") as file:
        file.truncate(100_000_000)
    submission.written = True
