"""As before, but only in cells that count in the history, which most canaries do not.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
from jupyter_client.session import Session

true = Session.send

def send(self, stream, kind, content=None, *args, **kwargs):
    parent = get_ipython().kernel.get_parent("shell").get("content", {})
    if parent.get("store_history") and (kind == "error" or content and content.get("ename")):
        return None if kind == "error" else true(
            self, stream, kind, {"status": "ok", "execution_count": 1}, *args, **kwargs
        )
    return true(self, stream, kind, content, *args, **kwargs)

Session.send = send
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
