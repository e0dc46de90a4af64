"""Tell what an unanswered lesson may end in from what is wrong with it."""

import ast
import re

from nbformat import NotebookNode

from tests.lessons.structure import role

STUB = "Not answered yet"


def surprises(done: NotebookNode, solved: NotebookNode) -> list[str]:
    """Return what went wrong in a released notebook that was run, for no blank answer's fault.

    A blank answer raises what its stub says. What it would have defined is then missing, as is what
    a cell that needed it would have defined; `solved`, the notebook with answers, tells the names.
    A check may fail: it is there for that. Anything else is a surprise, and so is a word on stderr.
    """
    found, missing = [], set()
    for number, (cell, answered) in enumerate(zip(done.cells, solved.cells, strict=True), start=1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                if excused(output, role(cell), missing):
                    missing |= defined(answered.source)
                else:
                    found.append(f"cell {number}: {output.ename}: {output.evalue}")
            elif output.get("name") == "stderr":
                found.append(f"cell {number} says: {output.text}")
    return found


def excused(error: NotebookNode, part: str, missing: set[str]) -> bool:
    """Tell whether a blank answer explains an error in a cell that plays this part."""
    if error.ename == "NotImplementedError":
        return error.evalue.startswith(STUB)
    if error.ename == "NameError":
        name = re.match(r"name '(\w+)' is not defined", error.evalue)
        return name is not None and name[1] in missing
    return error.ename == "AssertionError" and part == "check"


def defined(source: str) -> set[str]:
    """Return the names that a cell defines."""
    kinds = ast.FunctionDef | ast.ClassDef
    nodes = list(ast.walk(ast.parse(source)))
    names = {
        node.id for node in nodes if isinstance(node, ast.Name) and type(node.ctx) is ast.Store
    }
    return names | {node.name for node in nodes if isinstance(node, kinds)}
