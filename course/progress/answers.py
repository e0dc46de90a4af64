"""Take out of a notebook what a learner has made of it, and put it into a fresh one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell
from nbgrader.utils import compute_checksum, is_grade, is_solution

KINDS = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}
KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")  # of a cell: what nbformat takes for an id
SPARE = "-kept"  # the end of the key of an answer whose exercise is no more


@dataclass(frozen=True)
class Kept:
    """A cell that a learner has written.

    Parameters
    ----------
    key : str
        Its `grade_id` if it answers an exercise, else its cell id.
    answer : bool
        Whether it answers an exercise.
    kind : str
        Its cell type.
    source : str
        What it says.
    """

    key: str
    answer: bool
    kind: str
    source: str


@dataclass(frozen=True)
class Work:
    """What a learner has made of a notebook.

    Parameters
    ----------
    order : tuple of str
        The keys of all cells of the notebook: where the learner's own ones stand.
    cells : tuple of Kept
        The learner's own ones.
    """

    order: tuple[str, ...]
    cells: tuple[Kept, ...]


@dataclass
class Placed:
    """What became of the cells that were put into a notebook: their keys."""

    changed: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)  # other work of the learner's
    homeless: list[str] = field(default_factory=list)  # answers to exercises that are no more


def digest(cell: NotebookNode) -> str:
    """Return what the id of a cell begins with that nobody has changed since it was built."""
    return hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:8]


def work(notebook: NotebookNode) -> Work:
    """Return what a learner has made of a released notebook.

    That is every answer that is no longer as it was released, and every other cell that was added
    or changed. Locked cells do not count: grading puts them back.

    Examples
    --------
    >>> from nbformat.v4 import new_notebook
    >>> mine = new_markdown_cell("What I think of it", id="mine")
    >>> work(new_notebook(cells=[mine])).cells
    (Kept(key='mine', answer=False, kind='markdown', source='What I think of it'),)
    """
    keyed = [*_keyed(notebook)]
    own = [
        Kept(key, _is_answer(key, cell), cell.cell_type, cell.source)
        for key, cell in keyed
        if is_own(key, cell)
    ]
    return Work(tuple(key for key, _ in keyed), tuple(own))


def is_own(key: str, cell: NotebookNode) -> bool:
    """Return whether a learner has written what a cell says."""
    if not cell.source.strip():
        return False
    if _named(cell) == key:
        return bool(
            is_solution(cell) and compute_checksum(cell) != cell.metadata.nbgrader.get("checksum")
        )
    return not str(cell.get("id", "")).startswith(digest(cell))


def put(kept: Work, notebook: NotebookNode) -> Placed:
    """Put what a learner has made into a notebook, which may be of a newer release.

    Answers go where their `grade_id` is, changed cells where their id is; the others, and answers
    to exercises that are no more, into cells of their own behind what stood before them.

    Parameters
    ----------
    kept : Work
        What was taken out of another copy.
    notebook : NotebookNode
        Changed in place.

    Returns
    -------
    Placed
        The keys of the cells that are now different.
    """
    placed = Placed()
    _give_ids(notebook)
    for cell in kept.cells:
        here = dict(_keyed(notebook))
        key, there = cell.key, here.get(cell.key)
        fits = there is not None and (
            _is_answer(key, there) if cell.answer else _named(there) != key
        )
        if not fits and (cell.answer or there is not None):
            key = key[: 64 - len(SPARE)] + SPARE
            there = here.get(key)
        if there is None:
            place = _behind(kept.order, cell.key, [*here])
            notebook.cells.insert(place, KINDS[cell.kind](cell.source, id=key))
            placed.changed.append(key)
            if cell.answer:
                placed.homeless.append(cell.key)
        elif there.source != cell.source:
            if is_own(key, there):
                placed.replaced.append(key)
            there.source = cell.source
            if there.cell_type == "code":  # what it showed was another cell's
                there.outputs, there.execution_count = [], None
            placed.changed.append(key)
    return placed


def _give_ids(notebook: NotebookNode) -> None:
    """Bring a notebook of an older format to the one whose cells have ids."""
    if notebook.nbformat_minor < 5:
        for key, cell in [*_keyed(notebook)]:
            cell.id = key
        notebook.nbformat_minor = 5


def _behind(order: Sequence[str], key: str, here: Sequence[str]) -> int:
    """Return the place behind the nearest cell that stood before `key` and is here, too."""
    for before in reversed(order[: order.index(key)]):
        if before in here:
            return here.index(before) + 1
    return 0


def _keyed(notebook: NotebookNode) -> Iterator[tuple[str, NotebookNode]]:
    """Yield each cell with its key; a copy of an answer's cell goes by its id, not its name."""
    seen: set[str] = set()
    for cell in notebook.cells:
        name, own = _named(cell), str(cell.get("id", ""))
        first = name if name and name not in seen else own if KEY.fullmatch(own) else digest(cell)
        more = (f"{first[:58]}-{number}" for number in count(2))
        key = next(key for key in chain([first], more) if key not in seen)
        seen.add(key)
        yield key, cell


def _is_answer(key: str, cell: NotebookNode) -> bool:
    return bool(_named(cell) == key and is_solution(cell))


def _named(cell: NotebookNode) -> str | None:
    """Return the `grade_id` of a cell that nbgrader knows, unless its notes on it are damaged."""
    meta = cell.metadata.get("nbgrader")
    name = meta.get("grade_id") if isinstance(meta, dict) else None
    if not isinstance(name, str) or not KEY.fullmatch(name):
        return None
    if is_grade(cell) and not isinstance(meta.get("points"), int | float):
        return None
    return name
