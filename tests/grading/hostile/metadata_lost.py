"""Comes from an editor that keeps no metadata; the answers are right.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    for cell in submission.notebook.cells:
        cell.metadata = {}
