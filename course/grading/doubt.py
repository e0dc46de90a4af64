"""Comparisons in checks that do not believe an object which is equal to everything.

`assert answer == 4` passes for `unittest.mock.ANY`, and for any object whose class says so. While a
check runs, its comparisons go through `compare`, which returns what Python would, unless a side
also compares equal to an object made a moment ago, or is less and greater than it at a time.
"""

import ast
import builtins
import operator
import random
from collections.abc import Callable, Iterator
from typing import Any

from course.grading.integrity import is_made_here

NAME = "__compared__"  # under which checks find `compare`, beside Python's own functions
KEEP = "__kept__"  # and `Doubt.keep`
OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Eq: "eq",
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
    ast.In: "contains",
}
MIRRORED = {"lt": "gt", "gt": "lt", "le": "gt", "ge": "lt"}
LOOKED_AT = 2_000  # elements of containers; an answer with more of them is not made up by hand


class NothingShownError(Exception):
    """An answer compares as it is wished to, so a comparison with it shows nothing."""


class Doubt(ast.NodeTransformer):
    """While it is active, as it is for a check, send comparisons through `compare`.

    What the cell ends with goes through `keep` and is known to `kept` afterwards: points, if it is
    a number, which a notebook could show otherwise than they are.
    """

    def __init__(self) -> None:
        self.active = False
        self.kept: list[Any] = []
        setattr(builtins, NAME, compare)
        setattr(builtins, KEEP, self.keep)

    def keep(self, value: Any) -> Any:
        """Note a value, and return it."""
        self.kept.append(value)
        return value

    def visit(self, node: ast.AST) -> Any:
        """Return a tree as it was, or with calls put in if it is a check's."""
        if isinstance(node, ast.Module):
            if not self.active:
                return node
            self.kept.clear()
            if node.body and isinstance(node.body[-1], ast.Expr):
                last = node.body[-1]
                last.value = ast.copy_location(_call(KEEP, last.value), last.value)
                ast.fix_missing_locations(node)
        return super().visit(node)

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """Return a call in place of a comparison of two things."""
        self.generic_visit(node)
        name = OPERATORS.get(type(node.ops[0]))
        if name is None or len(node.ops) > 1:
            return node
        call = _call(NAME, ast.Constant(name), node.left, node.comparators[0])
        for made in (call, call.func, call.args[0]):
            ast.copy_location(made, node)
        return call


def _call(name: str, *arguments: ast.expr) -> ast.Call:
    return ast.Call(func=ast.Name(name, ast.Load()), args=list(arguments), keywords=[])


def compare(name: str, left: Any, right: Any) -> Any:
    """Return what a comparison gives, if it could have given something else.

    Parameters
    ----------
    name : str
        The function in the module `operator`; `"contains"` for `left in right`.
    left, right : object
        What stands on either side.

    Raises
    ------
    NothingShownError
        If it holds, and one side would have made it hold with anything.

    Examples
    --------
    >>> compare("eq", [1, 2], [1, 2]), compare("contains", 3, {4})
    (True, False)
    >>> from unittest.mock import ANY
    >>> compare("eq", {"auc": [ANY]}, {"auc": [0.7]})
    Traceback (most recent call last):
    ...
    course.grading.doubt.NothingShownError: An answer is equal to everything.
    """
    operate: Callable[[Any, Any], Any] = getattr(operator, name)
    if name not in MIRRORED and _random.random() < 0.5:  # who agrees only once is asked first
        _doubt_made(left, right)
    result = operate(right, left) if name == "contains" else operate(left, right)
    if not _holds(lambda: result):
        return result
    if name in MIRRORED:
        mirror: Callable[[Any, Any], Any] = getattr(operator, MIRRORED[name])
        if type(left) not in _PLAIN or type(right) not in _PLAIN:
            both = _holds(lambda: mirror(left, right)) and _holds(lambda: left != right)
            if both:
                raise NothingShownError("An answer is less and greater at a time.")
    elif any(_is_credulous(part) for side in (left, right) for part in _parts(side)):
        raise NothingShownError("An answer is equal to everything.")
    return result


def _doubt_made(*sides: Any) -> None:
    """Raise NothingShownError if a thing of the notebook's own is equal to everything."""
    for side in sides:
        for part in _parts(side):
            if is_made_here(part) and not isinstance(part, type) and _is_credulous(part):
                raise NothingShownError("An answer is equal to everything.")


_random = random.SystemRandom()
_PLAIN = (bool, int, float, str, bytes, type(None))


# No thing is equal to one of the first, or to both of any other two.
STRANGERS: tuple[tuple[Any, ...], ...] = (
    (object(),),
    (-70_225.375, 981_466.25),
    (-70_225, 981_466),
    (False, True),
    ("one stranger", "another stranger"),
    ("q", "7z"),
    (b"one stranger", b"q"),
    (["one stranger"], [0.625, "another"]),
    (("one stranger",), (0.625, "another")),
    ({"one stranger"}, {0.625, "another"}),
    ({"one": "stranger"}, {0.625: "another"}),
)


def _is_credulous(thing: Any) -> bool:
    """Tell whether a thing says that it is equal to things that nobody has seen."""
    if type(thing) in _PLAIN:
        return False
    return any(all(_is_equal(thing, other) for other in strangers) for strangers in STRANGERS)


def _is_equal(thing: Any, other: Any) -> bool:
    return _holds(lambda: thing == other)


def _holds(question: Callable[[], Any]) -> bool:
    """Tell whether an answer is yes; an array, or an error, is none."""
    try:
        return bool(question())
    except Exception:
        return False


def _parts(thing: Any, left: int = LOOKED_AT) -> Iterator[Any]:
    """Yield a thing and what plain containers hold, to some depth."""
    rest = [thing]
    while rest and left:
        left -= 1
        part = rest.pop()
        yield part
        if type(part) is dict:
            rest += [*part.keys(), *part.values()][:left]
        elif type(part) in (list, tuple, set, frozenset):
            rest += list(part)[:left]
