"""Sends SIGKILL to all processes that it may, from a child, after it has tried its parents.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import os
import signal
import time

for target in (os.getppid(), 1, -os.getppid()):
    for number in (signal.SIGSTOP, signal.SIGKILL):
        try:
            os.kill(target, number)
        except OSError as error:
            print(target, error)
if os.fork() == 0:
    os.kill(-1, signal.SIGKILL)
    os._exit(0)
time.sleep(3)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
