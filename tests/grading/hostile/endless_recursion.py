"""Answers by calling itself without end; another answer is right.

Ends in: graded
Scores: coldest-check-choice=1
"""

from tests.grading.hostile_class import RIGHT, Submission


def hand_in(submission: Submission) -> None:
    submission.answer(
        double="def double(values):\n    return double(values)", coldest=RIGHT["coldest"]
    )
