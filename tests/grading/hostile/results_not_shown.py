"""Shows no results, so that a share of 0 points is not seen.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
get_ipython().ast_node_interactivity = "none"
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
