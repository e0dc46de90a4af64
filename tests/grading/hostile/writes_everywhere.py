"""Writes wherever it may find a way out.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import os
import site
import subprocess
import sys

folders = ["/", "/usr", "/usr/local/bin", "/etc", "/bin", "/root", "/home", "/var/tmp", "/run",
           "/proc", "/sys", "/dev", "..", "../..", "@COURSE@", "@COURSE@/source", "@TMP@",
           sys.prefix, sys.base_prefix, os.path.dirname(os.__file__), *site.getsitepackages()]
for folder in folders:
    try:
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "hostile-canary"), "w") as file:
            file.write("here")
    except OSError as error:
        print(folder, error)
for path in (os.__file__, np.__file__, "@COURSE@/gradebook.db", "@COURSE@/nbgrader_config.py"):
    try:
        os.chmod(path, 0o777)
        os.truncate(path, 0)
    except OSError as error:
        print(path, error)
print(subprocess.run(["mount", "-o", "remount,rw", "/"], capture_output=True).stderr)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
