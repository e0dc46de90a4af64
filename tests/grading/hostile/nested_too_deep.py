"""Is nested so deep that reading it would exhaust Python's stack.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.write(b'{"nbformat": 4, "cells": ' + b"[" * 1_000_000)
