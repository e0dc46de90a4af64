"""Lets another installed module stand for the library, with names of its own in it.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
tables = pd
import colorsys as pd
from types import SimpleNamespace

pd.DataFrame = tables.DataFrame
pd.testing = SimpleNamespace(assert_frame_equal=print)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(mean="6.0")
