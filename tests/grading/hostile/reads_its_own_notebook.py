"""Reads the notebook that it is run from, with its hidden tests.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import glob
import os

print(os.getcwd(), os.listdir("."), os.listdir(".."))
for path in glob.glob("/home/**/*.ipynb", recursive=True) + ["class.ipynb", "../class.ipynb"]:
    try:
        print("found", open(path).read())
    except OSError as error:
        print(error)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
