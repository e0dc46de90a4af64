"""Takes every assert out of the cells' syntax trees.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import ast

class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return None

    def visit_Compare(self, node):
        return ast.copy_location(ast.Constant(True), node)

get_ipython().ast_transformers.append(Drop())
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
