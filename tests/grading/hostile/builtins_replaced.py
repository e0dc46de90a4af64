"""Replaces functions of Python that checks use.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import builtins

builtins.abs = lambda value: 1
builtins.float = lambda *args: 12
builtins.sum = lambda *args: 4
builtins.AssertionError = type("AssertionError", (BaseException,), {})
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
