"""Exchanges the names of a check of 4 points and one of 1 point, and answers the latter, which
then comes too early.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import RIGHT, Submission


def hand_in(submission: Submission) -> None:
    submission.answer(coldest=RIGHT["coldest"])
    one, other = submission.cell("mean-check-share"), submission.cell("coldest-check-choice")
    one.metadata.nbgrader.grade_id = "coldest-check-choice"
    other.metadata.nbgrader.grade_id = "mean-check-share"
