"""Deletes the cells to answer in.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    for name in ("double", "mean", "coldest"):
        submission.notebook.cells.remove(submission.cell(name))
