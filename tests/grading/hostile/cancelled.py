"""Raises what stands for a cell that was cancelled.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

DOUBLE = """
import asyncio
def double(values):
    raise asyncio.CancelledError
"""
MEAN = """
def mean(values):
    raise asyncio.CancelledError
"""
COLDEST = """
coldest = None
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double=DOUBLE, mean=MEAN, coldest=COLDEST)
