"""Attaches to other processes as a debugger does, and reads their memory.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
for process in [1, os.getppid(), *range(2, 60)]:
    print(process, libc.ptrace(16, process, 0, 0), ctypes.get_errno())
    for name in ("mem", "environ", "maps", "fd", "root", "cwd"):
        try:
            path = f"/proc/{process}/{name}"
            if name in ("fd", "root", "cwd"):
                print(path, [os.readlink(f"{path}/{fd}") for fd in os.listdir(path)]
                      if name == "fd" else os.listdir(path))
            elif process != os.getpid():
                print(open(path, "rb").read(5000))
        except OSError as error:
            print(error)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
