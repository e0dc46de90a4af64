"""Answers the grader from inside a check that it has passed, and ends the kernel at once.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile.reply_forged_inside_a_check import CELL
from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.first(f"{CELL}\nimport os")
    submission.answer(double="def double(values):\n    pass_it()\n    os._exit(0)")
