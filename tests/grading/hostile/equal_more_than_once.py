"""Answers with a number whose == is worth four where it holds, for a check that counts.

Ends in: graded
Scores: mean-check-share=1
"""

from tests.grading.hostile_class import Submission

CELL = """
class Much(float):
    __hash__ = float.__hash__

    def __eq__(self, other):
        return 4 * float.__eq__(self, other)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(mean="Much(2)")
