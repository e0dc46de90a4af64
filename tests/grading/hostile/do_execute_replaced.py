"""Reports every cell as a success, without running it.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
async def do_execute(*args, **kwargs):
    return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}

get_ipython().kernel.do_execute = do_execute
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
