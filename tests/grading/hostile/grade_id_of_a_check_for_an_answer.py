"""Names an answer's cell as the check, and the check's as the answer, which is not restored.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    answer, check = submission.cell("coldest"), submission.cell("coldest-check-choice")
    answer.metadata, check.metadata = check.metadata, answer.metadata
    check.source = "1"
