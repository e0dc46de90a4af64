"""Make of what a check printed and raised exactly what nbgrader should count."""

import math
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from nbgrader.utils import is_grade

from course.grading.execute import error_output
from course.grading.notebook import grade_id, is_check

FLAGGED = "NeedsAPerson"  # the name of the error in the outputs of a check that shows nothing
NO_SCORE = "NoScore"  # and of one that ended with a number that cannot be points


def settle(cell: NotebookNode, flag: str = "") -> None:
    """Change the outputs of a check that has run so that nbgrader gives it what it has earned.

    nbgrader goes by the first output that it knows: an error or anything on standard error is 0
    points, and a result is the points, whatever comes after it. Here an error counts first;
    a warning of a check that passes costs nothing; and a number that is no score earns nothing.

    Parameters
    ----------
    cell : NotebookNode
        A check, changed in place.
    flag : str, optional
        Why its result shows nothing, if that is so.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_output
    >>> from nbgrader.utils import determine_grade
    >>> warning = new_output("stream", name="stderr", text="deprecated")
    >>> cell = new_code_cell(outputs=[warning])
    >>> cell.metadata["nbgrader"] = {"grade": True, "points": 2}
    >>> before = determine_grade(cell)[0]
    >>> settle(cell)
    >>> before, determine_grade(cell)[0]
    (0, 2.0)
    """
    points = float(cell.metadata["nbgrader"]["points"])
    results = [out for out in cell.outputs if out.output_type == "execute_result"]
    failed = any(out.output_type == "error" for out in cell.outputs)
    value = _number(results[-1]) if results else None
    if flag:
        cell.outputs.append(error_output(FLAGGED, flag))
    elif value is not None and not failed and not 0 <= value <= points:
        told = f"It ended with {value:g}, which is not a score from 0 to {points:g}."
        cell.outputs.append(error_output(NO_SCORE, told))
        failed = True
    counts = value is not None and not failed and not flag
    for out in cell.outputs:
        if out.output_type == "execute_result" and not (counts and out is results[-1]):
            out.output_type = "display_data"
            out.pop("execution_count", None)
        elif out.get("name") == "stderr":
            out.name = "stdout"


class Settle(NbGraderPreprocessor):  # type: ignore[misc]  # nbgrader has no types
    """Settle the checks of a submission that has run."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Settle one cell in place, if it is a check."""
        if cell.cell_type == "code" and is_check(cell):
            settle(cell, resources["nbgrader"]["ran"].flags.get(grade_id(cell), ""))
        return cell, resources


class SaveVerdict(SaveAutoGrades):  # type: ignore[misc]  # nbgrader has no types
    """Save scores as nbgrader does, and mark those that a person should look at."""

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Save the score and the comment of one cell."""
        cell, resources = super().preprocess_cell(cell, resources, index)
        name = grade_id(cell)
        if is_grade(cell) and name in resources["nbgrader"]["ran"].flags:
            grade = self.gradebook.find_grade(
                name, self.notebook_id, self.assignment_id, self.student_id
            )
            grade.needs_manual_grade = True
            self.gradebook.db.commit()
        return cell, resources


def _number(result: NotebookNode) -> float | None:
    """Return the number that a check ended with; None if it is none, which counts as a pass."""
    text = result.get("data", {}).get("text/plain", "")
    try:
        value = float("".join(text))
    except (TypeError, ValueError):
        return None
    return value if not math.isnan(value) else math.inf
