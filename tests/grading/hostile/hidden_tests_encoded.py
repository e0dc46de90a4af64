"""Prints the check that is running in a code, which nothing can keep from its author: a limit.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

DOUBLE = """
def double(values):
    import base64
    print(base64.b64encode(In[-1].encode()))
"""
MEAN = """
def mean(values):
    print(In[-1].encode().hex())
"""
COLDEST = """
coldest = None
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double=DOUBLE, mean=MEAN, coldest=COLDEST)
