"""Forks in an answer, and lets parent and child both answer the check.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

DOUBLE = """
def double(values):
    import os
    if os.fork():
        os._exit(0)
    return [2 * value for value in values]
"""
MEAN = """
mean = None
"""
COLDEST = """
coldest = None
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double=DOUBLE, mean=MEAN, coldest=COLDEST)
