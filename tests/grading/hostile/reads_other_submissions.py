"""Copies from the others.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import glob

for root in ("@COURSE@", "../..", "../../..", "../../../.."):
    for pattern in ("submitted", "autograded", "feedback", "release"):
        for path in glob.glob(f"{root}/{pattern}/**/*", recursive=True):
            try:
                print(path, open(path).read())
            except OSError as error:
                print(path, error)
try:
    print(open("@COURSE@/submitted/right/01-class/notes.txt").read())
except OSError as error:
    print(error)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
