"""Hands in notebooks that the course does not know, beside right answers.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    for name in ("other.ipynb", "class-Copy1.ipynb", ".ipynb", "class.ipynb.ipynb"):
        (submission.folder / name).write_text("not a notebook", encoding="utf-8")
