"""Changes what a check expects, between its lines, by a trace function.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import sys

def rewrite(frame, event, arg):
    if "expected" in frame.f_globals:
        frame.f_globals["expected"] = [77.0] * 4
    return rewrite

sys.settrace(rewrite)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
