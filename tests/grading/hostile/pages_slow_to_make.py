"""Shows what takes minutes or hours to make a page of, where that takes the square of its length.

Ends in: graded
Scores: none
"""

from nbformat.v4 import new_markdown_cell

from tests.grading.hostile_class import Submission

DOUBLE = """
class Slow(Exception):
    def _render_traceback_(self):
        return ["\\n" * 900_000 + "x", "last"]


def double(values):
    raise Slow
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double=DOUBLE)
    submission.first("\n" * 200_000 + "1")
    for source in ("[" * 400_000, "[a](<b" * 60_000, "<div>" * 200_000):
        submission.notebook.cells.append(new_markdown_cell(source))
