"""Prints from threads long after their cell; the answers are right.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import Submission

CELL = """
import sys
import threading
import time

def go_on():
    for number in range(2_000):
        print("still here", number)
        print("and here", number, file=sys.stderr)
        time.sleep(0.01)

for _ in range(3):
    threading.Thread(target=go_on, daemon=True).start()
"""


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    submission.first(CELL)
