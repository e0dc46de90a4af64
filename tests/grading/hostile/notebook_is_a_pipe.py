"""Hands in a pipe, on which a reader would wait for ever.

Ends in: could not run
Scores: none
"""

import os

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    os.mkfifo(submission.file)
    submission.written = True
