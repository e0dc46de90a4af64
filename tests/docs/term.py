"""A term with three students: ada is right, ben is late, and cleo needs a person.

What they do by commands stands in the pages; what they do in a notebook or in Formgrader, and what
must have come of it, stands here, by the command that it comes before or after.
"""

import csv
import html
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.bank import ATTEMPTS, fill_in, load, read_notebook, released
from tests.docs.pages import ROOT, Command, commands
from tests.docs.school import ELSEWHERE, School
from tests.pipeline.course_copy import CommandError

TERM = ["docs/instructor.md", "docs/student.md", "docs/grading.md"]
LESSON = "01-what-is-mlops"
NOTEBOOK = released(LESSON).name
EXERCISES = load(read_notebook(released(LESSON)), ATTEMPTS / LESSON)
RIGHT = {exercise.name: exercise.right[0].source for exercise in EXERCISES}
FULL_MARKS = sum(sum(exercise.checks.values()) for exercise in EXERCISES)
# The page's due date, postponed, is 10:00 UTC on the 9th.
CLOCKS = {
    "ada": "2030-10-06 09:00:00 UTC",
    "ben": "2030-10-10 11:00:00 UTC",  # two days begun
    "cleo": "2030-10-07 11:00:00 UTC",
}
ODD = "get_ipython().input_transformers_cleanup.append(lambda lines: lines)\n"
QUESTION = "Which columns does only a landed flight have?"
MENDED = "Which columns does a flight get on landing?"


class Term:
    """What was typed, page by page, and what it printed."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.done: dict[str, list[Command]] = {page: [] for page in TERM}
        self._rest = {
            page: [each for each in commands((ROOT / page).read_text())
                   if each.text not in ELSEWHERE]
            for page in TERM
        }  # fmt: skip
        self._before: dict[tuple[str, str], Callable[[], object]] = {
            ("While they work", f"nbgrader list --inbound {LESSON}"): self.students_hand_in,
            ("Collect and grade", f"nbgrader collect {LESSON} --update"): self.ben_once_more,
            ("Feedback", f"nbgrader generate_feedback {LESSON}"): self.a_person_sees_to_cleo,
            ("When a check was wrong", "mlops-course build"): self.mend,
        }
        self._after: dict[tuple[str, str], Callable[[str], object]] = {
            ("While they work", f"nbgrader list --inbound {LESSON}"): self.two_have_handed_in,
            ("Collect and grade", f"mlops-course grade {LESSON}"): self.cleo_is_named,
            ("Feedback", f"nbgrader release_feedback {LESSON}"): self.ada_reads_her_feedback,
            ("When a check was wrong", f"mlops-course grade {LESSON}"): self.all_are_graded_anew,
            ("When a check was wrong", f"nbgrader release_feedback {LESSON}"): self.it_asks_anew,
            ("When a check was wrong", f"nbgrader release_assignment {LESSON} --force"):
                self.the_mended_lesson_is_out,
            ("Export, and end the term", f"nbgrader list --remove {LESSON}"): self.closed,
            ("Export, and end the term", "nbgrader export --to=grades.csv"): self.exported,
        }  # fmt: skip
        for who, clock in CLOCKS.items():
            settings = school.copy.home(who) / ".jupyter/nbgrader_config.py"
            settings.parent.mkdir()
            settings.write_text(
                "c = get_config()\n"
                f"c.CourseDirectory.student_id = {who!r}\n"  # the account's name, on a hub
                f"c.Exchange.timestamp_format = {clock!r}\n"
            )
        self._instructor = school.shell(school.root)
        self._ada = school.shell(school.copy.home("ada"), "ada", inside=True)
        self._grades = 0

    def take_place(self) -> None:
        """Let everybody type what the pages say."""
        self._type("docs/instructor.md", self._instructor)
        assert not any(self._rest.values())

    def _type(self, page: str, shell, until: str = "") -> None:
        rest = self._rest[page]
        while rest and rest[0].text != until:
            command = rest.pop(0)
            if page == TERM[0] and (act := self._before.get(tuple(command))):
                act()
            said = self.school.type(shell, page, command)
            self.done[page].append(command)
            if page == TERM[0] and (look := self._after.get(tuple(command))):
                look(said)

    def _answer(self, who: str, answers: dict[str, str]) -> None:
        path = self.school.copy.home(who) / LESSON / NOTEBOOK
        nbformat.write(fill_in(read_notebook(path), answers), path)

    def _study(self, who: str, *command: str) -> str:
        return self.school.copy.nbgrader(*command, student=who)

    def _gradebook(self) -> Gradebook:
        return Gradebook(f"sqlite:///{self.school.root / 'gradebook.db'}", "mlops")

    # What they do

    def students_hand_in(self) -> None:
        self._type("docs/student.md", self._ada, until=f"nbgrader validate {LESSON}/{NOTEBOOK}")
        self._answer("ada", RIGHT)
        self._type("docs/student.md", self._ada, until=f"nbgrader fetch_feedback {LESSON}")
        first = EXERCISES[0].name
        self._study("cleo", "fetch_assignment", LESSON)
        self._answer("cleo", RIGHT | {first: ODD + RIGHT[first]})
        self._study("cleo", "submit", LESSON)

    def ben_once_more(self) -> None:
        self._study("ben", "fetch_assignment", LESSON)
        wrong = {exercise.name: exercise.wrong[0].source for exercise in EXERCISES}
        self._answer("ben", RIGHT | {"known-columns": wrong["known-columns"]})
        self._study("ben", "submit", LESSON)

    def a_person_sees_to_cleo(self) -> None:
        """Give points by hand, as Formgrader does; then type what the page it names says."""
        self._type("docs/grading.md", self._instructor)
        with self._gradebook() as gradebook:
            (notebook,) = gradebook.find_submission(LESSON, "cleo").notebooks
            waiting = [grade for grade in notebook.grades if grade.needs_manual_grade]
            assert waiting
            for grade in waiting:
                grade.manual_score = grade.max_score
                grade.needs_manual_grade = False
            gradebook.db.commit()

    def mend(self) -> None:
        path = self.school.root / "lessons" / LESSON / NOTEBOOK.replace(".ipynb", ".py")
        text = path.read_text()
        assert QUESTION in text
        path.write_text(text.replace(QUESTION, MENDED))

    # What comes of it

    def two_have_handed_in(self, said: str) -> None:
        assert re.findall(rf"mlops (\w+) {LESSON} (\S+ \S+)", said) == [
            (who, CLOCKS[who].removesuffix(" UTC")) for who in ("ada", "cleo")
        ]

    def cleo_is_named(self, said: str) -> None:
        assert re.search(r"^cleo +[\d.]+/20 +needs a person  \S", said, re.M)
        self._grades += 1
        penalties = {1: {"ada": 0, "cleo": 0}, 2: {"ben": 2}, 3: {"ben": 0}}
        assert f"graded          {min(self._grades, 2)}" in said
        if self._grades > 1:  # ben is new, and then has more time
            assert "2 of 3 had not changed" in said
        with self._gradebook() as gradebook:
            for who, days in penalties[self._grades].items():
                submission = gradebook.find_submission(LESSON, who)
                assert submission.late_submission_penalty == pytest.approx(
                    days * 0.1 * submission.score
                )

    def ada_reads_her_feedback(self, said: str) -> None:
        self._type("docs/student.md", self._ada)
        assert f"(Score: {FULL_MARKS:.1f} / {FULL_MARKS:.1f})" in self._page("ada")
        assert QUESTION in self._fetch_page("ben")

    def all_are_graded_anew(self, said: str) -> None:
        assert re.search(r"^cleo +[\d.]+/20 +needs a person  \S", said, re.M)
        assert "had not changed" not in said

    def it_asks_anew(self, said: str) -> None:
        page = self._fetch_page("ben")
        assert MENDED in page
        assert QUESTION not in page

    def the_mended_lesson_is_out(self, said: str) -> None:
        out = self.school.copy.folder / "exchange/mlops/outbound" / LESSON / NOTEBOOK
        assert MENDED in out.read_text()

    def closed(self, said: str) -> None:
        with pytest.raises(CommandError, match=r"Assignment not found|not released"):
            self._study("cleo", "submit", LESSON)

    def exported(self, said: str) -> None:
        table = (self.school.root / "grades.csv").read_text().splitlines()
        rows = {row["student_id"]: row for row in csv.DictReader(table)}
        got = {who: float(row["score"]) for who, row in rows.items()}
        assert {who: got[who] for who in ("ada", "cleo")} == dict.fromkeys(
            ("ada", "cleo"), FULL_MARKS
        )
        assert 0 < got["ben"] < FULL_MARKS
        assert float(rows["ben"]["late_submission_penalty"]) == 0
        assert rows["ada"]["email"] == "ada@example.org"

    def _fetch_page(self, who: str) -> str:
        self._study(who, "fetch_feedback", LESSON, f"--student={who}")
        return self._page(who)

    def _page(self, who: str) -> str:
        pages = (self.school.copy.home(who) / LESSON / "feedback").glob("*/*.html")
        newest: Path = max(pages, key=lambda page: page.stat().st_mtime)
        return html.unescape(re.sub(r"<[^<>]*>", "", newest.read_text(encoding="utf-8")))
