"""Prepare a gradebook for a whole class, and take from it what a grader elsewhere has to know."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from nbgrader.api import (
    Assignment,
    Base,
    BaseCell,
    Course,
    Gradebook,
    GradeCell,
    Notebook,
    SolutionCell,
    SourceCell,
    TaskCell,
)
from sqlalchemy import (
    Engine,
    PrimaryKeyConstraint,
    Select,
    Table,
    UniqueConstraint,
    create_engine,
    event,
    inspect,
    select,
    text,
)
from sqlalchemy.engine import Connection
from sqlalchemy.pool import StaticPool

from course.grading.errors import GradingError
from course.grading.ledger import TABLE, make_table

WAIT = 60.0  # seconds
LONGEST = 128  # characters of a student's name in nbgrader's tables

_wait = WAIT


def unfit(student: str) -> str:
    r"""Say why no gradebook can hold a student of this name; nothing if one can.

    Examples
    --------
    >>> unfit("josé"), unfit("jos\udce9"), unfit(129 * "a")
    ('', 'Its name is no UTF-8: rename its folder.', 'Its name is too long: rename its folder.')
    """
    if student.encode(errors="replace").decode() != student:
        return "Its name is no UTF-8: rename its folder."
    return "Its name is too long: rename its folder." if len(student) > LONGEST else ""


def presentable(student: str) -> str:
    r"""Return a name that is unfit for a gradebook as text that is not.

    Examples
    --------
    >>> presentable("jos\udce9")
    'jos\\udce9'
    """
    return student.encode(errors="backslashreplace").decode()[:LONGEST]


def prepare(db_url: str, wait: float = WAIT) -> None:
    """Make a gradebook ready to hold a class: its indexes, our table, and patience with locks.

    nbgrader's tables have no index on most of their foreign keys, so that each save reads whole
    tables: with 100,000 grades, a second. Nothing that the gradebook holds is changed.

    Parameters
    ----------
    db_url : str
        The gradebook's address, as SQLAlchemy takes it; a SQLite file is created if it is missing.
    wait : float, optional
        How many seconds every connection that this process makes to a SQLite gradebook, nbgrader's
        own ones too, waits for another program's lock.
    """
    be_patient(wait)
    with connect(db_url) as connection:
        found = inspect(connection)
        ready, new = found.has_table(TABLE), not found.has_table("grade")
    if ready:  # it is made last
        return
    if new:
        Gradebook(db_url).close()
    with connect(db_url) as connection:
        for table, column in _unindexed():
            connection.execute(
                text(f"CREATE INDEX IF NOT EXISTS ix_{table}_{column} ON {table} ({column})")
            )
        make_table(connection)


def be_patient(wait: float) -> None:
    """Let every SQLite connection that this process makes from now on wait for a lock.

    Parameters
    ----------
    wait : float
        Seconds; Python's own default is 5.
    """
    global _wait  # one listener for all engines, however often this is called
    _wait = wait
    if not event.contains(Engine, "connect", _set_time_out):
        event.listen(Engine, "connect", _set_time_out)


def _set_time_out(connection: Any, _: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute(f"PRAGMA busy_timeout = {round(1000 * _wait)}")


@contextmanager
def connect(db_url: str) -> Iterator[Connection]:
    """Connect to a gradebook for one transaction, which ends with the `with` statement."""
    engine = create_engine(db_url)
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def definitions(db_url: str, assignment: str) -> bytes:
    """Return a gradebook that knows an assignment, and of students nothing.

    Parameters
    ----------
    db_url : str
        The gradebook to copy from.
    assignment : str
        nbgrader's name for the assignment.

    Returns
    -------
    bytes
        A SQLite file: the course, the assignment, its notebooks and their cells, with the same ids.

    Raises
    ------
    GradingError
        If the gradebook has no such assignment.
    """
    memory = create_engine("sqlite://", poolclass=StaticPool)
    try:
        with connect(db_url) as source, memory.begin() as copy:
            Base.metadata.create_all(copy)
            make_table(copy)
            if not _knows(source, assignment):
                raise GradingError(
                    f"The gradebook knows no assignment {assignment}: make it known with "
                    f"`nbgrader generate_assignment {assignment}`."
                )
            for table, query in _wanted(assignment):
                rows = [row._asdict() for row in source.execute(query)]
                if rows:
                    copy.execute(table.insert(), rows)
        with closing(memory.raw_connection()) as raw:
            data: bytes = raw.driver_connection.serialize()  # type: ignore[union-attr]
    finally:
        memory.dispose()
    return data


def cells(db_url: str, assignment: str) -> list[tuple[Any, ...]]:
    """Return all that an assignment's definition says, without the ids that nbgrader drew.

    Two lists are equal if and only if submissions are graded alike.

    Parameters
    ----------
    db_url : str
        The gradebook.
    assignment : str
        nbgrader's name for the assignment.

    Returns
    -------
    list of tuple
        In a fixed order; everything in it is a number, a string, a bool or None.
    """
    source = select(
        Notebook.name,
        SourceCell.name,
        SourceCell.cell_type,
        SourceCell.locked,
        SourceCell.source,
        SourceCell.checksum,
    ).join(SourceCell.notebook)
    worth: list[Any] = [
        select(Notebook.name, kind.name, kind.type, kind.cell_type, kind.max_score).join(
            Notebook, Notebook.id == kind.notebook_id
        )
        for kind in (GradeCell, TaskCell)
    ]
    solutions = select(Notebook.name, SolutionCell.name, SolutionCell.type).join(
        Notebook, Notebook.id == SolutionCell.notebook_id
    )
    with connect(db_url) as connection:
        rows = [
            tuple(row)
            for query in (source, *worth, solutions)
            for row in connection.execute(
                query.join(Assignment, Assignment.id == Notebook.assignment_id).where(
                    Assignment.name == assignment
                )
            )
        ]
    return sorted(rows, key=repr)


def _knows(connection: Connection, assignment: str) -> bool:
    if not inspect(connection).has_table(Assignment.__tablename__):
        return False
    query = select(Assignment.id).where(Assignment.name == assignment)
    return connection.execute(query).first() is not None


def _wanted(assignment: str) -> Iterator[tuple[Table, Select[Any]]]:
    """Yield the tables that define an assignment, each with a query for the rows that do."""
    one = select(Assignment.id).where(Assignment.name == assignment).scalar_subquery()
    notebooks = select(Notebook.id).where(Notebook.assignment_id == one)
    base_cells = select(BaseCell.id).where(BaseCell.notebook_id.in_(notebooks))
    for entity, condition in (
        (Course, None),
        (Assignment, Assignment.name == assignment),
        (Notebook, Notebook.assignment_id == one),
        (BaseCell, BaseCell.notebook_id.in_(notebooks)),
        (GradeCell, GradeCell.__table__.c.id.in_(base_cells)),
        (SolutionCell, SolutionCell.__table__.c.id.in_(base_cells)),
        (TaskCell, TaskCell.__table__.c.id.in_(base_cells)),
        (SourceCell, SourceCell.notebook_id.in_(notebooks)),
    ):
        query = select(entity.__table__)
        yield entity.__table__, query if condition is None else query.where(condition)


def _unindexed() -> Iterator[tuple[str, str]]:
    """Yield the foreign keys that no index and no constraint of nbgrader's tables begins with."""
    for table in Base.metadata.sorted_tables:
        first = {
            next(iter(key.columns)).name
            for key in table.constraints
            if isinstance(key, PrimaryKeyConstraint | UniqueConstraint)
        }
        for column in table.columns:
            if column.foreign_keys and column.name not in first:
                yield table.name, column.name
