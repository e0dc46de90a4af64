"""Turns the checks into raw cells.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import POINTS, Submission


def hand_in(submission: Submission) -> None:
    for name in POINTS:
        cell = submission.cell(name)
        cell.cell_type = "raw"
        del cell["outputs"], cell["execution_count"]
