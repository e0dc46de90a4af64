"""Makes the check that gives a share end with -20, which nbgrader takes for full marks.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
class Less:
    def __eq__(self, other):
        return -5 if type(other) is float else False

    __hash__ = None
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(mean="Less()")
