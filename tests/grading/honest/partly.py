"""Takes the median for the mean.

Ends in: graded
Scores: double-check-values=2, double-check-empty=1, mean-check-close=2, mean-check-near=1,
    mean-check-table=1, mean-check-share=3
"""

from tests.grading.hostile_class import Submission

DOUBLE = """
def double(values):
    return [value + value for value in values]
"""
MEAN = """
def mean(values):
    return float(sorted(values)[len(values) // 2] + sorted(values)[(len(values) - 1) // 2]) / 2
"""
COLDEST = """
coldest = "A"
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double=DOUBLE, mean=MEAN, coldest=COLDEST)
