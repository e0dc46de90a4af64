"""Is right, and uses names that others use for attacks: it registers, wraps and compares.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import Submission

CELL = """
import functools

class Money:
    def __init__(self, amount):
        self.amount = amount

    def __eq__(self, other):
        return isinstance(other, Money) and self.amount == other.amount

    __hash__ = None

@functools.lru_cache
def square(x):
    return x * x

list_of = [square(n) for n in range(5)]
max_value = max(list_of)
get_ipython().run_line_magic("precision", "3")
pd.options.display.max_rows = 10
np.set_printoptions(precision=2)
Money(1) == Money(1)
"""


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    submission.first(CELL)
