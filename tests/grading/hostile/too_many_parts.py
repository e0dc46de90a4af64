"""Holds millions of objects in a few megabytes, which take gigabytes in memory.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.write(
        b'{"nbformat": 4, "cells": [], "metadata": {"a": [' + b"{}," * 3_000_000 + b"1]}}"
    )
