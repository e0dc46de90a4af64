"""Is a notebook of a format that there is not.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.write(b'{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}')
