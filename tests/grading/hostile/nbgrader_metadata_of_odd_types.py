"""Holds nbgrader metadata that makes no sense; the answers are right.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import POINTS, Submission


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    odd = ["yes", {"grade": 7}, {"grade": True, "points": "all", "grade_id": []}, None, 5, [1], {}]
    for name, value in zip(POINTS, odd, strict=True):
        submission.cell(name).metadata["nbgrader"] = value
