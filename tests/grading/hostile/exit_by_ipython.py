"""Ends the session as IPython offers it.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
exit()
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
