"""Has a thread replace what a check uses when it has begun, and put it back before the next cell.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import sys
import threading
import time

sys.setswitchinterval(1e-5)
true, fake = np.testing.assert_equal, lambda *args, **kwargs: True
kernel = get_ipython().kernel

def wait():
    while True:
        try:
            content = kernel.get_parent("shell")["content"]
        except Exception:  # between two cells
            content = {}
        is_check = content.get("store_history") and "assert" in content.get("code", "")
        np.testing.assert_equal = fake if is_check else true
        time.sleep(1e-5)

threading.Thread(target=wait, daemon=True).start()
"""
DOUBLE = """
def double(values):
    end = time.monotonic() + 2
    while not values and np.testing.assert_equal is true:
        time.sleep(0.01)
        if time.monotonic() > end:  # the machine is too busy for threads
            np.testing.assert_equal = fake
    return [0]
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer(double=DOUBLE)
