"""Lets IPython do all but execute the code.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
async def run_code(*args, **kwargs):
    return False

get_ipython().run_code = run_code
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
