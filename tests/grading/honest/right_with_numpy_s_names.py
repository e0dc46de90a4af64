"""Is right, with NumPy's names and its own in the place of Python's, as many notebooks have.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import Submission

CELL = """
from numpy import *

list = [1, 2]
print = lambda *values: None
"""


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    submission.first(CELL)
