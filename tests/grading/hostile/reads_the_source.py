"""Looks for the course's own notebook, with solutions and hidden tests.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import glob
import os

guesses = ["@COURSE@/source", "../../source", "../../../source", "../../../../source", "source"]
for guess in guesses:
    for path in [*glob.glob(f"{guess}/**/*", recursive=True), f"{guess}/01-class/class.ipynb"]:
        try:
            print(path, open(path).read())
        except OSError as error:
            print(path, error)
for folder, within, names in os.walk("/"):
    if folder.startswith(("/proc", "/sys", "/usr", "/dev")) or "site-packages" in folder:
        within.clear()
        continue
    for name in names:
        if name.endswith((".ipynb", ".db")):
            print("found", os.path.join(folder, name), open(os.path.join(folder, name)).read())
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
