"""Calls what the course has given, copies it, and gives its own variables the same names.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import Submission

CELL = """
same = near
assert same(1, 1)


def nearest(near, far):
    return near if abs(near) < abs(far) else far
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_right()
