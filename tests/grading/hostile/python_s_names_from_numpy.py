"""Takes NumPy's `all`, which is true of any generator, for Python's.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
from numpy import *
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
