"""Kills the kernel with SIGKILL.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import os
import signal

os.kill(os.getpid(), signal.SIGKILL)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
