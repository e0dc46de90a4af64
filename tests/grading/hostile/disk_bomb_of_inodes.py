"""Makes empty files and nested folders until there can be no more.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import os

try:
    for number in range(1_000_000):
        os.close(os.open(f"f{number}", os.O_CREAT))
except OSError as error:
    print(number, error)
try:
    for number in range(5_000):
        os.mkdir("d")
        os.chdir("d")
except OSError as error:
    print(number, error)
os.chdir("/")
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
