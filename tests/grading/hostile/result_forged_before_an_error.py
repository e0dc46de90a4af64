"""Sends full marks as the check's result from within, before the check fails.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
def forge():
    kernel = get_ipython().kernel
    content = {"execution_count": 1, "data": {"text/plain": "4"}, "metadata": {}}
    kernel.session.send(
        kernel.iopub_socket, "execute_result", content, parent=kernel.get_parent("shell")
    )
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer(
        double="def double(values):\n    forge()\n    return None",
        mean="def mean(values):\n    forge()\n    raise ValueError",
    )
