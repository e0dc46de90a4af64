"""Gives the name of an imported module to an object of its own.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
class Fake:
    def __getattr__(self, name):
        return Fake()

    def __call__(self, *args, **kwargs):
        return True

math = np = pd = Fake()
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
