"""Leaves processes behind that try to write what they can reach, for ever.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = r"""
import os
import time

for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            end = time.monotonic() + 300
            while time.monotonic() < end:
                for folder in (".", "..", "/tmp", "/dev/shm", "@COURSE@"):
                    try:
                        with open(f"{folder}/hostile-canary", "a") as file:
                            file.write("alive\n")
                    except OSError:
                        pass
                time.sleep(0.05)
            os._exit(0)
        os._exit(0)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
