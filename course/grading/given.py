"""What the course's own cells define for checks to use, and whether it is still that.

A check may call a function that the notebook was given. Who defines it anew decides about the
check; who calls it, or copies it under another name, does not.
"""

import ast
import builtins
from collections import Counter
from collections.abc import Iterable
from types import CodeType, FunctionType
from typing import Any, NamedTuple

from course.grading.integrity import is_made_here, names_read, parsed


class Given(NamedTuple):
    """What cells define, beside what they import.

    Parameters
    ----------
    functions : dict of str to str
        The source of each function and class, by its name.
    things : set of str
        Names of what is made of libraries alone, and so of no kind that a notebook has made.
    """

    functions: dict[str, str]
    things: set[str]


def given(cells: Iterable[str], answers: Iterable[str]) -> Given:
    r"""Return what the cells of a course define, but for what answers are to define.

    Parameters
    ----------
    cells : iterable of str
        The sources of the code cells that are neither answers nor checks.
    answers : iterable of str
        The sources of the cells that learners answer in, with the course's own answers.

    Returns
    -------
    Given

    Examples
    --------
    >>> cells = ["import pandas as pd", "def near(a, b):\n    return a == b"]
    >>> cells.append("rows = pd.DataFrame()")
    >>> found = given([*cells, "mine = answer(rows)"], ["def answer(rows): ..."])
    >>> sorted(found.functions), found.things
    (['near'], {'rows'})
    """
    learners = bound(answers)
    functions: dict[str, str] = {}
    made, things = set(learners), set[str]()
    times = Counter[str]()
    for cell in cells:
        for statement in parsed(cell).body:
            names = _bound(statement)
            times.update(names)
            if isinstance(statement, ast.FunctionDef | ast.ClassDef) and not (
                statement.decorator_list or _has_magic(cell)
            ):
                functions[statement.name] = ast.get_source_segment(cell, statement) or ""
            if _makes_a_kind(statement) or names_read(ast.unparse(statement)) & made:
                made |= names
            else:
                things |= names - _imported(statement)
    times.update(learners)
    return Given(
        {name: source for name, source in functions.items() if times[name] == 1}, things - made
    )


def bound(cells: Iterable[str]) -> set[str]:
    """Return the names that cells give a meaning to.

    Examples
    --------
    >>> sorted(bound(["import numpy as np", "def total(rows): ...", "for row in []: last = row"]))
    ['last', 'np', 'row', 'total']
    """
    return {name for cell in cells for node in parsed(cell).body for name in _bound(node)}


def used(given: Given, check: str) -> Given:
    """Return what of it a check uses, also by what it calls.

    Examples
    --------
    >>> cells = ["def a(): return b()", "def b(): return 1", "def c(): return 2"]
    >>> sorted(used(given(cells, []), "assert a() == 1").functions)
    ['a', 'b']
    """
    names, before = names_read(check), set[str]()
    while names != before:
        before = names
        names = names.union(*(names_read(given.functions.get(name, "")) for name in names))
    return Given(
        {name: source for name, source in given.functions.items() if name in names},
        given.things & names,
    )


def redefined(given: Given, namespace: dict[str, Any]) -> list[str]:
    r"""Return the names that stand for something else than the course's cells made of them.

    Parameters
    ----------
    given : Given
        What a check uses.
    namespace : dict
        The notebook's variables.

    Returns
    -------
    list of str

    Examples
    --------
    >>> cells = Given({"near": "def near(a, b):\n    return a == b"}, set())
    >>> redefined(cells, {"near": max})
    ['near']
    """
    return [
        *(
            name
            for name, source in given.functions.items()
            if name in namespace and not _is_as_written(namespace[name], source, namespace)
        ),
        *(name for name in sorted(given.things) if _is_of_a_new_kind(namespace.get(name))),
    ]


def _is_of_a_new_kind(value: Any) -> bool:
    """Tell whether a thing is of a class that the notebook has made."""
    return not isinstance(value, type) and is_made_here(type(value))


def _bound(statement: ast.stmt) -> set[str]:
    """Return the names that a statement gives a meaning to."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    nodes = list(ast.walk(statement))
    stored = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return stored | _imported(statement)


def _imported(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}
    return set()


def _makes_a_kind(statement: ast.stmt) -> bool:
    """Tell whether a statement defines a function or a class, as `P = namedtuple("P", …)`."""
    nodes = list(ast.walk(statement))
    names = _bound(statement)
    return any(isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda) for node in nodes) or (
        any(isinstance(node, ast.Constant) and node.value in names for node in nodes)
    )


def _has_magic(cell: str) -> bool:
    try:
        ast.parse(cell)
    except (SyntaxError, ValueError):
        return True
    return False


def _is_as_written(value: Any, source: str, namespace: dict[str, Any]) -> bool:
    """Tell whether a function, or each part of a class, does what its source says."""
    statement = ast.parse(source).body[0]
    code = compile(source, "<given>", "exec", dont_inherit=True)
    if isinstance(statement, ast.ClassDef):
        inside = _code_of(statement, code)
        return isinstance(value, type) and all(
            _is_part_as_written(vars(value).get(name), part, inside, namespace)
            for part in statement.body
            if isinstance(part, ast.FunctionDef) or not (statement.bases or statement.keywords)
            for name in sorted(_bound(part))
            if not name.startswith("__") or name.endswith("__")  # others are renamed
        )
    return _is_part_as_written(value, statement, code, namespace)


def _is_part_as_written(
    value: Any, statement: ast.stmt, inside: CodeType, namespace: dict[str, Any]
) -> bool:
    if isinstance(statement, ast.FunctionDef):
        if statement.decorator_list:
            return True
        if isinstance(value, staticmethod | classmethod):  # as Python makes of `__new__`
            value = value.__func__
        return (
            isinstance(value, FunctionType)
            and _same(value.__code__, _code_of(statement, inside))
            and value.__globals__ is namespace
            and getattr(value, "__builtins__", None) is vars(builtins)
            and _has_defaults(value, statement.args)
        )
    if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
        return _is_literally(value, statement.value)
    return True


def _has_defaults(function: FunctionType, arguments: ast.arguments) -> bool:
    """Tell whether a function has the defaults of its source, as far as those are literals."""
    defaults = function.__defaults__ or ()
    by_name = function.__kwdefaults__ or {}
    named = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    wanted = {argument.arg: node for argument, node in named if node}
    return (
        len(defaults) == len(arguments.defaults)
        and by_name.keys() == wanted.keys()
        and all(map(_is_literally, defaults, arguments.defaults))
        and all(_is_literally(by_name[name], node) for name, node in wanted.items())
    )


def _is_literally(value: Any, node: ast.expr) -> bool:
    """Tell whether a value is the one that is written; of what is no literal, nothing is known."""
    try:
        written = ast.literal_eval(node)
    except (ValueError, TypeError):
        return True
    return type(value) is type(written) and repr(value) == repr(written)


def _code_of(statement: ast.AST, inside: CodeType) -> CodeType:
    codes = [constant for constant in inside.co_consts if isinstance(constant, CodeType)]
    name = getattr(statement, "name", "")
    return next(code for code in reversed(codes) if code.co_name == name)


def _same(one: CodeType, other: CodeType) -> bool:
    """Compare what two functions do, wherever they were written."""
    alike = all(
        getattr(one, name) == getattr(other, name)
        for name in ("co_code", "co_names", "co_varnames", "co_argcount", "co_kwonlyargcount")
    )
    return (
        alike
        and len(one.co_consts) == len(other.co_consts)
        and all(map(_same_constant, one.co_consts, other.co_consts))
    )


def _same_constant(one: Any, other: Any) -> bool:
    if isinstance(one, CodeType) and isinstance(other, CodeType):
        return _same(one, other)
    return type(one) is type(other) and (one == other or repr(one) == repr(other))
