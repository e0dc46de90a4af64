"""Gives the notebook's variables other functions of Python, and leaves the true ones.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import builtins

own = dict(vars(builtins))
own.update({name: lambda *args, **kwargs: True for name in own if name.startswith("__comp")})
own.update(isinstance=lambda *args: True, sum=lambda *args: 4, abs=lambda value: 1)
globals()["__builtins__"] = own
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
