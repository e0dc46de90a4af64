"""Replaces the whole of what turns a cell's text into Python.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
from IPython.core.inputtransformer2 import TransformerManager

class Manager(TransformerManager):
    def transform_cell(self, cell):
        return super().transform_cell(cell).replace("assert ", "0 and ")

get_ipython().input_transformer_manager = Manager()
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
