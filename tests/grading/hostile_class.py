"""A class in which most are hostile: its course, and how one of them hands something in.

Each file in `tests/grading/hostile/` and `tests/grading/honest/` is one submission. Its docstring
says what it is; then in which state it must end, and which checks must have given points::

    Ends in: needs a person
    Scores: double-check-values=2, double-check-empty=1

`none` and `all` stand for no points and for all; what is not named must be 0. What is handed in is
made by its function `hand_in`, from the released notebook with wrong answers, or with right ones.
"""

import importlib.util
import re
import textwrap
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import is_solution

from course.grading.notebook import grade_id

HERE = Path(__file__).parent
LESSON = "01-class"
NOTEBOOK = "class.ipynb"

SOLUTION = "the course's own way: zebra-4711"  # in a comment of source/, nowhere else
HIDDEN = [
    "unseen = [17, -23]",
    "assert double(unseen) == [34, -46]",
    "np.testing.assert_equal(double([]), [])",
]
CELLS = {
    "title": "# A lesson",
    "setup": """\
import math

import numpy as np
import pandas as pd


def near(one, other):
    return abs(one - other) < 1e-9""",
    "double-task": "### Exercise: double\nWrite it.",
    "double": f'''\
def double(values):
    """Return a list with every value twice as large."""
    ### BEGIN SOLUTION
    return [2 * value for value in values]  # {SOLUTION}
    ### END SOLUTION''',
    "double-check-values": f'''\
"""double doubles every value."""
assert double([1, 2]) == [2, 4], "Is every value doubled?"
### BEGIN HIDDEN TESTS
{HIDDEN[0]}
{HIDDEN[1]}, "What becomes of a negative value?"
### END HIDDEN TESTS''',
    "double-check-empty": f'''\
"""double of an empty list is an empty list."""
assert isinstance(double([]), list), "What do you return when there is nothing to double?"
### BEGIN HIDDEN TESTS
{HIDDEN[2]}
### END HIDDEN TESTS''',
    "mean-task": "### Exercise: mean\nWrite it.",
    "mean": '''\
def mean(values):
    """Return the mean of some values."""
    ### BEGIN SOLUTION
    return sum(values) / len(values)
    ### END SOLUTION''',
    "mean-check-close": '''\
"""mean is the mean, but for what is lost in the last digits."""
assert math.isclose(mean([1, 2]), 1.5), "What is the mean of 1 and 2?"
### BEGIN HIDDEN TESTS
from math import isclose
assert isclose(abs(mean([-0.5, -1.5])), 1), "What of negative values?"
### END HIDDEN TESTS''',
    "mean-check-near": '''\
"""mean is near what a function of the course says."""
assert near(mean([1, 2]), 1.5), "What is the mean of 1 and 2?"
### BEGIN HIDDEN TESTS
assert near(mean([2, 6]), 4), "What is the mean of 2 and 6?"
### END HIDDEN TESTS''',
    "mean-check-table": '''\
"""mean can be put into a table."""
table = pd.DataFrame({"mean": [mean([2, 4]), mean([9.0])]})
pd.testing.assert_frame_equal(table, pd.DataFrame({"mean": [3.0, 9.0]}))
### BEGIN HIDDEN TESTS
assert len(table) == 2 and float(table["mean"].sum()) == 12
### END HIDDEN TESTS''',
    "mean-check-share": '''\
"""mean is right for as many lists as possible."""
lists = [[1.0], [1.0, 3.0], [2.0, 4.0, 9.0], [-1.0, 1.0]]
### BEGIN HIDDEN TESTS
expected = [1.0, 2.0, 5.0, 0.0]
### END HIDDEN TESTS
sum(mean(values) == value for values, value in zip(lists, expected))''',
    "coldest-task": "### Exercise: coldest\nWhich month is it? Answer with a letter.",
    "coldest": """\
### BEGIN SOLUTION
coldest = "B"
### END SOLUTION""",
    "coldest-check-choice": '''\
"""coldest names the coldest month."""
assert coldest in ("A", "B", "C"), "Is coldest one of the letters?"
### BEGIN HIDDEN TESTS
assert coldest == "B", "Which month has the lowest mean?"
### END HIDDEN TESTS''',
}
POINTS = {
    "double-check-values": 2,
    "double-check-empty": 1,
    "mean-check-close": 2,
    "mean-check-near": 1,
    "mean-check-table": 1,
    "mean-check-share": 4,
    "coldest-check-choice": 1,
}
RIGHT = {
    "double": "def double(values):\n    return [2 * value for value in values]",
    "mean": "def mean(values):\n    return sum(values) / len(values)",
    "coldest": 'coldest = "B"',
}
WRONG = {
    "double": "def double(values):\n    return [0]",
    "mean": "def mean(values):\n    return 77.0",
    "coldest": 'coldest = "Z"',
}


def write_source(course: Path) -> None:
    """Write the lesson, with solutions and hidden tests, into `source/` of a course."""
    cells = []
    for name, source in CELLS.items():
        graded = name.endswith("-task") or name in POINTS or name in RIGHT
        nbgrader = {
            "grade": name in POINTS,
            "grade_id": name,
            "locked": graded and name not in RIGHT,
            "schema_version": 3,
            "solution": name in RIGHT,
            "task": False,
        }
        if name in POINTS:
            nbgrader["points"] = POINTS[name]
        make = new_markdown_cell if re.match(r"#+ ?[A-Z]", source) else new_code_cell
        if name in RIGHT:
            make = new_code_cell
        cells.append(make(source, id=name, metadata={"nbgrader": nbgrader} if graded else {}))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    folder = course / "source" / LESSON
    folder.mkdir(parents=True)
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), folder / NOTEBOOK)


@dataclass
class Submission:
    """What somebody is about to hand in.

    Parameters
    ----------
    notebook : NotebookNode
        The released one, with wrong answers; to be changed.
    folder : Path
        Where it will be, and where files can be put beside it.
    places : dict of str to str
        What `@NAME@` stands for in code: what an attacker may have found out of this machine.
    """

    notebook: NotebookNode
    folder: Path
    places: dict[str, str] = field(default_factory=dict)
    written: bool = False

    @property
    def file(self) -> Path:
        """Where the notebook will be."""
        return self.folder / NOTEBOOK

    def cell(self, name: str) -> NotebookNode:
        """Return a graded cell."""
        return next(cell for cell in self.notebook.cells if grade_id(cell) == name)

    def answer(self, **sources: str) -> None:
        """Answer exercises."""
        for name, source in sources.items():
            self.cell(name).source = self.filled(source)

    def answer_with(self, double: str = "None", mean: str = "None", coldest: str = "None") -> None:
        """Answer with things, each given as code: functions that return them, and a value."""
        self.answer(
            double=f"def double(values):\n    return {double}",
            mean=f"def mean(values):\n    return {mean}",
            coldest=f"coldest = {coldest}",
        )

    def answer_right(self) -> None:
        """Answer all exercises as the course does."""
        self.answer(**RIGHT)

    def first(self, source: str) -> None:
        """Insert a cell before the exercises."""
        self.before("double-task", source)

    def before(self, name: str, source: str) -> None:
        """Insert a cell before a graded one."""
        where = self.notebook.cells.index(self.cell(name))
        self.notebook.cells.insert(where, new_code_cell(self.filled(source)))

    def filled(self, source: str) -> str:
        """Return code with the places that it names."""
        source = textwrap.dedent(source).strip("\n")
        return re.sub(r"@([A-Z]+)@", lambda match: self.places[match[1]], source)

    def write(self, data: bytes | None = None) -> None:
        """Write these bytes in place of the notebook, or the notebook."""
        if data is None:
            data = nbformat.v4.writes(self.notebook).encode()
        self.file.write_bytes(data)
        self.written = True


@dataclass(frozen=True)
class Member:
    """One of the class: what must become of what they hand in.

    Parameters
    ----------
    student : str
        Who it is, for nbgrader.
    hostile : bool
        Whether it is in `hostile/`.
    ending : str
        The state that it must end in.
    scores : dict of str to float
        What each check must have given.
    hand_in : callable
        Makes the submission.
    """

    student: str
    hostile: bool
    ending: str
    scores: dict[str, float]
    hand_in: Callable[[Submission], None]

    def submit(self, release: NotebookNode, course: Path, places: dict[str, str]) -> None:
        """Put what is handed in where `nbgrader collect` would have put it."""
        folder = course / "submitted" / self.student / LESSON
        folder.mkdir(parents=True)
        notebook = deepcopy(release)
        for cell in filter(is_solution, notebook.cells):
            cell.source = WRONG[cell.metadata.nbgrader.grade_id]
        submission = Submission(notebook, folder, places)
        self.hand_in(submission)
        if not submission.written:
            submission.write()


def members() -> list[Member]:
    """Return the whole class."""
    return [_member(path) for path in sorted(HERE.glob("ho[ns]*/*.py"))]


def _member(path: Path) -> Member:
    spec = importlib.util.spec_from_file_location(f"class_{path.stem}", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    says = dict(re.findall(r"^(Ends in|Scores): (.+(?:\n .+)*)$", module.__doc__ or "", re.M))
    given = dict.fromkeys(POINTS, 0.0)
    if says["Scores"] == "all":
        given.update(POINTS)
    elif says["Scores"] != "none":
        given.update({k: float(v) for k, v in re.findall(r"([\w-]+)=([\d.]+)", says["Scores"])})
    student = getattr(module, "STUDENT", path.stem.replace("_", "-"))
    return Member(student, path.parent.name == "hostile", says["Ends in"], given, module.hand_in)
