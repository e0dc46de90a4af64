"""Copies each check before and after it, with code that cannot fail.

Ends in: graded
Scores: none
"""

from copy import deepcopy

from tests.grading.hostile_class import POINTS, Submission


def hand_in(submission: Submission) -> None:
    cells = submission.notebook.cells
    for name, points in POINTS.items():
        copy = deepcopy(submission.cell(name))
        copy.source = str(points)
        where = cells.index(submission.cell(name))
        cells.insert(where + 1, copy)
        cells.insert(where, deepcopy(copy))
