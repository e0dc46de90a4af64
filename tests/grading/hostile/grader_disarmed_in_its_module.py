"""Makes the grader believe objects that are equal to everything.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import sys

for name, module in list(sys.modules.items()):
    if name.endswith("grading.doubt"):
        module._is_credulous = lambda thing: False

class Any:
    def __eq__(self, other):
        return True

    __hash__ = None
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(double="Any()", mean="Any()", coldest="Any()")
