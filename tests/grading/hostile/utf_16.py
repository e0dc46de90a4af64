"""Is text of another encoding.

Ends in: could not run
Scores: none
"""

import nbformat

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.write(nbformat.writes(submission.notebook).encode("utf-16"))
