"""Raises exceptions that are not Exceptions, and one that cannot be shown.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

DOUBLE = """
def double(values):
    raise GeneratorExit
"""
MEAN = """
def mean(values):
    class Odd(BaseException):
        def __str__(self):
            raise self
        __repr__ = __str__
    raise Odd
"""
COLDEST = """
import asyncio
coldest = None
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double=DOUBLE, mean=MEAN, coldest=COLDEST)
