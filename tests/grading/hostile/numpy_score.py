"""Returns NumPy's numbers, so that a check that counts ends with one, which is no points.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

MEAN = """
def mean(values):
    return np.float64(77.0)
"""


def hand_in(submission: Submission) -> None:
    submission.answer(mean=MEAN)
