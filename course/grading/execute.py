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
from traitlets.config import Config

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
    labels : sequence of str
        What to call each cell of the notebook.
    progress : callable
        Called with the number of cells that are done and the number of all cells.
    config : Config
        nbgrader's settings; those of `Execute` decide how long a cell may take.
    """

    def __init__(
        self, labels: Sequence[str], progress: Callable[[int, int], None], config: Config
    ) -> None:
        super().__init__(config=config)
        self._labels = labels
        self._progress = progress
        self._lost = ""

    def setup_kernel(self, **kwargs: Any) -> AbstractContextManager[None]:
        """Start a kernel that cannot write to our terminal, and end it afterwards."""
        # Set here because nbconvert loads the configuration again when it begins to run a notebook.
        self.interrupt_on_timeout = self.raise_on_iopub_timeout = True
        self.error_on_timeout = {
            "ename": STOPPED,
            "evalue": f"{self._overtime}: {LOOP}",
            "traceback": [],
        }
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
        try:
            super().preprocess(nb, resources)
        finally:
            if self.km is not None and self.km.has_kernel:  # it was interrupted while it started
                self._cleanup_kernel()
        return nb, resources

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run one cell in place, or say in its outputs why not."""
        if self._lost:
            cell.outputs = [_error(SKIPPED, f"did not run, because {self._lost}.")]
        else:
            try:
                super().preprocess_cell(cell, resources, index)
            except CellTimeoutError:
                self._lose(cell, index, f"{self._overtime} and could not be interrupted", LOOP)
            except DeadKernelError:
                self._lose(cell, index, "ended the kernel", "does it exit, or need much memory?")
        self._progress(index + 1, len(self._labels))
        return cell, resources

    @property
    def _overtime(self) -> str:
        return f"ran longer than {self.timeout} s"

    def _lose(self, cell: NotebookNode, index: int, what: str, ask: str) -> None:
        cell.outputs.append(_error(STOPPED, f"{what}: {ask}"))
        self._lost = f"{self._labels[index]} {what}"


def _error(name: str, what: str) -> NotebookNode:
    return new_output("error", ename=name, evalue=what, traceback=[])
