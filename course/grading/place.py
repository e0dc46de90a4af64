"""Put a learner's answers between the course's own checks."""

from copy import deepcopy
from dataclasses import dataclass

from nbformat import NotebookNode
from nbgrader.utils import is_grade, is_locked, is_task

from course.grading.notebook import grade_id, is_check


@dataclass(frozen=True)
class Placed:
    """A cell of the notebook that will be run.

    Parameters
    ----------
    cell : NotebookNode
        The cell: the learner's, or the course's own where it is locked.
    number : int or None
        Its place in the learner's notebook, counted from 1; None if it is missing there.
    key : str or None
        What it is known by in the course's notebook: its `grade_id`, or else its cell id.
    """

    cell: NotebookNode
    number: int | None
    key: str | None

    @property
    def label(self) -> str:
        """What to call the cell when speaking to the learner."""
        name = grade_id(self.cell)
        if self.number is None:
            return f"the check {name}"
        return f"cell {self.number} ({name})" if name else f"cell {self.number}"


def place_answers(
    source: NotebookNode, released: NotebookNode, learner: NotebookNode
) -> tuple[list[Placed], list[str]]:
    """Put the learner's answers between the course's own checks, as nbgrader's autograde does.

    Locked cells become the course's own again, and graded cells that are missing are put back where
    they belong. The learner's other cells stay what and where they are.

    Parameters
    ----------
    source, released : NotebookNode
        The course's notebook, and what learners are given of it.
    learner : NotebookNode
        What the learner made of that.

    Returns
    -------
    list of Placed
        The cells in the order in which they run.
    list of str
        A sentence for each thing that is not as the course left it.
    """
    originals = {name: cell for cell in source.cells if (name := grade_id(cell))}
    given = {name: cell for cell in released.cells if (name := grade_id(cell))}
    numbers: dict[str, list[int]] = {}
    placed, notes = [], []
    for number, cell in enumerate(learner.cells, start=1):
        name = grade_id(cell)
        original = originals.get(name) if name else None
        if name is None or original is None:
            placed.append(Placed(_ordinary(cell), number, cell.get("id")))
            continue
        numbers.setdefault(name, []).append(number)
        if len(numbers[name]) > 1:
            placed.append(Placed(_ordinary(cell), number, None))
            continue
        placed.append(Placed(_restored(cell, original), number, name))
        if original.cell_type == "code" != cell.cell_type:
            notes.append(
                f"Cell {number} ({name}) is no longer a code cell, but was run as one: "
                "select it and press Y to turn it back."
            )
        elif is_check(original) and not _same_text(cell, original, given[name]):
            notes.append(f"Cell {number} ({name}) was changed: the original check was used.")
    notes += [
        f"Cells {_listed(copies)} have the same id ({name}), as copied or split cells do: the "
        "first one counts, the rest ran as ordinary cells; delete them or merge them into it."
        for name, copies in numbers.items()
        if len(copies) > 1
    ]
    for cell in _put_back(released, source, placed):
        what = "check" if is_check(cell) else "cell"
        notes.append(
            f"The {what} {grade_id(cell)} is missing from the notebook: the original was used."
        )
    return placed, notes


def _put_back(
    released: NotebookNode, source: NotebookNode, placed: list[Placed]
) -> list[NotebookNode]:
    """Insert the graded cells that are missing where they stood, and return them.

    An answer for a person to mark is put back blank. Their place is behind the nearest cell that
    stood before them and is still there, and behind what the learner has added to it: the answer
    may be among that.
    """
    keys = [grade_id(cell) or cell.get("id") for cell in source.cells]
    absent = []
    where = -1
    for key, cell, given in zip(keys, source.cells, released.cells, strict=True):
        alike = [index for index, other in enumerate(placed) if key and other.key == key]
        graded = grade_id(cell) is not None
        found = [index for index in alike if (grade_id(placed[index].cell) is not None) == graded]
        if found or alike:
            where = (found or alike)[0]
        if key and not found and (is_grade(cell) or is_task(cell)):
            where += 1
            while where < len(placed) and placed[where].key not in keys:
                where += 1
            put = deepcopy(cell if is_check(cell) else given)
            placed.insert(where, Placed(put, None, key))
            absent.append(put)
    return absent


def _ordinary(cell: NotebookNode) -> NotebookNode:
    """Return a copy that nbgrader does not know."""
    copy = deepcopy(cell)
    copy.metadata.pop("nbgrader", None)
    return copy


def _restored(cell: NotebookNode, original: NotebookNode) -> NotebookNode:
    """Return the original, or an answer with the original's type and metadata."""
    copy = deepcopy(original)
    if not is_locked(original):
        copy.source = cell.source
    return copy


def _same_text(cell: NotebookNode, *others: NotebookNode) -> bool:
    return cell.source.strip() in {other.source.strip() for other in others}


def _listed(numbers: list[int]) -> str:
    return f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
