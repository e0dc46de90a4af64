"""Lets a function that the course has given run among names that mean something else.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = "near = type(near)(near.__code__, {'abs': lambda value: 0.0})"


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(mean="77.0")
