"""Has a name with spaces and quotes, and files with names that no shell likes, all right.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import Submission

STUDENT = "Zoë O'Neil \"; rm -rf ~ $(id) 🦆"


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    for name in ("new\nline.csv", "-rf", "*", "días 🦆.txt", "\\", "x" * 200):
        (submission.folder / name).write_text("1", encoding="utf-8")
    (submission.folder / "new\nline.ipynb").write_text("{}", encoding="utf-8")
