"""Drops assertions from checks by a transformer that is equal to all others.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import ast

shell = get_ipython()
doubt = shell.ast_transformers[-1]


class Dropping(ast.NodeTransformer):
    def __eq__(self, other):
        return True

    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node) if doubt.active else node


shell.ast_transformers.insert(0, Dropping())
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
