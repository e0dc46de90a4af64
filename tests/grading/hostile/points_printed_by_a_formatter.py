"""Shows every number as full marks, by a formatter of IPython's.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
plain = get_ipython().display_formatter.formatters["text/plain"]
for kind in (int, float, bool, np.int64, np.float64, np.bool_):
    plain.for_type(kind, lambda value, printer, cycle: printer.text("4"))
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
