"""Changes the grader's own syntax transformer, and only while a check runs.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import ast

for doubt in get_ipython().ast_transformers:
    def visit(node, doubt=doubt):
        return ast.Module([], []) if doubt.active else node
    doubt.visit = visit
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
