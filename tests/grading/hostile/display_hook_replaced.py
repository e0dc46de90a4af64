"""Replaces what shows a result.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import sys

class Hook:
    def __init__(self, true):
        self.true = true

    def __getattr__(self, name):
        return getattr(self.true, name)

    def __call__(self, value=None):
        return self.true(4)

get_ipython().display_trap.hook = Hook(get_ipython().display_trap.hook)
sys.displayhook = Hook(sys.displayhook)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
