"""Is as it was released.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    stub = 'raise NotImplementedError("Not answered yet: replace this line with your answer.")'
    submission.answer(
        double=f"def double(values):\n    {stub}",
        mean=f"def mean(values):\n    {stub}",
        coldest=stub,
    )
