"""Takes memory by files that have none of a disk.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
try:
    print("memfd", os.memfd_create("bomb"))
except OSError as error:
    print(error)
print("shm", libc.shmget(0, 1 << 32, 0o1600), ctypes.get_errno())
for folder in ("/dev/shm", "/run", "/var/tmp", "/dev/mqueue"):
    try:
        with open(f"{folder}/bomb", "wb") as file:
            for _ in range(400):
                file.write(bytes(10_000_000))
    except OSError as error:
        print(folder, error)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
