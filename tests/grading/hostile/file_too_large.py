"""Hands in a file of a terabyte that takes no room, beside right answers.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    with (submission.folder / "data.bin").open("wb") as file:
        file.truncate(10**12)
