"""Sends the grader messages that are signed as the kernel's are, and hold nothing of one.

Ends in: could not run
Scores: double-check-values=2, double-check-empty=1
"""

from tests.grading.hostile_class import RIGHT, Submission

MEAN = """
kernel = get_ipython().kernel
for content in ({}, {"name": "stdout"}, {"name": "stdout", "text": 5}):
    kernel.session.send(kernel.iopub_socket, "stream", content, parent=kernel.get_parent("shell"))
parts = [b"{}", b"[1]", b"{}", b"{}"]
kernel.iopub_socket.send_multipart([b"a", b"<IDS|MSG>", kernel.session.sign(parts), *parts])
"""


def hand_in(submission: Submission) -> None:
    submission.answer(double=RIGHT["double"], mean=MEAN)
