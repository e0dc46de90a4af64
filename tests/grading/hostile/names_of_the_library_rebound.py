"""Lets the name of a library stand for a namespace whose tables are always right.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
from types import SimpleNamespace

table = pd.DataFrame({"mean": [3.0, 9.0]})
pd = SimpleNamespace(DataFrame=lambda data: table, testing=pd.testing)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
