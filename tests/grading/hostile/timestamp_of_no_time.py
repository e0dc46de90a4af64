"""Hands in a timestamp that is no time, beside right answers.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    (submission.folder / "timestamp.txt").write_bytes(b"\xff\xfe soon")
