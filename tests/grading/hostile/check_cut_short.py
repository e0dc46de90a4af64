"""Takes from the kernel what is left to run of the check that calls an answer.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import sys


def stop():
    frame = sys._getframe(1)
    while frame and "to_run" not in frame.f_locals:
        frame = frame.f_back
    frame.f_locals["to_run"].clear()
"""
DOUBLE = """
def double(values):
    stop()
    return [2, 4]
"""
MEAN = """
def mean(values):
    stop()
    return 1.5
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer(double=DOUBLE, mean=MEAN)
