"""Hands in outputs that say that all checks passed, with full marks.

Ends in: graded
Scores: none
"""

from nbformat.v4 import new_output

from tests.grading.hostile_class import POINTS, Submission


def hand_in(submission: Submission) -> None:
    for name, points in POINTS.items():
        cell = submission.cell(name)
        cell.execution_count = 1
        data = {"text/plain": str(points)}
        cell.outputs = [new_output("execute_result", data, execution_count=1)]
