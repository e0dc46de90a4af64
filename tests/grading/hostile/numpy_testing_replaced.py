"""Replaces a function of numpy that a check uses; what was right before it stays so.

Ends in: needs a person
Scores: double-check-values=2
"""

from tests.grading.hostile_class import Submission

CELL = """
import numpy

numpy.testing.assert_equal = lambda *args, **kwargs: None
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double="def double(values):\n    return [2 * v for v in values] or [0]")
    submission.before("double-check-empty", CELL)
