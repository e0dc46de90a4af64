"""Everything is right, with a file of notes and a figure beside it.

Ends in: graded
Scores: all
"""

from tests.grading.hostile_class import Submission


def hand_in(submission: Submission) -> None:
    submission.answer_right()
    submission.first(
        "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    )
    submission.first("print(open('notes.txt').read()[:3])")
    (submission.folder / "notes.txt").write_text(submission.filled("My @MARK@"), encoding="utf-8")
    (submission.folder / "timestamp.txt").write_text("2026-02-03 12:00:00 UTC", encoding="utf-8")
