"""Tells the kernel to shut down, as a front end does.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import asyncio

kernel = get_ipython().kernel
kernel.do_shutdown(False)
kernel.io_loop.add_callback(kernel.io_loop.stop)
get_ipython().ask_exit()
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
