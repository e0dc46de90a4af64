"""Hands in links to the machine's files, and to itself, beside its notebook.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import os

for folder, _, names in os.walk("."):
    for name in names:
        print(name, open(os.path.join(folder, name)).read())
"""


def hand_in(submission: Submission) -> None:
    for name, target in {
        "passwd": "/etc/passwd",
        "source.txt": submission.filled("@COURSE@/source/01-class/class.ipynb"),
        "book.txt": submission.filled("@COURSE@/gradebook.db"),
        "course": submission.filled("@COURSE@"),
        "self": ".",
        "zero": "/dev/zero",
    }.items():
        (submission.folder / name).symlink_to(target)
    submission.first(CELL)
