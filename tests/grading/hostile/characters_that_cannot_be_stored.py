"""Holds half characters and NULs, in sources and in metadata, beside right answers.

Ends in: graded
Scores: all
"""

import json

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    submission.first("text = 'HALF'")
    submission.notebook.metadata["HALF"] = "HALF"
    text = json.dumps(submission.notebook).replace("HALF", r"a\ud800\u0000b")
    submission.write(text.encode())
