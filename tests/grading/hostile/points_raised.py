"""Makes every check worth 1000 points, and answers one exercise.

Ends in: graded
Scores: double-check-values=2, double-check-empty=1
"""

from tests.grading.hostile_class import POINTS, RIGHT, Submission


def hand_in(submission: Submission) -> None:
    submission.answer(double=RIGHT["double"])
    for name in POINTS:
        submission.cell(name).metadata.nbgrader.points = 1000
