"""Ends ZeroMQ's context, so that no more can be said or heard.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
kernel = get_ipython().kernel
kernel.shell_stream.close()
kernel.control_stream.close()
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
