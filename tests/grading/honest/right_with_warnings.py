"""Is right, and writes to standard error.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import Submission

DOUBLE = """
def double(values):
    import warnings
    warnings.warn("This is slow.", stacklevel=2)
    return [2 * value for value in values]
"""
MEAN = """
def mean(values):
    import sys
    print("debugging", values, file=sys.stderr)
    return np.float64(np.mean(values)).item()
"""
COLDEST = """
coldest = "B"
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double=DOUBLE, mean=MEAN, coldest=COLDEST)
