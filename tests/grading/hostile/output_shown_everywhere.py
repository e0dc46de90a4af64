"""Shows a small thing a thousand times, and then makes all of them a megabyte large at once.

Ends in: could not run
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
handle = display({"text/plain": "small"}, raw=True, display_id="everywhere")
for _ in range(1_000):
    display({"text/plain": "small"}, raw=True, display_id="everywhere")
handle.update({"text/plain": "large" * 200_000}, raw=True)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
