"""Prints a megabyte, and starts a program with a name that the system cuts in a letter.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import RIGHT, Submission

MEAN = """
def mean(values):
    print("x" * 400_000)
    return sum(values) / len(values)
"""
CELL = """
import subprocess
from pathlib import Path

script = Path("/tmp/prüfe-diegrößen.sh")
script.write_text("#!/bin/sh\\nsleep 0.5\\n", encoding="utf-8")
script.chmod(0o755)
subprocess.run([script], check=True)
"""


def hand_in(submission: Submission) -> None:
    submission.answer(**{**RIGHT, "mean": MEAN})
    submission.first(CELL)
