"""Rewrites checks where the kernel's session unpacks what it was sent.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
session = get_ipython().kernel.session
unpack = session.unpack


def rewritten(data):
    message = unpack(data)
    if isinstance(message, dict) and message.get("store_history"):
        message["code"] = message.get("code", "").replace("assert ", "0 and ")
    return message


session.unpack = rewritten
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
