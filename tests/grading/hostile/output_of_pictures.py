"""Shows one thing after another.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
from IPython.display import HTML

while True:
    display(HTML("x" * 10_000))
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
