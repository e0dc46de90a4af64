"""Checks that do not believe an answer which agrees with everything.

While a check runs, its comparisons, and what it hands to functions, go through `compared`. The rest
of the notebook is left as it is.
"""

import ast
import builtins
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

from course.grading import compared

KEEP = "__kept__"  # under which checks find `Doubt.keep`, beside Python's own functions
ASKED: dict[str, Callable[..., Any]] = {  # and what stands in the place of their own questions
    "__compared__": compared.compare,
    "__all_compared__": compared.compare_all,
    "__computed__": compared.compute,
    "__argument__": compared.argument,
    "__method__": compared.method,
}
COMPARISONS: Mapping[type[ast.cmpop], str] = MappingProxyType(
    {
        ast.Eq: "eq",
        ast.Lt: "lt",
        ast.LtE: "le",
        ast.Gt: "gt",
        ast.GtE: "ge",
        ast.In: "contains",
    }
)
SUMS: Mapping[type[ast.operator], str] = MappingProxyType(
    {
        ast.Add: "add",
        ast.Sub: "sub",
        ast.Mult: "mul",
        ast.Div: "truediv",
        ast.FloorDiv: "floordiv",
        ast.Mod: "mod",
        ast.Pow: "pow",
    }
)
MOCKS = ("unittest", "mock", "ANY")  # a check that names one may itself be equal to everything
LOOSE = (*MOCKS, "approx")  # or to more than one thing
PYTHON = "__python__"  # under which checks find Python's own functions, whatever has their names
BOUND = (ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom)  # what no function may be put around


class Doubt(ast.NodeTransformer):
    """While it is active, as it is for a check, let what it asks go through `compared`.

    What the cell ends with goes through `keep` and is known to `kept` afterwards, by the number of
    the cell among those that ran within it: points, if it is a number, which a notebook could show
    otherwise than they are. The first is missing if the check did not come to its end.
    """

    def __init__(self) -> None:
        self.active = False
        self.python: frozenset[str] = frozenset()  # names that mean Python's own in the next check
        self.kept: dict[int, Any] = {}
        self._number = 0
        self._claiming = False  # whether what is visited decides if the check passes
        self._mocking = self._loose = False
        for name, thing in self.names.items():
            setattr(builtins, name, thing)

    @property
    def names(self) -> dict[str, Any]:
        """What checks find beside Python's own functions, by the names that they have for it."""
        return {**ASKED, KEEP: self.keep, PYTHON: builtins}

    def begin(self, is_check: bool) -> None:
        """Be told that a cell is about to run, and forget the last one."""
        self.active = is_check
        self.kept.clear()
        self._number = 0

    def keep(self, number: int, value: Any) -> None:
        """Show what a cell ends with as Python does, and note it.

        In this order, as who shows it may call what the notebook has made for that.
        """
        sys.displayhook(value)
        self.kept[number] = value

    def visit(self, node: ast.AST) -> Any:
        """Return a tree as it was, or with calls put in if it is a check's."""
        if isinstance(node, ast.Module):
            return self._check(node) if self.active else node
        return super().visit(node)

    def _check(self, module: ast.Module) -> ast.Module:
        """Return a check as one statement, so that all of it runs or nothing.

        IPython runs a cell statement by statement, from a list that an answer could shorten.
        """
        self._mocking = any(name in MOCKS for name in _names(module))
        self._loose = any(name in LOOSE for name in _names(module))
        if self._number == 0:
            nodes = (each for each in ast.walk(module) if isinstance(each, ast.Constant))
            compared.expect(each.value for each in nodes if type(each.value) in (int, float, str))
        future = [each for each in module.body if getattr(each, "module", "") == "__future__"]
        body: list[ast.stmt] = [self.visit(each) for each in module.body if each not in future]
        last = body[-1] if body else ast.parse("None").body[0]
        value: ast.expr = ast.copy_location(ast.Constant(None), last)
        if isinstance(last, ast.Expr):
            value = (
                last.value if self._mocking else _call("__argument__", last.value, at=last.value)
            )
            body = body[:-1]
        end = ast.copy_location(
            ast.Expr(_call(KEEP, ast.Constant(self._number), value, at=value)), last
        )
        self._number += 1
        one = ast.copy_location(ast.If(ast.Constant(True), [*body, end], []), [*body, end][0])
        module.body = [*future, ast.fix_missing_locations(one)]
        return module

    def visit_Assert(self, node: ast.Assert) -> ast.Assert:
        """Return an assertion with calls in what it claims."""
        with self._claims():
            node.test = self.visit(node.test)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.Expr:
        """Return a statement, as a call that raises, with calls in what it hands over."""
        with self._claims():
            node.value = self.visit(node.value)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """Return a call in place of a comparison."""
        self.generic_visit(node)
        names = [COMPARISONS[type(each)] for each in node.ops if type(each) in COMPARISONS]
        if self._loose:
            names = ["~eq" if name == "eq" else name for name in names]
        if len(names) < len(node.ops):
            return node
        if len(names) == 1:
            name = ast.Constant(names[0])
            return _call("__compared__", name, node.left, *node.comparators, at=node)
        if any(isinstance(part, BOUND) for each in node.comparators for part in ast.walk(each)):
            return node
        nothing = ast.arguments([], [], None, [], [], None, [])
        later = [ast.copy_location(ast.Lambda(nothing, each), each) for each in node.comparators]
        return _call("__all_compared__", ast.Constant(",".join(names)), node.left, *later, at=node)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Return Python's own function where the check means it."""
        if node.id not in self.python:
            return node
        own = ast.Attribute(ast.Name(PYTHON, ast.Load()), node.id, ast.Load())
        ast.copy_location(own.value, node)
        return ast.copy_location(own, node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """Return a call in place of a sum that a claim depends on."""
        self.generic_visit(node)
        name = SUMS.get(type(node.op))
        if not self._claiming or name is None:
            return node
        return _call("__computed__", ast.Constant(name), node.left, node.right, at=node)

    def visit_Call(self, node: ast.Call) -> ast.Call:
        """Return a call with calls around what it hands over, and around the method it asks."""
        has_method = isinstance(node.func, ast.Attribute)
        self.generic_visit(node)
        if not self._claiming:
            return node
        if has_method and isinstance(node.func, ast.Attribute):
            name = ast.Constant(node.func.attr)
            node.func = _call("__method__", node.func.value, name, at=node.func)
        if not self._mocking:
            node.args = [
                each if isinstance(each, ast.Starred) else _call("__argument__", each, at=each)
                for each in node.args
            ]
            for keyword in node.keywords:
                if keyword.arg:
                    keyword.value = _call("__argument__", keyword.value, at=keyword.value)
        return node

    @contextmanager
    def _claims(self) -> Iterator[None]:
        before, self._claiming = self._claiming, True
        try:
            yield
        finally:
            self._claiming = before


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        for name in ("id", "attr", "name", "module"):
            yield from str(getattr(node, name, "") or "").split(".")


def _call(function: str, *arguments: ast.expr, at: ast.expr) -> ast.Call:
    """Return a call that tracebacks show in the place of another expression."""
    made = ast.Call(func=ast.Name(function, ast.Load()), args=list(arguments), keywords=[])
    for node in (made, made.func, *arguments):
        if not hasattr(node, "lineno"):
            ast.copy_location(node, at)
    return made
