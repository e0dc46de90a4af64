"""Answers with an array that takes comparisons into its own hands.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
class Array(np.ndarray):
    def __eq__(self, other):
        return True

    def __array_ufunc__(self, *args, **kwargs):
        return True

    def __array_function__(self, *args, **kwargs):
        return True

    def __float__(self):
        return 0.0
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(
        double="np.zeros(2).view(Array)",
        mean="np.zeros(()).view(Array)",
        coldest="np.zeros(()).view(Array)",
    )
