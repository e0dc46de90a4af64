"""Whether a check gives a part of its points: nbgrader takes the number that a cell ends with."""

import ast

from course.grading.integrity import parsed

NUMBERS = {"float", "int", "len", "round", "sum"}


def counts(check: str) -> bool:
    r"""Tell whether what a check ends with is certainly meant for a number.

    Examples
    --------
    >>> counts("sum(mean(row) == 2 for row in rows) / 2")
    True
    >>> counts("points = 0\nif mean([1]) == 1:\n    points += 1\npoints")
    True
    >>> counts("table = mean_of(rows)\ntable")
    False
    """
    module = parsed(check)
    if not module.body or not isinstance(module.body[-1], ast.Expr):
        return False
    nodes = list(ast.walk(module))
    totals = {
        node.target.id
        for node in nodes
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name)
    }
    started = {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and _is_number(node.value, set())
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return _is_number(module.body[-1].value, totals & started)


def _is_number(node: ast.expr, names: set[str]) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_number(node.left, names) and _is_number(node.right, names)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in NUMBERS
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float)
    return isinstance(node, ast.Name) and node.id in names
