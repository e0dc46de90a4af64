"""Read a notebook that a stranger handed in, and nothing but that notebook.

Where nbgrader would read it, the result is the same. Where it would stop, or what it read would
stop a later step, the notebook is mended; if that cannot be, one sentence says why not.
"""

import json
import os
import re
import stat
import warnings
from itertools import accumulate
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from course.grading.intake.aside import set_aside
from course.grading.intake.limits import DEFAULT_LIMITS, IntakeLimits, megabytes
from course.grading.intake.mend import mend

__all__ = ["IntakeLimits", "Unreadable", "read_submission", "set_aside"]

SAVE_AGAIN = "open it in JupyterLab, save it and submit again"
CLEAR = "clear its outputs and submit again"

# Escapes that give half a character, which no file can hold, or a NUL, which no database can.
_UNSTORABLE_ESCAPE = re.compile(rb"\\u(?:0000|[dD][89abAB])")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")

# Opening brackets become 1 and closing ones -1, as a signed byte.
_STEP = bytes(1 if char in b"[{" else 255 if char in b"]}" else 0 for char in range(256))
_NO_BRACKET = bytes(char for char in range(256) if char not in b"[]{}")


class Unreadable(ValueError):  # noqa: N818 - it is said of the file
    """Why a file is not read as a notebook and how to cure it, in one sentence."""


def read_submission(path: Path, limits: IntakeLimits = DEFAULT_LIMITS) -> NotebookNode:
    """Read a notebook, without trusting anything about it.

    A notebook that is valid is read as nbformat reads it, in format 4. In any other, parts that no
    later step could take are left out or replaced: an outline that is not known, ids that are
    missing or doubled, `nbgrader` metadata that nbgrader did not write, half a character or a NUL
    in the text (by U+FFFD, in a valid notebook too).

    Parameters
    ----------
    path : Path
        A file; no symbolic link is followed to it, and nothing but a plain file is opened.
    limits : IntakeLimits, optional
        What it may be at most.

    Returns
    -------
    NotebookNode
        A valid notebook in format 4.

    Raises
    ------
    Unreadable
        If the file is not a notebook, or exceeds a limit.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile() as file:
    ...     _ = file.write(b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "1"}]}')
    ...     file.flush()
    ...     read_submission(Path(file.name)).cells[0].outputs
    []
    """
    document = _parse(_read(path, limits.notebook_bytes), limits)
    version = document.get("nbformat")
    if type(version) is int and 1 <= version < 4:
        document = _parse(_upgrade(document, version), limits)
    elif version != 4:
        raise Unreadable(
            "The file does not say that it is a notebook of a known format: start from a fresh "
            "copy, or save it as nbformat 4."
        )
    cells = document.get("cells")
    if not isinstance(cells, list):
        raise Unreadable("The notebook has no list of cells: start from a fresh copy.")
    if len(cells) > limits.cells:
        raise Unreadable(
            f"The notebook has {len(cells):,} cells and at most {limits.cells:,} are read: "
            "delete those of no use and submit again."
        )
    try:
        notebook = mend(document)
    except Exception:  # whatever it was, it is the file's fault, and ends with this file
        raise Unreadable(f"The notebook is damaged beyond mending: {SAVE_AGAIN}.") from None
    longest = max((len(cell.source) for cell in notebook.cells), default=0)
    if longest > limits.source_chars:
        raise Unreadable(
            f"A cell has {longest:,} characters and at most {limits.source_chars:,} are read: "
            "move its data to a file and submit again."
        )
    return notebook


def _read(path: Path, most: int) -> bytes:
    """Return the bytes of a plain file of at most this size."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise Unreadable(
                "It is a link, a folder or a device: submit a plain file in its place."
            )
        # The flags say so again, as somebody may have replaced the file since.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY)
        with open(descriptor, "rb") as file:  # noqa: PTH123 - this path is not to be looked up again
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable("It was replaced while it was read: submit it again.")
            data = b"" if status.st_size > most else file.read(most + 1)
    except FileNotFoundError:
        raise Unreadable(
            "There is no such file, or it was set aside as no plain one: submit a plain file."
        ) from None
    except OSError as error:
        raise Unreadable(f"The file cannot be read ({error.strerror}): submit it again.") from None
    size = max(status.st_size, len(data))
    if size > most:
        raise Unreadable(
            f"The file is {megabytes(size)} and at most {megabytes(most)} is read: {CLEAR}."
        )
    if not data.strip():
        raise Unreadable("The file is empty: save the notebook and submit it again.")
    return data


def _parse(data: bytes, limits: IntakeLimits) -> dict[str, Any]:
    """Return a JSON object that is no deeper and has no more parts than it may."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(f"The file is not text in UTF-8: {SAVE_AGAIN}.") from None
    depth, parts = _outline(data)
    if depth > limits.notebook_depth:
        raise Unreadable(
            f"The file is nested {depth:,} levels deep and at most {limits.notebook_depth} are "
            f"read: {CLEAR}."
        )
    if parts > limits.notebook_parts:
        raise Unreadable(
            f"The file holds {parts:,} lists and objects and at most {limits.notebook_parts:,} "
            f"are read: {CLEAR}."
        )
    try:
        document = json.loads(text, parse_constant=lambda name: None)
    except ValueError:
        raise Unreadable(f"The file is not valid JSON, or not all of it: {SAVE_AGAIN}.") from None
    if not isinstance(document, dict):
        raise Unreadable("The file is JSON but not a notebook: start from a fresh copy.")
    if _UNSTORABLE_ESCAPE.search(data):
        return {_storable(key): _storable(part) for key, part in document.items()}
    return document


def _outline(data: bytes) -> tuple[int, int]:
    r"""Return how deep JSON is nested, and how many lists and objects it has.

    Examples
    --------
    >>> _outline(rb'{"a": [[], "]][[\"]"]}')
    (3, 3)
    """
    escaped = data.replace(rb"\\", b"").replace(rb"\"", b"")
    outside = b"".join(escaped.split(b'"')[::2])  # every other part is a string
    steps = outside.translate(_STEP, _NO_BRACKET)
    return max(accumulate(memoryview(steps).cast("b")), default=0), steps.count(1)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(key): _storable(item) for key, item in value.items()}
    return value


def _upgrade(document: dict[str, Any], version: int) -> bytes:
    """Return a notebook of an older format in format 4, as a file of it."""
    try:
        for sheet in document["worksheets"] if version > 1 else [document]:
            for cell in sheet["cells"]:  # the upgrade writes as many # as a heading's level says
                if cell.get("level", 1) not in range(1, 7):
                    cell["level"] = 6
        with warnings.catch_warnings(action="ignore"):
            text = nbformat.writes(nbformat.reads(json.dumps(document), as_version=4))
    except Exception:  # nbformat meets a damaged notebook with whatever comes
        raise Unreadable(
            f"The notebook is in format {version} and cannot be brought to format 4: {SAVE_AGAIN}."
        ) from None
    return text.encode()  # type: ignore[no-any-return]  # nbformat has no types
