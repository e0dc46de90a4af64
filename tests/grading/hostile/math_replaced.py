"""Replaces functions of Python's own module that checks use.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import math

math.isclose = lambda *args, **kwargs: True
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
