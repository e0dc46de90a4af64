"""Makes the check that gives a share end with `nan`, which is larger than no limit.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
class Nan:
    def __eq__(self, other):
        return float("nan") if type(other) is float else False

    __hash__ = None
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(mean="Nan()")
