"""Tags every cell `raises-exception`, so that an error is as it should be.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    for cell in submission.notebook.cells:
        cell.metadata["tags"] = ["raises-exception"]
