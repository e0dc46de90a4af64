"""How each submission ended, in a table of its own beside nbgrader's in the gradebook.

nbgrader notes scores, but not that a notebook could not be run, or that a person should look at it.
One row stands for one notebook of a submission; it is written with what nbgrader writes of it.
"""

from collections.abc import Iterable
from dataclasses import astuple, fields

from sqlalchemy import Boolean, Column, MetaData, String, Table, Text, delete, insert, select
from sqlalchemy.engine import Connection

from course.grading.record import Ending, Record

TABLE = "grading_record"

_TABLE = Table(
    TABLE,
    MetaData(),
    Column("assignment", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("notebook", String(128), primary_key=True),
    Column("ending", String(32), nullable=False),
    Column("reason", Text, nullable=False),
    Column("sandboxed", Boolean, nullable=False),
    Column("result", String(64), nullable=False),
    Column("fingerprint", String(64), nullable=False),
)


def make_table(connection: Connection) -> None:
    """Add the table to a gradebook that has none yet."""
    _TABLE.create(connection, checkfirst=True)


def save(connection: Connection, records: Iterable[Record]) -> None:
    """Write records in place of earlier ones of the same notebooks, in the caller's transaction.

    Parameters
    ----------
    connection : Connection
        To a gradebook that has the table.
    records : iterable of Record
    """
    for record in records:
        row = dict(zip((field.name for field in fields(Record)), astuple(record), strict=True))
        row["ending"] = record.ending.value
        same = [_TABLE.c[name] == row[name] for name in ("assignment", "student", "notebook")]
        connection.execute(delete(_TABLE).where(*same))
        connection.execute(insert(_TABLE).values(row))


def forget(connection: Connection, assignment: str, student: str) -> None:
    """Remove the records of a submission, in the caller's transaction."""
    same = (_TABLE.c.assignment == assignment, _TABLE.c.student == student)
    connection.execute(delete(_TABLE).where(*same))


def load(connection: Connection, assignment: str, student: str = "") -> list[Record]:
    """Return the records of an assignment, or of one student's, by student and notebook.

    Examples
    --------
    >>> from sqlalchemy import create_engine
    >>> record = Record("01", "ana", "lesson", Ending.COULD_NOT_RUN, "It is empty.", True, "")
    >>> with create_engine("sqlite://").begin() as connection:
    ...     make_table(connection)
    ...     save(connection, [record, record])
    ...     load(connection, "01") == load(connection, "01", "ana") == [record]
    True
    """
    columns = [_TABLE.c[field.name] for field in fields(Record)]
    query = select(*columns).where(_TABLE.c.assignment == assignment)
    if student:
        query = query.where(_TABLE.c.student == student)
    rows = connection.execute(query.order_by(_TABLE.c.student, _TABLE.c.notebook))
    return [Record(**{**row._asdict(), "ending": Ending(row.ending)}) for row in rows]
