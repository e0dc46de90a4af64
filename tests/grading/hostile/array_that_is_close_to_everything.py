"""Answers with an array that takes comparisons into its own hands.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
class Array(np.ndarray):
    def __eq__(self, other):
        return True

    def __array_ufunc__(self, *args, **kwargs):
        return True

    def __array_function__(self, *args, **kwargs):
        return True

    def __float__(self):
        return 0.0
"""
DOUBLE = """
def double(values):
    return np.zeros(2).view(Array)
"""
MEAN = """
def mean(values):
    return np.zeros(()).view(Array)
"""
COLDEST = """
coldest = np.zeros(()).view(Array)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer(double=DOUBLE, mean=MEAN, coldest=COLDEST)
