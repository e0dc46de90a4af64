"""Is right, and shows widgets with outputs in them.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import Submission

CELL = """
import ipywidgets

out = ipywidgets.Output()
with out:
    print("inside")
ipywidgets.interact(lambda x: print(x), x=3)
"""


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    submission.first(CELL)
