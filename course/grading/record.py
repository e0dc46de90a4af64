"""How each submission ended, in a table of its own beside nbgrader's in the gradebook.

nbgrader notes scores, but not that a notebook could not be run, or that a person should look at it.
One row stands for one notebook of a submission; it is written with what nbgrader writes of it.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from enum import StrEnum

from sqlalchemy import Boolean, Column, MetaData, String, Table, Text, delete, insert, select
from sqlalchemy.engine import Connection

LONGEST = 400  # characters of a reason


class Ending(StrEnum):
    """The state that the grading of a notebook ended in, from best to worst."""

    GRADED = "graded"
    NEEDS_PERSON = "needs a person"
    COULD_NOT_RUN = "could not run"


@dataclass(frozen=True)
class Record:
    """How the grading of one notebook ended.

    Parameters
    ----------
    assignment, student, notebook : str
        nbgrader's names for them.
    ending : Ending
        The state.
    reason : str
        One sentence or more; empty if it was graded.
    sandboxed : bool
        Whether the learner's code was contained.
    result : str
        SHA-256 of the graded notebook's file, in hexadecimal: a file with another one is not what
        the scores were made from.
    fingerprint : str
        A digest of all that decides the scores; empty where it was not asked for.
    """

    assignment: str
    student: str
    notebook: str
    ending: Ending
    reason: str
    sandboxed: bool
    result: str
    fingerprint: str = ""

    def __post_init__(self) -> None:
        """Keep the reason to one printable line: what a notebook said can be a part of it."""
        object.__setattr__(self, "reason", one_line(self.reason))

    @property
    def line(self) -> str:
        """The record as a line of a report.

        Examples
        --------
        >>> Record("01", "ana", "lesson", Ending.GRADED, "", False, "").line
        'ana, lesson: graded, unsandboxed'
        """
        where = "" if self.sandboxed else ", unsandboxed"
        why = f": {self.reason}" if self.reason else ""
        return f"{self.student}, {self.notebook}: {self.ending.value}{where}{why}"


def one_line(text: str) -> str:
    r"""Return a text as one line of at most 400 characters that a terminal can show.

    Examples
    --------
    >>> one_line("It ended:\n \x1b[31mred")
    'It ended: [31mred'
    """
    line = "".join(filter(str.isprintable, " ".join(text.split())))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


_TABLE = Table(
    "grading_record",
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


def load(connection: Connection, assignment: str) -> list[Record]:
    """Return the records of an assignment, by student and notebook.

    Examples
    --------
    >>> from sqlalchemy import create_engine
    >>> record = Record("01", "ana", "lesson", Ending.COULD_NOT_RUN, "It is empty.", True, "")
    >>> with create_engine("sqlite://").begin() as connection:
    ...     make_table(connection)
    ...     save(connection, [record, record])
    ...     load(connection, "01") == [record]
    True
    """
    columns = [_TABLE.c[field.name] for field in fields(Record)]
    query = select(*columns).where(_TABLE.c.assignment == assignment)
    rows = connection.execute(query.order_by(_TABLE.c.student, _TABLE.c.notebook))
    return [Record(**{**row._asdict(), "ending": Ending(row.ending)}) for row in rows]
