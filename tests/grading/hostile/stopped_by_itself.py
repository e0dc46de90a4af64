"""Stops the kernel with SIGSTOP, so that it lives and says nothing.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import os
import signal

os.kill(os.getpid(), signal.SIGSTOP)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
