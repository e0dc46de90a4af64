"""Answers with lists in lists, a million deep, and with one that holds itself.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

MEAN = """
def mean(values):
    deep = []
    for _ in range(1_000_000):
        deep = [deep]
    return deep
"""


def hand_in(submission: Submission) -> None:
    submission.answer(mean=MEAN, coldest="coldest = []\ncoldest.append(coldest)")
