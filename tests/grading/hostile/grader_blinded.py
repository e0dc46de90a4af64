"""Empties what the grader remembers of the modules, then replaces a function in one.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import sys

for name, module in list(sys.modules.items()):
    if name.endswith("grading.integrity"):
        module._baseline.clear()

import numpy.testing

numpy.testing.assert_equal = lambda *args, **kwargs: None
math.isclose = lambda *args, **kwargs: True
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
