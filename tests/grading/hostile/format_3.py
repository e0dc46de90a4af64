"""Is a notebook of the format of ten years ago, with right answers.

Ends in: graded
Scores: all
"""

import json

import nbformat

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    old = nbformat.convert(submission.notebook, 3)
    submission.write(json.dumps(old).encode())
