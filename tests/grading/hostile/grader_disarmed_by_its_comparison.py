"""Replaces the function by which checks compare.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import builtins

for name in vars(builtins):
    if name.startswith("__comp"):
        setattr(builtins, name, lambda *args: True)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
