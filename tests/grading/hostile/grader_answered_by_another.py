"""Answers the grader's question about what was replaced itself, and replaces much.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
kernel = get_ipython().kernel
true = kernel.control_handlers["integrity_request"]

async def answer(stream, ident, parent):
    reply = {"status": "ok", "found": [], "rebound": []}
    kernel.session.send(stream, "integrity_reply", reply, parent, ident=ident)

kernel.control_handlers["integrity_request"] = answer
math.isclose = lambda *args, **kwargs: True
np.testing.assert_equal = lambda *args, **kwargs: None
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
