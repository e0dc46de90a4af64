"""Deletes the checks.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import POINTS, Submission


def hand_in(submission: Submission) -> None:
    for name in POINTS:
        submission.notebook.cells.remove(submission.cell(name))
