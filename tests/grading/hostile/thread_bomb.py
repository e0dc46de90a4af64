"""Starts threads without end.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import threading
import time

stop = threading.Event()
end = time.monotonic() + 8
while time.monotonic() < end:
    try:
        threading.Thread(target=stop.wait, daemon=True).start()
    except RuntimeError:
        time.sleep(0.01)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
