"""How the grading of a notebook ended: what there is to say of it beside the scores."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

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


def file_digest(path: Path) -> str:
    """Return the digest of a file as a record names it; nothing if there is none."""
    return sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def one_line(text: str) -> str:
    r"""Return a text as one line of at most 400 characters that a terminal can show.

    Examples
    --------
    >>> one_line("It ended:\n \x1b[31mred")
    'It ended: [31mred'
    """
    line = "".join(filter(str.isprintable, " ".join(text.split())))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
