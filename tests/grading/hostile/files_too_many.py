"""Hands in thousands of files and very deep folders, beside right answers.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    for number in range(2_000):
        (submission.folder / f"{number}.txt").touch()
    deep = submission.folder / "a"
    for _ in range(100):
        deep = deep / "a"
    deep.mkdir(parents=True)
