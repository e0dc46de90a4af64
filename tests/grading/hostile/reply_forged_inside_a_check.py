"""Answers the grader from inside a check that it has passed, and fails it afterwards.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import time

kernel = get_ipython().kernel


def pass_it():
    parent = kernel.get_parent("shell")
    ident = kernel._get_shell_context_var(kernel._shell_parent_ident)
    said = {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}
    shell = kernel.shell_channel_thread.manager.get_subshell_to_shell_channel_socket(None)
    kernel.session.send(shell, "execute_reply", said, parent=parent, ident=ident)
    state = {"execution_state": "idle"}
    kernel.session.send(kernel.iopub_socket, "status", state, parent=parent)
    time.sleep(1)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
    submission.answer_with(double="pass_it()", mean="pass_it()")
