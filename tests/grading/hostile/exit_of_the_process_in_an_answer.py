"""Ends the kernel's process as soon as a check asks for an answer.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

DOUBLE = """
def double(values):
    import os
    os._exit(1)
"""
MEAN = """
def mean(values):
    return None
"""
COLDEST = """
coldest = None
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double=DOUBLE, mean=MEAN, coldest=COLDEST)
