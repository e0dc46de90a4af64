"""Has thought of something else.

Ends in: graded
Scores: double-check-empty=1, mean-check-share=1
"""

from tests.grading.hostile_class import Submission

DOUBLE = """
def double(values):
    return 2 * values
"""
MEAN = """
def mean(values):
    return 0
"""
COLDEST = """
coldest = "C"
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double=DOUBLE, mean=MEAN, coldest=COLDEST)
