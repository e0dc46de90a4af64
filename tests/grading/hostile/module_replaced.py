"""Puts a module of its own where an import in a check will find it.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import sys
import types

fake = types.ModuleType("math")
fake.isclose = lambda *args, **kwargs: True
sys.modules["math"] = math = fake
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
