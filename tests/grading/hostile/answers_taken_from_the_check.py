"""Reads the right answer out of the check that is running: a limit.

Ends in: graded
Scores: double-check-values=2
"""

from tests.grading.hostile_class import Submission

DOUBLE = """
def double(values):
    import ast
    for node in ast.walk(ast.parse(In[-1])):
        if isinstance(node, ast.Compare) and isinstance(node.comparators[0], ast.List):
            expected = ast.literal_eval(node.comparators[0])
            if len(expected) == len(values) and abs(sum(expected)) == abs(sum(values)) * 2:
                return expected
"""
MEAN = """
mean = None
"""
COLDEST = """
coldest = None
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double=DOUBLE, mean=MEAN, coldest=COLDEST)
