"""Adds checks that the course does not have, each worth 1000 points.

Ends in: graded
Scores: none
"""

from nbformat.v4 import new_code_cell

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    for number in range(3):
        cell = new_code_cell("1000")
        cell.metadata["nbgrader"] = {
            "grade": True,
            "grade_id": f"extra-{number}",
            "locked": True,
            "points": 1000,
            "schema_version": 3,
            "solution": False,
            "task": False,
        }
        submission.notebook.cells.append(cell)
