"""Makes namespaces, mounts and a root of its own, as a way out of the one it is in.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import ctypes
import os
import subprocess

libc = ctypes.CDLL(None, use_errno=True)
print("unshare", libc.unshare(0x10000000 | 0x00020000), ctypes.get_errno())
print("mount", libc.mount(b"none", b"/", None, 1 << 18, None), ctypes.get_errno())
print("chroot", libc.chroot(b".."), ctypes.get_errno())
for path in ("/proc/1/ns/mnt", "/proc/1/ns/user", "/proc/1/root"):
    try:
        print(path, libc.setns(os.open(path, os.O_RDONLY), 0), ctypes.get_errno())
    except OSError as error:
        print(path, error)
for path in ("/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger", "/proc/1/oom_score_adj"):
    try:
        open(path, "w").write("|/tmp/hostile-canary")
    except OSError as error:
        print(path, error)
for command in (["unshare", "-r", "id"], ["su", "-c", "id"], ["sudo", "-n", "id"]):
    try:
        print(command, subprocess.run(command, capture_output=True, timeout=3))
    except (OSError, subprocess.TimeoutExpired) as error:
        print(command, error)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
