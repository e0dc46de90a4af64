"""Shows the claim of each check as its result, before it fails.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
get_ipython().ast_node_interactivity = "all"
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
