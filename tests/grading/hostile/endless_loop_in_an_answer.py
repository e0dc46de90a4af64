"""Never returns from an answer; another one is right.

Ends in: graded
Scores: coldest-check-choice=1
"""

from tests.grading.hostile_class import Submission

DOUBLE = """
def double(values):
    while True:
        pass
"""
MEAN = """
mean = None
"""
COLDEST = """
coldest = "B"
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double=DOUBLE, mean=MEAN, coldest=COLDEST)
