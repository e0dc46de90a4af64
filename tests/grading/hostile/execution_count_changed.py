"""Counts the cells otherwise.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
ip = get_ipython()
ip.execution_count = -(10**9)
ip.history_manager.reset()
In.clear()
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
