"""Changes every message of an error on its way out, in the class that sends them.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
from jupyter_client.session import Session

true = Session.send

def send(self, stream, kind, content=None, *args, **kwargs):
    if kind == "error" or content and content.get("ename"):
        return None if kind == "error" else true(
            self, stream, kind, {"status": "ok", "execution_count": 1}, *args, **kwargs
        )
    return true(self, stream, kind, content, *args, **kwargs)

Session.send = send
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
