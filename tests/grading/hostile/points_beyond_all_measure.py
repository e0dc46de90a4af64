"""Makes the check that gives a share end with four billion.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
class More:
    def __eq__(self, other):
        return 10**9 if type(other) is float else False

    __hash__ = None
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(mean="More()")
