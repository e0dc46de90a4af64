"""Handles all exceptions by `set_custom_exc`, and sets Python's hook for them.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import sys

get_ipython().set_custom_exc((Exception,), lambda *args, **kwargs: None)
sys.excepthook = lambda *args: None
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
