"""Defines functions of Python's names, which checks do not take for Python's own.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
def isinstance(*args):
    return True

def sum(*args):
    return 4

def len(value):
    return 2

def float(value):
    return 12
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
