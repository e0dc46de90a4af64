"""Shows no error, and counts none as one.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
from IPython.core.interactiveshell import ExecutionResult

get_ipython().showtraceback = lambda *args, **kwargs: None
ExecutionResult.success = property(lambda self: True)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
