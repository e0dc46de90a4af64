"""Is right, and leaves the streams so that nobody can print to them.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import Submission

CELL = """
import sys

print("before")
sys.stdout = open("log.txt", "w")
sys.stdout.close()
sys.stderr = None
"""


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    submission.first(CELL)
