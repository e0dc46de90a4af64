"""Deletes all variables, and Python's own functions from among them.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
get_ipython().reset(new_session=True)
globals().clear()
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
