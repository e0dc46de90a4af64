"""Raises SystemExit in the answers, which Jupyter does not show as an error.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

DOUBLE = """
def double(values):
    raise SystemExit(0)
"""
MEAN = """
def mean(values):
    import sys
    sys.exit()
"""
COLDEST = """
class coldest(str):
    def __eq__(self, other):
        raise SystemExit
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double=DOUBLE, mean=MEAN, coldest=COLDEST)
