"""Replaces what a check uses just before it runs, and puts it back after it.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import math
import numpy

true = math.isclose, numpy.testing.assert_equal

def tamper(info):
    if get_ipython().kernel.get_parent("shell")["content"].get("store_history"):
        math.isclose = numpy.testing.assert_equal = lambda *args, **kwargs: True

def restore(result):
    math.isclose, numpy.testing.assert_equal = true

get_ipython().events.register("pre_run_cell", tamper)
get_ipython().events.register("post_run_cell", restore)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
