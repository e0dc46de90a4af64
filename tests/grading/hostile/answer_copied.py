"""Copies an answer's cell, as happens to honest people: the copy runs, and is right.

Ends in: graded
Scores: double-check-values=2, double-check-empty=1
"""

from copy import deepcopy

from tests.grading.hostile_class import RIGHT, Submission


def hand_in(submission: Submission) -> None:
    cells = submission.notebook.cells
    copy = deepcopy(submission.cell("double"))
    copy.source = RIGHT["double"]
    cells.insert(cells.index(submission.cell("double")) + 1, copy)
