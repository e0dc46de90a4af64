"""Keep of a submission's outputs what a person can read, by lines and by bytes."""

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import LimitOutput
from traitlets import Integer

CUT = "... Output truncated ..."  # as nbgrader says it
DECIDE = ("error", "execute_result")  # outputs that decide a score
ENVELOPE = 100  # bytes of an output beside its content
NUMBER = 100  # and of a number, which a result may be: see `verdict.settle`


class LimitBytes(LimitOutput):  # type: ignore[misc]  # nbgrader has no types
    """Cut outputs after so many lines, as nbgrader does, and after so many bytes of a cell.

    An error stays an error, and a number that a check ended with stays that number: what decides a
    score is not cut, only what is told beside it.
    """

    max_bytes = Integer(
        1_000_000, min=0, help="How many bytes of a cell's outputs are kept; a figure takes 50,000."
    ).tag(config=True)

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Cut the outputs of one cell in place."""
        cell, resources = super().preprocess_cell(cell, resources, cell_index)
        if cell.cell_type == "code":
            left, kept = self.max_bytes, []
            for output in cell.outputs:
                if left > 0 or output.output_type in DECIDE:
                    left = _cut(output, left - ENVELOPE)
                    kept.append(output)
            cell.outputs = kept
        return cell, resources


def _cut(output: NotebookNode, left: int) -> int:
    """Cut an output in place to the bytes that are left, and return how many are left then."""
    left = max(left, 0)
    if output.output_type == "stream":
        output.text, left = _text(output.text, left)
    elif output.output_type == "error":
        lines = []
        for line in output.traceback:
            text, left = _text(line, left)
            lines.append(text)
            if text.endswith(CUT):
                break
        output.traceback = lines
        output.ename, _ = _text(output.ename, 200)
        output.evalue, left = _text(output.evalue, max(left, 10_000))
    else:
        if (size := len(str(output.metadata).encode(errors="replace"))) > left:
            output.metadata = {}
        else:
            left -= size
        for form, value in list(output.data.items()):
            size = len(f"{form}{value}".encode(errors="replace"))
            if output.output_type == "execute_result" and form == "text/plain" and size <= NUMBER:
                left = max(left - size, 0)
            elif size > left:
                del output.data[form]
                output.data["text/plain"] = CUT
            else:
                left -= size
    return left


def _text(text: str, left: int) -> tuple[str, int]:
    """Return the beginning of a text that fits, and how many bytes are left after it."""
    data = text.encode(errors="replace")
    if len(data) <= left:
        return text, left - len(data)
    return f"{data[:left].decode(errors='ignore')}\n{CUT}", 0
