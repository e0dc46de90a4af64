"""Restore the checks of a submission, and tell a learner's edit from what nbgrader took out.

Switched on in `nbgrader_config.py`, in place of nbgrader's `OverwriteCells`.
"""

from typing import Any

from nbformat.corpus.words import generate_corpus_id
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import ClearHiddenTests, OverwriteCells

from course.grading.hidden import split


class RestoreChecks(OverwriteCells):  # type: ignore[misc]  # nbgrader has no types
    """Put the source's locked cells back, and report only cells that a learner changed.

    `OverwriteCells` compares a submission with the source, where a check still has its hidden
    tests. So it says of every such check, in every submission, that its checksum has changed, and
    a check that somebody did edit goes unnoticed among them.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Restore a notebook as nbgrader does, with ids for the cells that it puts back."""
        nb, resources = super().preprocess(nb, resources)
        if (nb.nbformat, nb.nbformat_minor) >= (4, 5):
            for cell in nb.cells:
                cell.setdefault("id", generate_corpus_id())
        return nb, resources

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Restore one cell as nbgrader does; see `OverwriteCells`."""
        self._submitted = cell.source
        return super().preprocess_cell(cell, resources, cell_index)  # type: ignore[no-any-return]

    def report_change(self, name: str, attr: str, old: Any, new: Any) -> None:
        """Log that a cell differs from the source, unless it is just as it was released."""
        if attr == "checksum":
            source = self.gradebook.find_source_cell(name, self.notebook_id, self.assignment_id)
            tests = ClearHiddenTests(parent=self)
            delimiters = (tests.begin_test_delimeter, tests.end_test_delimeter)
            if self._submitted == split(source.source, *delimiters)[0]:
                return
        super().report_change(name, attr, old, new)
