"""What checks ask of answers, put so that an answer which agrees with everything is noticed.

`assert answer == 4` passes for `unittest.mock.ANY`, and for any object whose class says so. Each
function here returns what Python would, unless an answer would have made it so whatever the check
had asked: `Doubt` puts them into checks.
"""

import collections
import operator
import random
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from course.grading.integrity import is_made_here

MIRRORED = {"lt": "gt", "gt": "lt", "le": "gt", "ge": "lt"}
LOOKED_AT = 2_000  # elements of containers; an answer with more of them is not made up by hand
FIRST = 50  # of them that are looked at where nothing is compared
DATA = ("builtins", "collections", "numpy", "pandas")  # whose own word counts, not a subclass's
FAR = (-1e300, 1e300)  # no thing is less than the first, or greater than the second
APART = (0.123, 98_715.5)  # numbers that nothing computes the same with


class NothingShownError(Exception):
    """An answer agrees with whatever it is asked, so what it says shows nothing."""


def compare(name: str, left: Any, right: Any) -> Any:
    """Return what a comparison gives, if it could have given something else.

    Parameters
    ----------
    name : str
        The function in the module `operator`; `"contains"` for `left in right`; `"~eq"` where the
        check itself names what is equal to more than one thing.
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
    course.grading.compared.NothingShownError: An answer is equal to everything.
    """
    operate: Callable[[Any, Any], Any] = getattr(operator, name.lstrip("~"))
    if name not in MIRRORED and _random.random() < 0.5:  # who agrees only once is asked first
        _doubt_made(left, right)
    result = operate(right, left) if name == "contains" else operate(left, right)
    if not _holds(lambda: result):
        return result
    if name in MIRRORED:
        mirror: Callable[[Any, Any], Any] = getattr(operator, MIRRORED[name])
        if type(left) not in _PLAIN or type(right) not in _PLAIN:
            both = _holds(lambda: mirror(left, right)) and _holds(lambda: left != right)
            if both or _is_anywhere(operate, left, right):
                raise NothingShownError("An answer is less and greater at a time.")
    elif any(_is_credulous(part) for side in (left, right) for part in _parts(side)):
        raise NothingShownError("An answer is equal to everything.")
    elif name == "eq" and (_fits_others(left, right) or _fits_others(right, left)):
        raise NothingShownError("An answer is equal to other things too.")
    return result


def compare_all(names: str, left: Any, *rest: Callable[[], Any]) -> Any:
    """Return what a chain of comparisons gives, as `0 < answer < 1`; see `compare`.

    Examples
    --------
    >>> compare_all("lt,lt", 0, lambda: 2, lambda: 1)
    False
    """
    result: Any = True
    for name, right in zip(names.split(","), rest, strict=True):
        value = right()
        result = compare(name, left, value)
        if not result:
            return result
        left = value
    return result


def compute(name: str, left: Any, right: Any) -> Any:
    """Return what an arithmetic operator gives, unless it would give that with any number.

    Examples
    --------
    >>> compute("sub", 7, 2)
    5
    """
    operate: Callable[[Any, Any], Any] = getattr(operator, name)
    if (_is_instance_made_here(left) and _is_constant(lambda other: operate(left, other))) or (
        _is_instance_made_here(right) and _is_constant(lambda other: operate(other, right))
    ):
        raise NothingShownError("An answer makes every sum come out the same.")
    return operate(left, right)


def argument(value: Any) -> Any:
    """Return what a check hands to a function, unless it is equal to everything.

    Examples
    --------
    >>> argument([1, 2])
    [1, 2]
    """
    if type(value) not in _PLAIN:
        for part in _parts(value, FIRST):
            mocked = type(part).__module__.partition(".")[0] == "unittest"
            made = _is_instance_made_here(part)
            if (mocked or made) and _is_credulous(part):
                raise NothingShownError("An answer is equal to everything.")
            if made and _is_constant(partial(operator.sub, part)):
                raise NothingShownError("An answer makes every sum come out the same.")
    return value


def method(thing: Any, name: str) -> Any:
    """Return an attribute, unless a class of the notebook's answers in the place of its base.

    Whoever hands in a `DataFrame` of a class of their own, with an `equals` that is always true,
    has not answered. To write a class with such a method is no offence where no table is asked for.

    Examples
    --------
    >>> method("a", "upper")()
    'A'
    """
    owner = None
    for kind in type(thing).__mro__ if is_made_here(type(thing)) else ():
        if name not in vars(kind) or kind is object:
            continue
        if is_made_here(kind):
            owner = kind
        elif owner and kind.__module__.partition(".")[0] in DATA:
            raise NothingShownError(
                f"An answer says of itself what {kind.__name__}.{name} should say."
            )
    return getattr(thing, name)


def _is_constant(sum_with: Callable[[float], Any]) -> bool:
    """Tell whether the same comes out of a sum with different numbers."""
    return _holds(lambda: sum_with(APART[0]) == sum_with(APART[1]))


def _is_anywhere(operate: Callable[[Any, Any], Any], left: Any, right: Any) -> bool:
    """Tell whether a thing of the notebook's own lies wherever it is asked for, however far."""
    lowest, highest = FAR
    if _is_instance_made_here(left) and type(right) in (int, float):
        return _holds(lambda: operate(left, lowest)) and _holds(lambda: operate(left, highest))
    if _is_instance_made_here(right) and type(left) in (int, float):
        return _holds(lambda: operate(lowest, right)) and _holds(lambda: operate(highest, right))
    return False


def _is_instance_made_here(value: Any) -> bool:
    return type(value) not in _PLAIN and not isinstance(value, type) and is_made_here(type(value))


def _doubt_made(*sides: Any) -> None:
    """Raise NothingShownError if a thing of the notebook's own is equal to everything."""
    for side in sides:
        for part in _parts(side):
            if _is_instance_made_here(part) and _is_credulous(part):
                raise NothingShownError("An answer is equal to everything.")


_random = random.SystemRandom()
_PLAIN = (bool, int, float, str, bytes, type(None))
_CONTAINERS = (list, tuple, set, frozenset, collections.deque)


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


def _fits_others(thing: Any, right: Any) -> bool:
    """Tell whether a thing of an odd kind is equal to what is like the right answer, but is not it.

    `pytest.approx`, and a class whose `==` has room for all that one would ask for, are; what a
    check itself calls right may be, and is then not asked: see `Doubt`.
    """
    if type(thing).__module__.partition(".")[0] in DATA and type(thing) not in _CONTAINERS:
        return False
    return any(_is_equal(thing, other) for other in _others(right))


def _others(right: Any) -> list[Any]:
    """Return things of the same kind and length as another, and unlike it."""
    found: list[Any] = []
    if isinstance(right, bool):
        found = [not right]
    elif isinstance(right, int | float):
        found = [right + 1, right - 1, 2 * right + 3, right / 2]
    elif isinstance(right, str):
        found = [right + "x", right[1:], right[::-1] + "y"]
        if len(right) == 1:
            found += [chr((ord(right) + step) % 0x110000) for step in (1, -1)]
    elif type(right) in (list, tuple) and right:
        found = [type(right)(map(_another, right))]
    elif type(right) is dict and right:
        found = [{key: _another(part) for key, part in right.items()}]
    return [other for other in found if not _is_equal(right, other)]


def _another(thing: Any) -> Any:
    return next(iter(_others(thing)), object())


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
        rest += _inside(part)[:left]


def _inside(thing: Any) -> list[Any]:
    """Return what a container holds, whatever a class of the notebook's would say."""
    if isinstance(thing, collections.UserList | collections.UserDict):
        thing = vars(thing).get("data")
    if isinstance(thing, dict):
        return [*dict.keys(thing), *dict.values(thing)]
    kind = next((kind for kind in _CONTAINERS if isinstance(thing, kind)), None)
    return list(kind.__iter__(thing)) if kind else []
