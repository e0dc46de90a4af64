"""Remember how each lesson's last check ended: a small file for each, in the learner's place."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from course.lessons import lesson_of
from course.workspace import workspace_root

YEARS = range(2001, 9999)  # of a course; at the ends of the calendar not every zone has a time
LIMIT = 10_000  # bytes: a result has about 200


@dataclass(frozen=True)
class Result:
    """How the last check of a lesson ended.

    Parameters
    ----------
    lesson : str
        The lesson's folder, such as `05-ci-cd`.
    passed, claims : int
        How many claims held, of how many.
    hidden_tests : bool
        Whether the hidden tests ran, too.
    checked : str
        When, in ISO 8601 with the offset to UTC.

    Examples
    --------
    >>> Result.read({"lesson": "05-ci-cd", "passed": "all"}) is None
    True
    """

    lesson: str
    passed: int
    claims: int
    hidden_tests: bool
    checked: str

    @property
    def when(self) -> datetime:
        """When the check ended."""
        return datetime.fromisoformat(self.checked)

    @classmethod
    def read(cls, data: object) -> Result | None:
        """Return the result that a JSON document stands for; None if it stands for none."""
        kinds = {"lesson": str, "passed": int, "claims": int, "hidden_tests": bool, "checked": str}
        if not isinstance(data, dict) or {key: type(data[key]) for key in data} != kinds:
            return None
        result = cls(**data)
        try:
            dated = result.when.tzinfo is not None and result.when.year in YEARS
        except ValueError:
            return None
        whole = dated and 0 <= result.passed <= result.claims and lesson_of(result.lesson)
        return result if whole else None

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON document that `read` takes."""
        return asdict(self)


def result_of(report: Mapping[str, Any]) -> Result:
    """Return what to remember of a check, given what `mlops-course check --json` prints."""
    claims = [claim for exercise in report["exercises"] for claim in exercise["claims"]]
    passed = sum(claim["passed"] for claim in claims)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Result(report["lesson"], passed, len(claims), report["hidden_tests"], now)


def remember(result: Result) -> None:
    """Put a result in place of the lesson's last one.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    write_whole(dict([written(result)]))


def written(result: Result) -> tuple[Path, str]:
    """Return the file that remembers a result, and what it says."""
    return _place() / f"{result.lesson}.json", json.dumps(result.as_dict(), indent=1) + "\n"


def results() -> dict[str, Result]:
    """Return what is remembered, by lesson; what is damaged counts as not checked."""
    found = {}
    for path in sorted(_place().glob("*.json")):
        result = _read(path)
        if result and result.lesson == path.stem:
            found[result.lesson] = result
    return found


def write_whole(texts: Mapping[Path, str]) -> None:
    """Write files so that nobody, whatever happens, finds half of one; and all of them, or none.

    Raises
    ------
    OSError
        If one cannot be written; its `filename` says which.
    """
    with ExitStack() as swept, ExitStack() as undone:
        parts = {}
        try:
            for path, text in texts.items():
                parts[path] = _beside(path, text.encode(), swept)
            for path, part in parts.items():
                old = _beside(path, path.read_bytes(), swept) if path.exists() else None
                undone.callback(_put_back, path, old)
                part.replace(path.resolve())
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from error
        undone.pop_all()


def _beside(path: Path, content: bytes, swept: ExitStack) -> Path:
    """Return a file that can take another's place at once; it is swept away if it does not."""
    path = path.resolve()  # of a link, what it leads to
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    part = Path(name)
    swept.callback(part.unlink, missing_ok=True)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(handle)
    part.chmod(mode)
    return part


def _put_back(path: Path, old: Path | None) -> None:
    if old:
        old.replace(path.resolve())
    else:
        path.resolve().unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _place() -> Path:
    return workspace_root() / "progress"


def _read(path: Path) -> Result | None:
    try:
        with path.open(encoding="utf-8") as file:
            return Result.read(json.loads(file.read(LIMIT)))
    except (OSError, ValueError, RecursionError):
        return None
