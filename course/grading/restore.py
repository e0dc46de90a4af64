"""Make a submission again what the course gave out, but for the learner's answers.

Switched on in place of nbgrader's `DeduplicateIds` and `OverwriteCells`, which leave tags as they
came, warn of every check with hidden tests, and fail on a copied check.
"""

from copy import deepcopy
from typing import Any

from nbformat import NotebookNode
from nbformat.corpus.words import generate_corpus_id
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor

from course.grading.definition import definition
from course.grading.hidden import split
from course.grading.notebook import is_check
from course.grading.place import place_answers


class Restore(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Put a learner's answers between the course's own cells.

    Locked cells and the metadata of all graded cells are the course's own again; graded cells that
    were deleted are put back; of a cell that was copied the first one counts. The learner's other
    cells stay what and where they are. What was not as the course left it is logged.
    """

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Restore a notebook in place.

        Parameters
        ----------
        nb : NotebookNode
            What a learner handed in.
        resources : dict
            `nbgrader` in it names the notebook, and the file in `source/` as `source`.

        Returns
        -------
        nb, resources
        """
        names = resources["nbgrader"]
        with Gradebook(names["db_url"]) as gradebook:
            source = definition(gradebook, names["assignment"], names["notebook"], names["source"])
        placed, notes = place_answers(source, self._released(source), nb)
        for note in notes:
            self.log.warning("%s: %s", names["student"], note)
        nb.cells = [cell.cell for cell in placed]
        nb.metadata = source.metadata
        if (nb.nbformat, nb.nbformat_minor) >= (4, 5):
            _tell_apart(nb.cells)
        return nb, resources

    def _released(self, source: NotebookNode) -> NotebookNode:
        """Return a definition without its hidden tests; its answers hold no solutions anyway."""
        tests = ClearHiddenTests(parent=self)
        released = deepcopy(source)
        for cell in filter(is_check, released.cells):
            cell.source, _ = split(
                cell.source, tests.begin_test_delimeter, tests.end_test_delimeter
            )
        return released


def _tell_apart(cells: list[NotebookNode]) -> None:
    """Give a cell whose id is missing, or taken by one before it, another id."""
    taken: set[str] = set()
    for cell in cells:
        while not cell.get("id") or cell.id in taken:
            cell.id = generate_corpus_id()
        taken.add(cell.id)
