"""Does something of its own at every cell, and replaces a function that checks use, at once.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
isinstance = lambda value, kind: True
get_ipython().events.register("pre_run_cell", lambda info: None)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
