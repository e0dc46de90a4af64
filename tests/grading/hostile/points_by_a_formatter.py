"""Has a formatter note points of its own when a check's are shown.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
doubt = get_ipython().ast_transformers[-1]
plain = get_ipython().display_formatter.formatters["text/plain"]
plain.for_type(int, lambda value, page, cycle: (doubt.kept.append(4), page.text("4")))
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
