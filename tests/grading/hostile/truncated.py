"""Breaks off in the middle, as an upload does.

Ends in: could not run
Scores: none
"""

import nbformat

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    data = nbformat.writes(submission.notebook).encode()
    submission.write(data[: len(data) // 2])
