"""Gives IPython a compiler that leaves asserts out.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
ip = get_ipython()
true = ip.compile

class Compiler(type(true)):
    def __call__(self, source, filename, symbol):
        return compile(source, filename, symbol, self.flags, True, optimize=2)

ip.compile.__class__ = Compiler
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
