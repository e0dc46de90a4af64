"""Handles the requests of the grader itself, and leaves out what looks like a check.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
kernel = get_ipython().kernel
true = kernel.shell_handlers["execute_request"]


async def run(stream, ident, parent):
    if parent["content"]["code"].startswith(("'", '"')):
        parent["content"]["code"] = "pass"
    return await true(stream, ident, parent)


kernel.shell_handlers["execute_request"] = run
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
