"""Takes every assert out of the cells' lines.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
def drop(lines):
    return [line.replace("assert ", "0 and ") for line in lines]

get_ipython().input_transformers_post.append(drop)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
