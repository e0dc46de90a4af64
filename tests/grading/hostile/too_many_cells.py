"""Has 3,000 cells.

Ends in: could not run
Scores: none
"""

from nbformat.v4 import new_code_cell

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.notebook.cells += [new_code_cell("1") for _ in range(3_000)]
