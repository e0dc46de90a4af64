"""Puts full marks in the place of the cells' text, before IPython reads it.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = r"""
get_ipython().input_transformer_manager.cleanup_transforms.insert(0, lambda lines: ["4\n"])
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
