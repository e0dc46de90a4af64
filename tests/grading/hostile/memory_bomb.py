"""Takes all the memory there is, in one process.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import time

end = time.monotonic() + 8
taken = []
while time.monotonic() < end:
    try:
        taken.append(b"x" * 20_000_000)
    except MemoryError:
        time.sleep(0.05)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
