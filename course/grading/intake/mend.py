"""Make a valid notebook out of whatever calls itself one."""

import re
import sys
from typing import Any

import nbformat
from jsonschema import Draft4Validator  # type: ignore[import-untyped]
from nbformat import NotebookNode, ValidationError
from nbformat.corpus.words import generate_corpus_id
from nbformat.validator import iter_validate
from nbgrader.nbgraderformat import MetadataValidator

FORMAT = (4, 5)  # the one that is written where a notebook does not say a sensible one
TAGS = 100  # of a cell; nbformat compares each with every other
ERRORS = 20  # of a cell; more than it has parts that can be wrong

_CELL_PARTS = {
    "code": {"cell_type", "execution_count", "id", "metadata", "outputs", "source"},
    "markdown": {"attachments", "cell_type", "id", "metadata", "source"},
    "raw": {"attachments", "cell_type", "id", "metadata", "source"},
}
_ID = re.compile(r"[a-zA-Z0-9-_]{1,64}")  # as the format has it
_NBGRADER = Draft4Validator(MetadataValidator().schema)
_OLDER = range(MetadataValidator.schema_version)


def mend(document: dict[str, Any]) -> NotebookNode:
    """Return a notebook of format 4 as nbformat reads it, without what is invalid in it.

    Parameters
    ----------
    document : dict
        The notebook as JSON, with a list of cells; its parts may be changed.

    Returns
    -------
    NotebookNode

    Raises
    ------
    Exception
        If it is beyond mending.

    Examples
    --------
    >>> cells = [{"cell_type": "code", "source": "1", "outputs": 7}, "what?"]
    >>> mend({"nbformat": 4, "cells": cells}).cells[0].outputs
    []
    """
    cells = [_with_parts(cell) for cell in document["cells"] if isinstance(cell, dict)]
    document = {**document, "cells": cells, "metadata": _as_dict(document.get("metadata"))}
    if type(document.get("nbformat_minor")) is not int or document["nbformat_minor"] < 0:
        document["nbformat_minor"] = FORMAT[1]
    minor = document["nbformat_minor"]
    if (4, minor) >= FORMAT:
        _give_ids(cells)
    try:
        nbformat.validate(document)
    except ValidationError:
        for cell in cells:
            _drop_invalid(cell, minor)
        document = _without_invalid_metadata(document)
    notebook = nbformat.v4.to_notebook(document)
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            _mend_nbgrader(cell.metadata)
    nbformat.validate(notebook, relax_add_props=True)  # what each step of nbconvert asks for
    return notebook


def _as_dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _with_parts(cell: dict[str, Any]) -> dict[str, Any]:
    """Return a cell with all the parts that it must have."""
    source = cell.get("source")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    cell["source"] = source if isinstance(source, str) else ""
    cell["metadata"] = _as_dict(cell.get("metadata"))
    tags = cell["metadata"].get("tags", [])
    if not isinstance(tags, list) or len(tags) > TAGS:
        del cell["metadata"]["tags"]
    if cell.get("cell_type") not in ("code", "markdown", "raw"):
        cell["cell_type"] = "raw"  # kept for people to see, and not run
    if cell["cell_type"] == "code":
        cell.setdefault("execution_count", None)
        if not _are_outputs(cell.get("outputs")):
            cell["outputs"] = []
    attachments = cell.get("attachments", {})
    if not (
        isinstance(attachments, dict)
        and all(isinstance(bundle, dict) for bundle in attachments.values())
    ):
        del cell["attachments"]
    return cell


def _are_outputs(value: Any) -> bool:
    """Tell whether nbformat can go through these: what it takes for a later format, it does."""
    return isinstance(value, list) and all(
        isinstance(output, dict)
        and isinstance(output.get("output_type"), str)
        and isinstance(output.get("data", {}), dict)
        for output in value
    )


def _give_ids(cells: list[dict[str, Any]]) -> None:
    """Give a new id to each cell that has none of its own."""
    taken = set()
    for cell in cells:
        name = cell.get("id")
        if not isinstance(name, str) or not _ID.fullmatch(name):
            name = cell["id"] = generate_corpus_id()
        while name in taken:
            name = cell["id"] = generate_corpus_id()
        taken.add(name)


def _drop_invalid(cell: dict[str, Any], minor: int) -> None:
    """Take out of a cell what its format does not allow, one error after another."""
    for part in set(cell) - _CELL_PARTS[cell["cell_type"]]:
        del cell[part]
    if (4, minor) < FORMAT:
        cell.pop("id", None)
    kind = f"{cell['cell_type']}_cell"
    for _ in range(ERRORS):
        error = next(iter_validate(cell, ref=kind, version=4, version_minor=minor), None)
        if not error:
            return
        part, key = [*error.relative_path, "", ""][:2]
        if part == "metadata":
            cell["metadata"].pop(key, None)
        elif part == "outputs":
            cell["outputs"] = []
        elif part == "execution_count":
            cell["execution_count"] = None
        else:
            cell.pop(part, None)


def _without_invalid_metadata(document: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook of the four parts that it has, with what its metadata may be."""
    for error in list(iter_validate({**document, "cells": []})):
        path = [*error.relative_path, "", ""]
        if path[0] == "metadata":
            document["metadata"].pop(path[1], None)
    return {part: document[part] for part in ("cells", "metadata", "nbformat", "nbformat_minor")}


def _mend_nbgrader(metadata: NotebookNode) -> None:
    """Leave of nbgrader's metadata what nbgrader knows, or nothing if it makes no sense."""
    given = _as_dict(metadata.pop("nbgrader"))
    if not given:
        return
    known = {key: given[key] for key in _NBGRADER.schema["properties"] if key in given}
    known = {"grade": False, "locked": False, "solution": False} | known
    if given.get("schema_version", 0) in _OLDER:  # all that differs is what has a default
        known["schema_version"] = MetadataValidator.schema_version
    if _NBGRADER.is_valid(known) and known.get("points", 0) <= sys.float_info.max:
        marked = any(known.get(key) for key in ("grade", "locked", "solution", "task"))
        if (known.get("grade_id") or not marked) and ("points" in known or not known["grade"]):
            metadata["nbgrader"] = known
