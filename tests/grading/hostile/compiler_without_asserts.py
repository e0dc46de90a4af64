"""Compiles cells as `python -O` does.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import builtins
import functools

builtins.compile = functools.partial(compile, optimize=2)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
