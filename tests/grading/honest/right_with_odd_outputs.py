"""Is right, and shows what no notebook can hold.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import Submission

CELL = """
class Shown:
    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": "shown", "text/html": None}


display({"text/plain": 5}, raw=True)
Shown()
"""
STOP = """
class Stop(Exception):
    def _render_traceback_(self):
        pass


raise Stop("here")
"""


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    submission.first(STOP)
    submission.first(CELL)
