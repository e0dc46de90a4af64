"""Feedback that explains a failed check and keeps its hidden tests hidden.

Switched on in `nbgrader_config.py`, between nbgrader's own two steps::

    c.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        "course.grading.feedback.ExplainChecks",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
        "course.grading.style.FeedbackStyle",
    ]
"""

import ast
import json
import re
from html import escape
from typing import Any, NamedTuple

from nbconvert.filters import strip_ansi
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output
from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.utils import is_grade, is_locked
from traitlets import List, Unicode

from course.grading.execute import SKIPPED, STOPPED
from course.grading.hidden import HiddenLines, split
from course.grading.notebook import capital
from course.grading.verdict import FLAGGED, NO_SCORE

FRAME = re.compile(r"^[^\S\n]*(?:Cell In\s?\[(\d+)\], line (\d+)(?:,? in ([\w.<>]+))?|File )", re.M)
CONTEXT = 2  # lines of the learner's cell shown above and below the one that failed
DEEPEST = 5  # calls shown: what went wrong is in the last ones


class Part(NamedTuple):
    """One thing to say about a failed check."""

    label: str
    text: str
    code: bool = False


class ExplainChecks(ClearHiddenTests):  # type: ignore[misc]  # nbgrader has no types
    """Show for each failed check its claim, its question, and the learner's own error.

    The check itself is shown as it was released. What stood between the delimiters of
    `ClearHiddenTests`, whose configuration this class shares, is shown nowhere: not in a
    traceback, nor in anything that the submission printed.
    """

    # The exporter sets this for all its steps; one that does not know it makes traitlets warn.
    display_data_priority = List(Unicode()).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Rewrite, in place, a notebook that `nbgrader autograde` left.

        Parameters
        ----------
        nb : NotebookNode
            An executed notebook whose checks still hold their hidden tests.
        resources : dict
            What nbconvert's steps share; returned as it came.

        Returns
        -------
        nb, resources
        """
        delimiters = (self.begin_test_delimeter, self.end_test_delimeter)
        cells = [cell for cell in nb.cells if cell.cell_type == "code"]
        hidden = {}
        for cell in filter(_is_check, cells):
            cell.source, hidden[cell.metadata.nbgrader.grade_id] = split(cell.source, *delimiters)
        secrets = HiddenLines(
            [*delimiters, *(line for lines in hidden.values() for line in lines)],
            visible=[cell.source for cell in nb.cells],
        )
        run = {cell.execution_count: cell for cell in cells}
        for cell in cells:
            explanation = []
            if _is_check(cell):
                explanation = _explain(cell, run, secrets)
                if hidden[cell.metadata.nbgrader.grade_id]:
                    cell.outputs = []  # whatever a hidden test made the submission show
            cell.outputs = [_masked(output, secrets) for output in cell.outputs] + explanation
        if secrets.shown_in(json.dumps(nb.metadata.get("widgets"), ensure_ascii=False)):
            del nb.metadata["widgets"]
        return nb, resources


def _is_check(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and bool(is_grade(cell) and is_locked(cell))


def _explain(
    cell: NotebookNode, run: dict[int, NotebookNode], secrets: HiddenLines
) -> list[NotebookNode]:
    """Take what made a check fail out of its outputs; return it as one output, or none."""
    errors = [output for output in cell.outputs if output.output_type == "error"]
    cell.outputs = [output for output in cell.outputs if output not in errors]
    parts = [_explain_error(error, run) for error in errors]
    if not parts:
        return []
    parts = [Part("Not yet true", _claim(cell)), *parts]
    parts = [part._replace(text=secrets.mask(part.text.strip())) for part in parts]
    parts = [part for part in parts if part.text]
    page = "\n".join(_html(part) for part in parts)
    data = {
        "text/html": f'<div style="border-left: 4px solid #a94442; padding: 0 1em">{page}</div>',
        "text/plain": "\n".join(f"{part.label}: {part.text}" for part in parts),
    }
    return [new_output("display_data", data)]


def _explain_error(error: NotebookNode, run: dict[int, NotebookNode]) -> Part:
    """Tell a check's question from an error in the learner's own code."""
    if error.ename in (STOPPED, SKIPPED, FLAGGED, NO_SCORE):
        return Part("What happened", capital(error.evalue))
    told = strip_ansi("\n".join(error.traceback[:-1]))  # the last entry repeats the message
    calls = [(run.get(int(n or 0)), int(line or 0), name) for n, line, name in FRAME.findall(told)]
    message = strip_ansi(error.evalue).strip()
    where = calls[-1][0] if calls else None
    if error.ename == "AssertionError" and message and where is not None and is_locked(where):
        return Part("Ask yourself", message)
    own = [call for call in calls if call[0] is not None and not is_locked(call[0])]
    if not own:  # a longer message was written by a library about the check's own values
        message = message.partition("\n")[0]
    last = f"{error.ename}: {message}" if message else error.ename
    shown = [_call(*call) for call in own[-DEEPEST:]]
    label = "Your code stopped with" if own else "The check stopped with"
    return Part(label, "\n\n".join([*shown, last]), code=True)


def _call(cell: NotebookNode, number: int, name: str) -> str:
    """Show a line of a learner's cell among its neighbours."""
    first = max(number - CONTEXT, 1)
    lines = cell.source.split("\n")[first - 1 : number + CONTEXT]
    return "\n".join(
        [
            f"In [{cell.execution_count}], line {number}" + (f", in {name}" if name else ""),
            *(
                f"{'---->' if at == number else '     '} {at:>3} {line}"
                for at, line in enumerate(lines, start=first)
            ),
        ]
    )


def _claim(cell: NotebookNode) -> str:
    """Return the docstring of a check; empty if it has none, or is not plain Python."""
    try:
        return ast.get_docstring(ast.parse(cell.source)) or ""
    except SyntaxError:
        return ""


def _html(part: Part) -> str:
    if part.code:
        return f"<p><b>{part.label}:</b></p><pre>{escape(part.text)}</pre>"
    return f'<p style="white-space: pre-wrap"><b>{part.label}:</b> {escape(part.text)}</p>'


def _masked(output: NotebookNode, secrets: HiddenLines) -> NotebookNode:
    """Mask the hidden lines in everything that an output shows as text."""
    if output.output_type == "stream":
        output.text = secrets.mask(output.text)
    elif output.output_type == "error":
        output.evalue = secrets.mask(output.evalue)
        output.traceback = secrets.mask("\n".join(output.traceback)).split("\n")
    else:
        output.data = {
            kind: secrets.mask(content) if isinstance(content, str) else content
            for kind, content in output.data.items()
            if isinstance(content, str)
            or not secrets.shown_in(json.dumps(content, ensure_ascii=False))
        }
    return output
