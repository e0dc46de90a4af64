"""Puts a link to the gradebook where its notebook will be written.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import os

for name in ("class.ipynb", "timestamp.txt", "@COURSE@/autograded/link-made-at-run-time/01-class/x",
             "@COURSE@/autograded/link-made-at-run-time/01-class/class.ipynb"):
    try:
        if os.path.lexists(name):
            os.remove(name)
        os.symlink("@COURSE@/gradebook.db", name)
    except OSError as error:
        print(name, error)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
