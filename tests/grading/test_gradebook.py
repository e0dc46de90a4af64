"""A gradebook is made ready for a class, and hands on what an assignment is, without the class."""

import os
import shutil
import sqlite3
import sys
import threading
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import text

from course.grading.errors import GradingError
from course.grading.gradebook import be_patient, cells, connect, definitions, prepare


@pytest.fixture(scope="module", autouse=True)
def programs():
    """Let nbgrader find `alembic`, which makes its gradebooks, without an activated environment."""
    folder = Path(sys.executable).parent
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
        yield


@pytest.fixture(scope="module")
def original(tmp_path_factory, programs):
    """A gradebook with two assignments, of which a student has handed in one."""
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    url = f"sqlite:///{path}"
    prepare(url)
    with Gradebook(url, "a-course") as book:
        book.add_student("ana")
        for assignment in ("one", "two"):
            book.add_assignment(assignment, duedate="2026-03-01 12:00:00")
            book.add_notebook("book", assignment)
            for number in range(12):
                name = f"cell-{number}"
                book.add_grade_cell(name, "book", assignment, max_score=2, cell_type="code")
                book.add_source_cell(name, "book", assignment, cell_type="code", source="assert x")
            book.add_solution_cell("answer", "book", assignment)
            book.add_task_cell("task", "book", assignment, max_score=1, cell_type="markdown")
    with pytest.warns(Warning), Gradebook(url, "a-course") as book:
        book.add_submission("one", "ana")
    return path


@pytest.fixture
def db_url(original, tmp_path):
    shutil.copy(original, tmp_path)
    return f"sqlite:///{tmp_path / 'gradebook.db'}"


def test_nbgraders_searches_read_no_whole_table(db_url):
    """SCAN is what SQLite says of a table that it reads from end to end."""
    searches = {
        "grade": "SELECT * FROM grade WHERE notebook_id = 'x'",
        "comment": "SELECT * FROM comment WHERE notebook_id = 'x'",
        "submitted_notebook": "SELECT * FROM submitted_notebook WHERE assignment_id = 'x'",
        "submitted_assignment": "SELECT * FROM submitted_assignment WHERE student_id = 'x'",
        "base_cell": "SELECT * FROM base_cell WHERE notebook_id = 'x'",
        "source_cell": "SELECT * FROM source_cell WHERE notebook_id = 'x'",
        "notebook": "SELECT * FROM notebook WHERE assignment_id = 'x'",
    }
    with connect(db_url) as connection:
        for table, query in searches.items():
            (plan,) = connection.execute(text(f"EXPLAIN QUERY PLAN {query}"))
            assert plan.detail.startswith(f"SEARCH {table} USING INDEX"), plan.detail


def test_preparing_again_changes_nothing(db_url):
    def contents():
        with connect(db_url) as connection:
            return list(connection.connection.driver_connection.iterdump())

    before = contents()
    prepare(db_url)
    assert contents() == before


def test_a_gradebook_that_is_made_is_one_of_nbgraders(tmp_path):
    url = f"sqlite:///{tmp_path / 'new.db'}"
    prepare(url)
    with connect(url) as connection:
        assert connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1


def test_definitions_hold_one_assignment_and_no_student(db_url, tmp_path):
    (tmp_path / "copy.db").write_bytes(definitions(db_url, "one"))
    with Gradebook(db_url, "a-course") as book:
        original = book.find_notebook("book", "one")
        expected = [(cell.id, cell.name, cell.max_score) for cell in original.grade_cells]
        sources = [(cell.id, cell.source) for cell in original.source_cells]
    with Gradebook(f"sqlite:///{tmp_path / 'copy.db'}", "a-course") as copy:
        assert [entry.name for entry in copy.assignments] == ["one"]
        assert copy.db.execute(text("SELECT count(*) FROM notebook")).scalar() == 1
        assert copy.students == []
        notebook = copy.find_notebook("book", "one")
        found = [(cell.id, cell.name, cell.max_score) for cell in notebook.grade_cells]
        assert found == expected
        assert [(cell.id, cell.source) for cell in notebook.source_cells] == sources
        assert len(notebook.task_cells) == len(notebook.solution_cells) == 1
        for table in ("grade", "comment", "submitted_assignment", "submitted_notebook"):
            assert copy.db.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0  # noqa: S608


def test_an_assignment_that_is_not_known_is_named_with_the_cure(db_url):
    with pytest.raises(GradingError, match="generate_assignment three"):
        definitions(db_url, "three")


def test_cells_differ_where_submissions_would_be_graded_differently(db_url):
    before = cells(db_url, "one")
    assert before == cells(db_url, "two")
    with Gradebook(db_url, "a-course") as book:
        book.update_or_create_source_cell("cell-3", "book", "one", source="assert y")
    changed = cells(db_url, "one")
    assert len(set(before) - set(changed)) == len(set(changed) - set(before)) == 1
    with Gradebook(db_url, "a-course") as book:
        book.update_or_create_grade_cell("cell-4", "book", "one", max_score=3)
    assert cells(db_url, "one") != changed


def test_nbgraders_own_connections_wait_for_a_lock(db_url, tmp_path):
    other = sqlite3.connect(
        tmp_path / "gradebook.db", isolation_level=None, check_same_thread=False
    )
    other.execute("BEGIN EXCLUSIVE")
    release = threading.Timer(8, other.close)  # Python's own patience is 5 s
    release.start()
    with Gradebook(db_url, "a-course") as book:
        book.add_student("ben")
        assert {student.id for student in book.students} == {"ana", "ben"}
    release.join()


def test_patience_has_an_end(db_url, tmp_path):
    be_patient(0.1)
    try:
        with sqlite3.connect(tmp_path / "gradebook.db", isolation_level=None) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(Exception, match="locked"):
                prepare(db_url, wait=0.1)
            other.execute("ROLLBACK")
        other.close()
    finally:
        be_patient(60)
