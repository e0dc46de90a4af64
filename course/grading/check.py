"""Grade one notebook with the checks of its source, for someone without an instructor.

The scores are those of `nbgrader autograde`, whose own steps run the cells and count the points;
but there is no gradebook, and what would stop an autograde becomes a sentence in the report.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
from course.grading.visible import by_itself

TRIES = 2  # times to start a kernel: another program may take the ports that were found free


def check(
    source: Path | None,
    notebook: Path,
    config: Config | None = None,
    timeout: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Grade a learner's notebook with the checks of its source.

    The notebook runs in a scratch folder with the files that lie beside the source; the learner's
    own file is only read. Without a source it is checked by itself, and runs in its own folder, as
    nbgrader's Validate does.

    Parameters
    ----------
    source : Path or None
        The course's notebook, with solutions and hidden tests; None where there is none, as on a
        hub: then the checks in the learner's notebook decide, without hidden tests.
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
    # Nobody else on the machine can listen to what the answers print.
    config.KernelManager.setdefault("transport_encryption", "auto")
    if timeout is not None:
        config.Execute.timeout = timeout
    learner = read_notebook(notebook)
    if source is None:
        original, released, before = by_itself(learner, notebook)
    else:
        original, before = read_notebook(source), []
        released = as_released(original, config)
    placed, notes = place_answers(original, released, learner)
    if not any(grade_id(cell.cell) and cell.number for cell in placed):
        of = source.name if source else "a course"
        raise NotebookError(
            f"{notebook} holds no exercise of {of}: is it the notebook of another lesson?"
        )
    code = [cell for cell in placed if cell.cell.cell_type == "code"]
    with _folder(source, notebook) as folder:
        _run(code, original, folder, config, progress)
    exercises, more = judge(original, released, code, config)
    return Report(tuple(exercises), (*before, *notes, *more))


@contextmanager
def _folder(source: Path | None, notebook: Path) -> Iterator[str]:
    """Return where to run: among copies of the course's own files, or where the learner does."""
    if source is None:
        yield str(notebook.resolve().parent)
        return
    with tempfile.TemporaryDirectory(prefix="check-", ignore_cleanup_errors=True) as scratch:
        ignore = shutil.ignore_patterns("*.ipynb", ".ipynb_checkpoints")
        shutil.copytree(source.parent, scratch, ignore=ignore, dirs_exist_ok=True)
        yield scratch


def _run(
    code: list[Placed],
    original: NotebookNode,
    folder: str,
    config: Config,
    progress: Callable[[int, int], None],
) -> None:
    """Run the cells in place, in a folder."""
    nb = deepcopy(original)  # it names the kernel
    nb.cells = [placed.cell for placed in code]
    for cell in nb.cells:
        cell.outputs, cell.execution_count = [], None
    labels = [placed.label for placed in code]
    for attempt in range(1, TRIES + 1):
        try:
            ExecuteAll(labels, progress, config=config).preprocess(
                nb, {"metadata": {"path": folder}}
            )
            break
        except (NoSuchKernel, RuntimeError) as error:
            if isinstance(error, NoSuchKernel) or attempt == TRIES:
                raise NotebookError(
                    f"The notebook's kernel did not start ({error}): install the course again."
                ) from None
    for preprocessor in (IgnorePattern, LimitBytes):  # what a check printed decides its points
        preprocessor(config=config)(nb, {})
    for cell in filter(is_check, nb.cells):
        settle(cell)
