"""Takes all transformers of syntax trees away, with them the kernel's own.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
get_ipython().ast_transformers.clear()
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
