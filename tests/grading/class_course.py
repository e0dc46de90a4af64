"""A course of one assignment with two notebooks, a class that handed it in, and a look at both."""

import os
import shutil
import subprocess
import sys
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from sqlalchemy import text

from tests.bank import fill_in, read_notebook
from tests.pipeline.course_copy import ROOT, CourseCopy
from tests.pipeline.tiny_course import LESSON, NOTEBOOK, write_source

ESSAY = "essay.ipynb"
DUE = "2026-03-01 12:00:00"
LATE = "2026-03-03 11:00:00 UTC"  # two days begun after it was due
QUICK = """
c.ContainedProvisioner.warm = ["course.grading.integrity:take_baseline"]  # needs no library
"""
RIGHT = {
    "double": "def double(values):\n    return [2 * value for value in values]",
    "coldest": 'coldest = "B"',
}
WRONG = {"double": "def double(values):\n    return 1 / 0", "coldest": 'coldest = "A"'}

# Rows of every table by names, as ids are drawn at random.
VIEWS = {
    "courses": "SELECT id FROM course",
    "students": "SELECT id, first_name, last_name, email FROM student",
    "cells": """
        SELECT n.name, b.name, b.type, g.max_score, g.cell_type, t.max_score, t.cell_type
        FROM base_cell b JOIN notebook n ON n.id = b.notebook_id
        LEFT JOIN grade_cells g ON g.id = b.id LEFT JOIN task_cells t ON t.id = b.id""",
    "sources": """
        SELECT n.name, s.name, s.cell_type, s.locked, s.source, s.checksum
        FROM source_cell s JOIN notebook n ON n.id = s.notebook_id""",
    "submissions": """
        SELECT s.student_id, a.name, s.timestamp, s.extension
        FROM submitted_assignment s JOIN assignment a ON a.id = s.assignment_id""",
    "notebooks": """
        SELECT s.student_id, n.name, m.flagged, m.late_submission_penalty
        FROM submitted_notebook m JOIN submitted_assignment s ON s.id = m.assignment_id
        JOIN notebook n ON n.id = m.notebook_id""",
    "grades": """
        SELECT s.student_id, n.name, b.name, g.auto_score, g.manual_score, g.extra_credit,
               g.needs_manual_grade
        FROM grade g JOIN base_cell b ON b.id = g.cell_id
        JOIN submitted_notebook m ON m.id = g.notebook_id JOIN notebook n ON n.id = m.notebook_id
        JOIN submitted_assignment s ON s.id = m.assignment_id""",
    "comments": """
        SELECT s.student_id, n.name, b.name, c.auto_comment, c.manual_comment
        FROM comment c JOIN base_cell b ON b.id = c.cell_id
        JOIN submitted_notebook m ON m.id = c.notebook_id JOIN notebook n ON n.id = m.notebook_id
        JOIN submitted_assignment s ON s.id = m.assignment_id""",
    "records": """
        SELECT assignment, student, notebook, ending, reason, sandboxed FROM grading_record""",
}


def make_course(folder: Path, settings: str = "") -> CourseCopy:
    """Return a course whose assignment is generated, with more settings."""
    course = CourseCopy(folder, lessons=[])
    config = course.root / "nbgrader_config.py"
    config.write_text(config.read_text(encoding="utf-8") + QUICK + settings, encoding="utf-8")
    write_source(course.root)
    write_essay(course.root / "source" / LESSON / ESSAY)
    (course.root / "source" / LESSON / "data.csv").write_text("month\nB\n", encoding="utf-8")
    course.nbgrader("generate_assignment", LESSON)
    return course


def make_small_class(folder: Path) -> CourseCopy:
    """Return a course with four submissions; all but one replace what was graded before."""
    course = make_course(folder)
    for student, answers in {"ana": RIGHT, "ben": WRONG, "cy": {}}.items():
        hand_in(course, student, answers, essay="Because.")
    course.nbgrader("autograde", LESSON)
    hand_in(course, "ana", WRONG, essay="Or not.")
    hand_in(course, "ben", RIGHT)
    hand_in(course, "di", RIGHT, essay="Why not?")
    return course


def write_essay(path: Path) -> None:
    """Write a notebook with an answer and a task that a person marks."""
    kinds = {
        "why": {"grade": True, "locked": False, "solution": True, "task": False, "points": 3},
        "draw": {"grade": False, "locked": True, "solution": False, "task": True, "points": 2},
    }
    cells = [
        new_markdown_cell(
            f"Say {name}.",
            id=name,
            metadata={"nbgrader": {**kind, "grade_id": name, "schema_version": 3}},
        )
        for name, kind in kinds.items()
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


def hand_in(course: CourseCopy, student: str, answers: dict[str, str], essay: str = "") -> Path:
    """Put a submission where `nbgrader collect` would have put it, in place of an earlier one."""
    release = course.root / "release" / LESSON
    folder = course.root / "submitted" / student / LESSON
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    nbformat.write(fill_in(read_notebook(release / NOTEBOOK), answers), folder / NOTEBOOK)
    if essay:
        notebook = read_notebook(release / ESSAY)
        next(cell for cell in notebook.cells if cell.id == "why").source = essay
        nbformat.write(notebook, folder / ESSAY)
    return folder


def extend(folder: Path, code: str) -> None:
    """Add a cell to a submission's notebook."""
    notebook = read_notebook(folder / NOTEBOOK)
    notebook.cells.append(new_code_cell(code))
    nbformat.write(notebook, folder / NOTEBOOK)


def command(course: CourseCopy, *options: str) -> tuple[list[str], dict[str, object]]:
    """Return `mlops-course grade` as the arguments of `subprocess.Popen`."""
    program = Path(sys.executable).with_name("mlops-course")
    environment = {
        "HOME": str(course.home("instructor")),
        "JUPYTER_CONFIG_PATH": str(course.folder / "etc"),
        "LANG": "C.UTF-8",
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
    }
    return [str(program), "grade", *options], {"cwd": course.root, "env": environment}


def grade(course: CourseCopy, *options: str) -> subprocess.CompletedProcess[str]:
    """Run `mlops-course grade` to its end."""
    arguments, more = command(course, *(options or (LESSON,)))
    return subprocess.run(arguments, capture_output=True, encoding="utf-8", timeout=300, **more)


def gradebook(course: CourseCopy) -> str:
    """Return the address of a course's gradebook."""
    return f"sqlite:///{course.root / 'gradebook.db'}"


def rows(db_url: str) -> dict[str, list[tuple]]:
    """Return what a gradebook says, table by table."""
    with Gradebook(db_url, "mlops") as opened:
        return {
            name: sorted(
                (tuple(map(_plain, row)) for row in opened.db.execute(text(query))), key=repr
            )
            for name, query in VIEWS.items()
        }


def _plain(value: object) -> object:
    """Return a value of PostgreSQL's as SQLite has it."""
    if isinstance(value, datetime):
        return value.isoformat(" ", "microseconds")
    return int(value) if isinstance(value, bool) else value


def files(course: CourseCopy) -> dict[str, tuple[int, object]]:
    """Return everything in `autograded/`: permissions and content, without the time of day."""
    top = course.root / "autograded"
    found = {}
    for path in sorted(top.rglob("*")):
        name = path.relative_to(top).as_posix()
        mode = path.stat().st_mode & 0o7777
        if path.is_dir():
            found[name] = (mode, None)
        elif path.suffix == ".ipynb":
            notebook = read_notebook(path)
            for cell in notebook.cells:
                cell.metadata.pop("execution", None)
            found[name] = (mode, notebook)
        else:
            found[name] = (mode, path.read_bytes())
    return found


def records_match(course: CourseCopy, db_url: str = "") -> bool:
    """Tell whether every record, but of what could not run, names what lies in `autograded/`."""
    with Gradebook(db_url or gradebook(course), "mlops") as opened:
        query = "SELECT student, notebook, ending, result FROM grading_record"
        found = opened.db.execute(text(query)).all()
    top = course.root / "autograded"
    return bool(found) and all(
        sha256((top / student / LESSON / f"{name}.ipynb").read_bytes()).hexdigest() == result
        if result
        else ending == "could not run"
        for student, name, ending, result in found
    )
