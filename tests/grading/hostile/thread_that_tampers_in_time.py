"""Replaces what a check uses while it runs, and has a thread put it back before the next cell.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import sys
import threading
import time

sys.setswitchinterval(1e-5)
true = np.testing.assert_equal
kernel = get_ipython().kernel

def wait():
    while True:
        try:
            content = kernel.get_parent("shell")["content"]
        except Exception:  # between two cells
            content = {}
        if not content.get("store_history") or "assert" not in content.get("code", ""):
            np.testing.assert_equal = true
        time.sleep(1e-5)

threading.Thread(target=wait, daemon=True).start()
"""
DOUBLE = """
def double(values):
    if not values:
        np.testing.assert_equal = lambda *args, **kwargs: True
    return [0]
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer(double=DOUBLE)
