"""Reads who uses this machine, and what the grader's environment holds.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import glob
import os
import pwd

print([user.pw_name for user in pwd.getpwall()], dict(os.environ))
paths = ["/etc/passwd", "/etc/shadow", "/etc/hosts", "/proc/mounts",
         "/proc/self/environ", "/proc/1/environ", "/proc/1/cmdline", "@COURSE@/nbgrader_config.py",
         "/run/secrets", "/var/run/docker.sock", os.path.expanduser("~root/.ssh/id_rsa")]
paths += [os.path.expanduser("~root/.bashrc")]
for path in [*paths, *glob.glob("/proc/[0-9]*/environ"), *glob.glob("/home/*/*")]:
    try:
        print(path, open(path, "rb").read())
    except OSError as error:
        print(path, error)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
