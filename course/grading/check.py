"""Grade one notebook with the checks of its source, for someone without an instructor.

The scores are those of `nbgrader autograde`, whose own steps run the cells and count the points;
but there is no gradebook, and what would stop an autograde becomes a sentence in the report.
"""

import shutil
import tempfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

from jupyter_client.kernelspec import NoSuchKernel
from nbformat import NotebookNode
from nbgrader.preprocessors import IgnorePattern
from traitlets.config import Config

from course.grading.execute import ExecuteAll
from course.grading.judge import judge
from course.grading.limit import LimitBytes
from course.grading.notebook import NotebookError, as_released, grade_id, is_check, read_notebook
from course.grading.place import Placed, place_answers
from course.grading.report import Report
from course.grading.verdict import settle


def check(
    source: Path,
    notebook: Path,
    config: Config | None = None,
    timeout: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Grade a learner's notebook with the checks of its source.

    The notebook runs in a scratch folder with the files that lie beside the source; the learner's
    own file is only read.

    Parameters
    ----------
    source : Path
        The course's notebook, with solutions and hidden tests.
    notebook : Path
        The learner's.
    config : Config, optional
        nbgrader's settings, as `nbgrader_config.py` holds them.
    timeout : int, optional
        How many seconds a cell may run; what `config` or else nbgrader says if not given.
    progress : callable, optional
        Called with the number of cells that have run and the number of all cells.

    Returns
    -------
    Report

    Raises
    ------
    NotebookError
        If a file is not a notebook, or not one made from `source`, or no kernel starts.
    """
    config = deepcopy(config or Config())
    if timeout is not None:
        config.Execute.timeout = timeout
    original, learner = read_notebook(source), read_notebook(notebook)
    released = as_released(original, config)
    placed, notes = place_answers(original, released, learner)
    if not any(grade_id(cell.cell) and cell.number for cell in placed):
        raise NotebookError(
            f"{notebook} holds no exercise of {source.name}: is it the notebook of another lesson?"
        )
    code = [cell for cell in placed if cell.cell.cell_type == "code"]
    _run(code, original, source.parent, config, progress)
    exercises, more = judge(original, released, code, config)
    return Report(tuple(exercises), (*notes, *more))


def _run(
    code: list[Placed],
    original: NotebookNode,
    files: Path,
    config: Config,
    progress: Callable[[int, int], None],
) -> None:
    """Run the cells in place, with a copy of the course's own files around them."""
    nb = deepcopy(original)  # it names the kernel
    nb.cells = [placed.cell for placed in code]
    for cell in nb.cells:
        cell.outputs, cell.execution_count = [], None
    execute = ExecuteAll([placed.label for placed in code], progress, config=config)
    with tempfile.TemporaryDirectory(prefix="check-", ignore_cleanup_errors=True) as scratch:
        ignore = shutil.ignore_patterns("*.ipynb", ".ipynb_checkpoints")
        shutil.copytree(files, scratch, ignore=ignore, dirs_exist_ok=True)
        try:
            execute.preprocess(nb, {"metadata": {"path": scratch}})
        except (NoSuchKernel, RuntimeError) as error:
            raise NotebookError(
                f"The notebook's kernel did not start ({error}): install the course again."
            ) from None
    for preprocessor in (IgnorePattern, LimitBytes):  # what a check printed decides its points
        preprocessor(config=config)(nb, {})
    for cell in filter(is_check, nb.cells):
        settle(cell)
