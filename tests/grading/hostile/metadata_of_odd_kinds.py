"""Gives its cells metadata that templates of pages fail by.

Ends in: graded
Scores: none
"""

from nbformat.v4 import new_raw_cell

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    for metadata in ({"raw_mimetype": 5}, {"raw_mimetype": {}}, {"transient": 5}):
        submission.notebook.cells.append(new_raw_cell("x", metadata=metadata))
    submission.notebook.cells[0].metadata["transient"] = 5
