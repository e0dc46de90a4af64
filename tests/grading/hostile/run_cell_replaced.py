"""Runs cells in its own way, and finds no error in any.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
from IPython.core.interactiveshell import ExecutionResult

ip = get_ipython()
good = ip.run_cell("pass")

def run_cell(*args, **kwargs):
    return good

async def run_cell_async(*args, **kwargs):
    return good

ip.run_cell, ip.run_cell_async = run_cell, run_cell_async
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
