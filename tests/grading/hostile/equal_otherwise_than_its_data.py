"""Answers with data of classes that are equal to whatever looks like a right answer.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
class Evens(list):
    def __eq__(self, other):
        return len(self) == len(other) and all(value % 2 == 0 for value in other)


class Near(float):
    __hash__ = float.__hash__

    def __eq__(self, other):
        return abs(float(self) - float(other)) < 9


class Letter(str):
    __hash__ = str.__hash__

    def __eq__(self, other):
        return other in ("B", "Z9")
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(double="Evens(values) if values else 0", mean="Near(5.5)")
    submission.answer(coldest='coldest = Letter("Q")')
