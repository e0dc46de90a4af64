"""Run a notebook to its end, whatever a cell does to its kernel."""

import os
import subprocess
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import Execute
from traitlets import Integer

from course.grading.notebook import grade_id

STOPPED = "Stopped"  # the name of the error in the outputs of a cell that did not run to its end
SKIPPED = "Skipped"  # and of one that did not run at all
LOOP = "is there a loop that does not end?"


class ExecuteAll(Execute):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's way of running a notebook, in which a lost kernel does not end the grading.

    A cell that takes too long is interrupted. When that is in vain, or the kernel dies, the cells
    that are left are not run. Either way the outputs of a cell end with an error called `STOPPED`
    or `SKIPPED`, whose value says what happened; so nbgrader gives a check among them no points.

    Parameters
    ----------
    labels : sequence of str, optional
        What to call each cell of the notebook; by its number and its `grade_id` if not given.
    progress : callable, optional
        Called with the number of cells that are done and the number of all cells.
    **kwargs
        What nbgrader's `Execute` takes; the settings of `Execute` decide how long a cell may take.
    """

    iopub_timeout = Integer(
        30,
        min=1,
        help="Seconds for an answer that takes a kernel milliseconds, if the machine is not busy.",
    ).tag(config=True)

    def __init__(
        self,
        labels: Sequence[str] = (),
        progress: Callable[[int, int], None] = lambda done, total: None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._labels = labels
        self._progress = progress
        self._lost = ""

    @property
    def lost(self) -> str:
        """Which cell the kernel was lost in, and how; empty if it was not."""
        return self._lost

    def setup_kernel(self, **kwargs: Any) -> AbstractContextManager[None]:
        """Start a kernel that cannot write to our terminal, and end it afterwards."""
        # Set here because nbconvert loads the configuration again when it begins to run a notebook.
        self.interrupt_on_timeout = self.raise_on_iopub_timeout = True
        self.error_on_timeout = {
            "ename": STOPPED,
            "evalue": f"{self._overtime}: {LOOP}",
            "traceback": [],
        }
        self.store_widget_state = True  # or a widget with outputs in it would end the run
        self.shutdown_kernel = "immediate"  # an endless loop does not hear a polite request
        kernel: AbstractContextManager[None] = super().setup_kernel(
            env={**os.environ, "NBGRADER_EXECUTION": "autograde"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **kwargs,
        )
        return kernel

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run the cells of `nb` in place; the kernel is gone afterwards, after Ctrl-C too."""
        self._lost = ""
        try:
            super().preprocess(nb, resources)
        finally:
            if self.km is not None and self.km.has_kernel:  # it was interrupted while it started
                self._cleanup_kernel()
        return nb, resources

    def set_widgets_metadata(self) -> None:
        """Leave the state of widgets out of the notebook: no grade depends on one."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run one cell in place, or say in its outputs why not."""
        if self._lost and cell.cell_type == "code":
            cell.outputs = [error_output(SKIPPED, f"did not run, because {self._lost}.")]
        elif not self._lost:
            try:
                super().preprocess_cell(cell, resources, index)
            except CellTimeoutError:
                self._lose(cell, index, f"{self._overtime} and could not be interrupted", LOOP)
            except DeadKernelError:
                what, ask = self.cause_of_death()
                self._lose(cell, index, what, ask)
        self._progress(index + 1, len(self.nb.cells))
        return cell, resources

    def cause_of_death(self) -> tuple[str, str]:
        """Return what a cell did that ended its kernel, and what to ask of it."""
        return "ended the kernel", "does it exit, or need much memory?"

    @property
    def _overtime(self) -> str:
        return f"ran longer than {self.timeout} s"

    def _lose(self, cell: NotebookNode, index: int, what: str, ask: str) -> None:
        cell.outputs.append(error_output(STOPPED, f"{what}: {ask}"))
        self._lost = f"{self._label(cell, index)} {what}"

    def _label(self, cell: NotebookNode, index: int) -> str:
        if self._labels:
            return self._labels[index]
        name = grade_id(cell)
        return f"cell {index + 1} ({name})" if name else f"cell {index + 1}"


def error_output(name: str, what: str) -> NotebookNode:
    """Return an output that says why a cell has no result; nbgrader gives a check with it 0."""
    return new_output("error", ename=name, evalue=what, traceback=[])
