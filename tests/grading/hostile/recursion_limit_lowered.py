"""Leaves Python, and so the kernel, next to no stack.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.first("import sys\n\nsys.setrecursionlimit(60)")
