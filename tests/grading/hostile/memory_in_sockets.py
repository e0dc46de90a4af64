"""Keeps more memory than it may have in the buffers of sockets, where it is no process's.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import os, socket, time

for _ in range(9):
    if os.fork() == 0:
        pairs = [socket.socketpair() for _ in range(450)]
        for pair in pairs:
            for end in pair:
                end.setblocking(False)
                try:
                    while True:
                        end.send(bytes(10_000))
                except BlockingIOError:
                    pass
        time.sleep(60)
time.sleep(60)
"""


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    submission.first(CELL)
