"""Sends full marks for the check that gives a share once it has run, from a thread.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import threading
import time

def forge():
    kernel = get_ipython().kernel
    content = {"execution_count": 1, "data": {"text/plain": "4"}, "metadata": {}}
    seen = None
    while True:
        parent = kernel.get_parent("shell")
        if parent and "possible" in str(parent.get("content")):
            for _ in range(3):
                kernel.session.send(kernel.iopub_socket, "execute_result", content, parent=parent)
        time.sleep(0.001)

threading.Thread(target=forge, daemon=True).start()
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
