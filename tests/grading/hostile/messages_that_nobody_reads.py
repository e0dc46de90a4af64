"""Fills the memory of the grader with messages on a channel that nobody reads.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import time

kernel = get_ipython().kernel
ident = kernel._get_shell_context_var(kernel._shell_parent_ident)[0]
while True:
    kernel.stdin_socket.send_multipart([ident, bytes(10_000_000)])
    time.sleep(0.05)  # what waits is to wait at the grader's, not here
"""


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    submission.first(CELL)
