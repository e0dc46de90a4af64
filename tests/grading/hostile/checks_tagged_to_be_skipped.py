"""Tags every check `skip-execution`, so that it is not run and shows no error.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    for cell in submission.notebook.cells:
        cell.metadata["tags"] = ["skip-execution"]
