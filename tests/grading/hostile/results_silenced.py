"""Lets IPython's display hook believe that every cell ends with a semicolon.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
get_ipython().displayhook.quiet = lambda: True
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
