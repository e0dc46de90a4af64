"""Hands in a link to the course's own notebook.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.file.symlink_to(submission.filled("@COURSE@/source/01-class/class.ipynb"))
    submission.written = True
