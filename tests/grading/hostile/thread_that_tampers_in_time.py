"""Replaces what a check uses after the grader has looked, from a thread that waits for that.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import sys
import threading
import time

sys.setswitchinterval(1e-5)
true = math.isclose, np.testing.assert_equal
kernel = get_ipython().kernel

def wait():
    while True:
        try:
            content = kernel.get_parent("shell")["content"]
        except Exception:  # between two cells
            content = {}
        if content.get("store_history") and "assert" in content.get("code", ""):
            math.isclose = np.testing.assert_equal = lambda *args, **kwargs: True
        else:
            math.isclose, np.testing.assert_equal = true
        time.sleep(1e-5)

threading.Thread(target=wait, daemon=True).start()
"""


ANSWER = """
def mean(values):
    end = time.monotonic() + 5
    while math.isclose is true[0] and time.monotonic() < end:
        time.sleep(0.01)
    return 77.0
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer(mean=ANSWER)
