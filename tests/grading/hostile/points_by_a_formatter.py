"""Has a formatter note points of its own when a check's are shown.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
doubt = get_ipython().ast_transformers[-1]
plain = get_ipython().display_formatter.formatters["text/plain"]

def note(value, page, cycle):
    doubt.kept.update({-1: 4, 0: 4, 1: 4})
    page.text("4")

plain.for_type(int, note)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
