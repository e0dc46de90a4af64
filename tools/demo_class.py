"""Take a class of twelve through nbgrader's commands, from the release to the feedback.

Their notebooks are made from tests/attempts, so it is known what each of them must score. All of it
happens in a scratch copy of the course. Ends with 1 if anybody's score is another.
"""

import sys
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

import nbformat
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # a script sees only its own folder

from tests.bank import ATTEMPTS, Answers, fill_in, load, read_notebook, released, surprises
from tests.pipeline.course_copy import CourseCopy, Outcome

LESSON = "01-what-is-mlops"
NOTEBOOK = released(LESSON).name
EXERCISES = load(read_notebook(released(LESSON)), ATTEMPTS / LESSON)

# How each student answers one exercise after the other: right, wrong, or not at all (-).
CLASS = {
    "Amara Okafor": "r",
    "Björn Lindberg": "rrw",
    "Chen Wei": "r",
    "Dilnoza Karim": "rw",
    "Emeka Nwosu": "w",
    "Fatima Zahra": "rrrrw",
    "Giulia Conti": "rr-",
    "Hiro Tanaka": "wwr",
    "Inês Carvalho": "r",
    "Jonas Weber": "-",
    "Kavya Iyer": "rwr-",
    "Liam Byrne": "wr",
}
STUDENTS = {f"student{number:02}": name for number, name in enumerate(CLASS, start=1)}


def answers(habit: str, number: int) -> Answers:
    """Return what a student submits; students with the same habit take other attempts."""
    chosen = {}
    for exercise, kind in zip(EXERCISES, cycle(habit), strict=False):
        if attempts := {"r": exercise.right, "w": exercise.wrong, "-": ()}[kind]:
            chosen[exercise.name] = attempts[number % len(attempts)]
    return chosen


def release(course: CourseCopy, progress: Progress) -> None:
    """Let the instructor enrol the class and release the lesson."""
    task = progress.add_task("Release", total=4)
    roster = course.folder / "students.csv"
    lines = [f"{who},{name.replace(' ', ',')}" for who, name in STUDENTS.items()]
    roster.write_text("\n".join(["id,first_name,last_name", *lines]), encoding="utf-8")
    for command in (
        ("generate_assignment", LESSON),
        ("db", "student", "import", str(roster)),
        ("release_assignment", LESSON),
        ("list",),
    ):
        course.nbgrader(*command)
        progress.advance(task)


def submit(course: CourseCopy, progress: Progress, class_: Mapping[str, Answers]) -> None:
    """Let every student fetch the lesson, answer it, and submit it; the first one validates it."""
    task = progress.add_task("Fetch, answer, submit", total=len(class_))

    def study(who: str) -> None:
        course.nbgrader("fetch_assignment", LESSON, student=who)
        path = course.home(who) / LESSON / NOTEBOOK
        sources = {name: attempt.source for name, attempt in class_[who].items()}
        nbformat.write(fill_in(read_notebook(path), sources), path)
        if who == next(iter(class_)):
            course.nbgrader("validate", f"{LESSON}/{NOTEBOOK}", student=who)
        course.nbgrader("submit", LESSON, f"--student={who}", student=who)
        progress.advance(task)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(study, class_))


def grade(course: CourseCopy, progress: Progress) -> None:
    """Let the instructor collect, autograde, and give feedback."""
    for title, command, done in (
        ("Collect", "collect", "Collecting submission"),
        ("Autograde", "autograde", "Setting destination file permissions"),
        ("Generate feedback", "generate_feedback", "Setting destination file permissions"),
        ("Release feedback", "release_feedback", "Feedback released to"),
    ):
        task = progress.add_task(title, total=len(STUDENTS))

        def watch(line: str, task: TaskID = task, done: str = done) -> None:
            if done in line:  # with one more student
                progress.advance(task)

        course.nbgrader(command, LESSON, watch=watch)
    course.nbgrader("export")


def fetch_feedback(course: CourseCopy, student: str) -> Path:
    """Let a student fetch the feedback; return the page."""
    course.nbgrader("fetch_feedback", LESSON, f"--student={student}", student=student)
    return next((course.home(student) / LESSON / "feedback").glob("*/*.html"))


def points_table(outcomes: Mapping[str, Mapping[str, Outcome]]) -> Table:
    """Return the table of students, exercises and points."""
    table = Table(title=f"{LESSON}: points", show_footer=True, box=None, collapse_padding=True)
    table.add_column("Student", footer="of", no_wrap=True)
    total = 0.0
    for exercise in EXERCISES:
        most = sum(exercise.checks.values())
        header = exercise.name.replace("-", "\n")  # narrow, for a terminal of 80 columns
        table.add_column(header, footer=f"{most:g}", justify="right")
        total += most
    table.add_column("Total", footer=f"{total:g}", justify="right", style="bold")
    for who, name in STUDENTS.items():
        points = [sum(outcomes[who][check].score for check in e.checks) for e in EXERCISES]
        table.add_row(name, *(f"{p:g}" for p in points), f"{sum(points):g}")
    return table


def main() -> int:
    """Run the class and print its table; return 0 if every score is the expected one."""
    console = Console()
    class_ = {
        who: answers(CLASS[name], number) for number, (who, name) in enumerate(STUDENTS.items())
    }
    course = CourseCopy(Path(tempfile.mkdtemp(prefix="mlops-class-")), lessons=[LESSON])
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console) as progress:
        release(course, progress)
        submit(course, progress, class_)
        grade(course, progress)
    page = fetch_feedback(course, "student02")
    outcomes = course.outcomes(LESSON)
    console.print(points_table(outcomes))
    console.print(f"One page of feedback: {page}", soft_wrap=True)
    console.print(f"The whole course, grades.csv too: {course.root}", soft_wrap=True)
    told = [
        f"{STUDENTS[who]}: {line}"
        for who, submitted in class_.items()
        for exercise in EXERCISES
        for line in surprises(exercise, submitted.get(exercise.name), outcomes[who])
    ]
    console.print(*told or ["Every score is what the attempts were written to get."], sep="\n")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
