"""Gives itself full marks in the gradebook.

Ends in: graded
Scores: none
"""

from tests.grading.hostile_class import Submission

CELL = """
import sqlite3

for path in ("@COURSE@/gradebook.db", *("../" * n + "gradebook.db" for n in range(7))):
    try:
        book = sqlite3.connect(f"file:{path}?mode=rw", uri=True)
        print(path, [row[0] for row in book.execute("select name from sqlite_master")])
        print(list(book.execute("select * from student")))
        book.execute("update grade set auto_score = 1000, manual_score = 1000")
        book.commit()
    except sqlite3.Error as error:
        print(path, error)
"""


def hand_in(submission: Submission) -> None:
    submission.first(CELL)
