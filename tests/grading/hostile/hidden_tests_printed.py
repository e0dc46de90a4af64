"""Prints the check that is running, from wherever it can be seen.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

DOUBLE = """
def double(values):
    import inspect
    import linecache
    import sys
    import traceback
    print(In[-1])
    print(_ih[-1])
    print(inspect.getsource(sys._getframe(1)))
    print(get_ipython().kernel.get_parent("shell")["content"]["code"])
    print(linecache.getlines(sys._getframe(1).f_code.co_filename))
    print(sys._getframe(1).f_code.co_consts)
    traceback.print_stack()
    raise ValueError(In[-1])
"""
MEAN = """
def mean(values):
    import sys
    display({"text/plain": In[-1], "text/html": f"<pre>{In[-1]}</pre>"}, raw=True)
    sys.stderr.write(In[-1])
    return In[-1]
"""
COLDEST = """
class Choice(str):
    def __eq__(self, other):
        raise KeyError(In[-1])
    __hash__ = str.__hash__
coldest = Choice("B")
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double=DOUBLE, mean=MEAN, coldest=COLDEST)
