"""Runs on whatever comes.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import signal
import time

signal.signal(signal.SIGINT, signal.SIG_IGN)
while True:
    try:
        time.sleep(60)
    except BaseException:
        pass
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
