"""Hands in pipes and sockets beside right answers.

Ends in: graded
Scores: all
"""

import os
import socket

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    os.mkfifo(submission.folder / "data.csv")
    os.mkfifo(submission.folder / "timestamp.txt")
    where = os.open(submission.folder, os.O_RDONLY)  # the whole path may be too long for a socket
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"/proc/self/fd/{where}/socket")
    os.close(where)
