"""Answers the grader itself that a check has passed, before the kernel can say no.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
def reply():
    kernel = get_ipython().kernel
    content = {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}
    kernel.session.send(
        kernel.shell_stream,
        "execute_reply",
        content,
        parent=kernel.get_parent("shell"),
        ident=kernel._shell_parent_ident.get() if hasattr(kernel, "_shell_parent_ident") else None,
    )

class Hook:
    def __call__(self, *args, **kwargs):
        reply()

get_ipython().events.register("pre_run_cell", lambda info: reply())
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
