"""What checks ask of answers, put so that an answer which agrees with everything is noticed.

`assert answer == 4` passes for `unittest.mock.ANY`, and for any object whose class says so. Each
function here returns what Python would, unless an answer would have made it so whatever the check
had asked: `Doubt` puts them into checks.
"""

import collections
import math
import operator
import random
from collections.abc import Callable, Iterable, Iterator
from numbers import Number
from typing import Any

from course.grading.integrity import is_made_here

MIRRORED = {"lt": "gt", "gt": "lt", "le": "gt", "ge": "lt"}
LOOKED_AT = 2_000  # elements of containers; an answer with more of them is not made up by hand
FIRST = 50  # of them that are looked at where nothing is compared
DATA = ("builtins", "collections", "numpy", "pandas")  # whose own word counts, not a subclass's
FAR = (-1e300, 1e300)  # no thing is less than the first, or greater than the second
APART = (0.123, 98_715.5)  # numbers that nothing computes the same with
LARGE = 1e300  # beyond it, and for nan, there are no numbers to try


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
    if _is_instance_made_here(left) or _is_instance_made_here(right):
        result = _as_truth(result)
    if not _holds(lambda: result):
        return result
    if _belies_its_data(name, left, right):
        raise NothingShownError("An answer says that it equals what it does not hold.")
    if name in MIRRORED:
        mirror: Callable[[Any, Any], Any] = getattr(operator, MIRRORED[name])
        if type(left) not in _PLAIN or type(right) not in _PLAIN:
            both = _holds(lambda: mirror(left, right)) and _holds(lambda: left != right)
            if both or _is_anywhere(operate, left, right):
                raise NothingShownError("An answer is less and greater at a time.")
    elif any(_is_credulous(part) for side in (left, right) for part in _parts(side)):
        raise NothingShownError("An answer is equal to everything.")
    elif name == "eq" and (
        _fits_others(left, right) or _fits_others(right, left) or _fits_plausible(left, right)
    ):
        raise NothingShownError("An answer is equal to other things too.")
    return result


def expect(values: Iterable[Any]) -> None:
    """Be told of the numbers and texts in a check, which are what one might guess.

    Examples
    --------
    >>> expect(["yes", "no"])
    """
    _plausible.clear()
    _plausible.update(dict.fromkeys(values))


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
    for thing, with_number in (
        (left, lambda thing, number: operate(thing, number)),
        (right, lambda thing, number: operate(number, thing)),
    ):
        if _is_instance_made_here(thing) and _miscounts(name, thing, with_number):
            raise NothingShownError("An answer makes sums come out as no number does.")
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
            if made and (_miscounts("sub", part, operator.sub) or _is_two_numbers(part)):
                raise NothingShownError("An answer makes sums come out as no number does.")
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


def _as_truth(result: Any) -> Any:
    """Return what a class of the notebook's says of a comparison, which counts once in a sum."""
    if isinstance(result, Number):
        return bool(result)
    kind = getattr(getattr(result, "dtype", None), "kind", "b")
    if kind in "iufc":
        raise NothingShownError("An answer compares as more than true.")
    return result


def _belies_its_data(name: str, left: Any, right: Any) -> bool:
    """Tell whether a comparison holds by the word of a class whose data says otherwise.

    `class Answer(list)` may have an `==` of its own; it then agrees with that of its list where it
    is compared with what the check has.
    """
    made = [any(map(_is_instance_made_here, _parts(side))) for side in (left, right)]
    if all(made) or not any(made):  # two of the notebook's own may be equal as it likes
        return False
    mine = left if made[0] else right
    bare = _bare(mine)
    if bare is mine:
        return False
    one, other = (bare, right) if made[0] else (left, bare)
    operate: Callable[[Any, Any], Any] = getattr(operator, name.lstrip("~"))
    asked = (other, one) if name == "contains" else (one, other)
    return not _holds(lambda: operate(*asked))


def _bare(thing: Any) -> Any:
    """Return the data of Python's own kinds that a thing is made of; itself if of none other."""
    if isinstance(thing, collections.UserList | collections.UserDict | collections.UserString):
        return _bare(vars(thing).get("data"))
    for kind, bare in _BARE.items():
        if isinstance(thing, kind):
            return thing if type(thing) is kind and kind not in _NESTED else bare(thing)
    return thing


def _miscounts(name: str, thing: Any, operate: Callable[[Any, float], Any]) -> bool:
    """Tell whether sums with a thing do not follow the numbers that it is added to, or the like."""
    try:
        low, high = (operate(thing, number) for number in APART)
        if bool(low == high):
            return True
        if not (_is_number(low) and _is_number(high)):
            return False
        if (bare := _bare(thing)) is not thing and _is_number(bare):
            return not math.isclose(low, operate(bare, APART[0]), abs_tol=1e-9)
        if name in ("add", "sub"):
            return not math.isclose(abs(high - low), APART[1] - APART[0], rel_tol=1e-6)
        if name in ("mul", "truediv"):
            more = abs(high / low)
            return not math.isclose(max(more, 1 / more), APART[1] / APART[0], rel_tol=1e-6)
    except Exception:  # it is nothing to calculate with
        return False
    return False


def _is_two_numbers(thing: Any) -> bool:
    """Tell whether a thing is one number for who takes its size, and another for others."""
    try:
        bare = _bare(thing)
        number = float(thing if bare is thing else bare)
        return float(thing) != number or abs(thing) != abs(number)
    except Exception:
        return False


def _is_number(thing: Any) -> bool:
    return isinstance(thing, Number) and not _is_instance_made_here(thing)


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
_plausible: dict[Any, None] = {}
_PLAIN = (bool, int, float, str, bytes, type(None))
_CONTAINERS = (list, tuple, set, frozenset, collections.deque)
_NESTED = (list, tuple, set, frozenset, dict)
_BARE: dict[type, Callable[[Any], Any]] = {
    int: int.__int__,
    float: float.__float__,
    str: str.__str__,
    bytes: lambda thing: bytes(memoryview(thing)),
    list: lambda thing: [_bare(part) for part in list.__iter__(thing)],
    tuple: lambda thing: tuple(_bare(part) for part in tuple.__iter__(thing)),
    set: lambda thing: {_bare(part) for part in set.__iter__(thing)},
    frozenset: lambda thing: frozenset(_bare(part) for part in frozenset.__iter__(thing)),
    dict: lambda thing: {_bare(key): _bare(part) for key, part in dict.items(thing)},
}


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

    `pytest.approx`, and a class whose `==` has room for all that one would ask for, are, also in a
    container; what a check itself calls right may be, and is then not asked: see `Doubt`.
    """
    if type(thing) in _NESTED:
        return any(_fits_others(*each) for each in _pairs(thing, right))
    if type(thing).__module__.partition(".")[0] in DATA:
        return False
    return any(_is_equal(thing, other) for other in _others(right))


def _pairs(thing: Any, right: Any) -> list[tuple[Any, Any]]:
    """Return what stands at the same places in two containers of the same kind."""
    if type(thing) in (list, tuple) and type(thing) is type(right):
        return list(zip(thing, right, strict=False))[:LOOKED_AT]
    if type(thing) is dict and type(right) is dict:
        return [(value, right[key]) for key, value in thing.items() if key in right][:LOOKED_AT]
    return []


def _fits_plausible(*sides: Any) -> bool:
    """Tell whether a thing of the notebook's is equal to two things that the check may ask for."""
    return any(
        sum(_is_equal(part, other) for other in _plausible) > 1
        for side in sides
        for part in _parts(side)
        if _is_instance_made_here(part)
    )


def _others(right: Any) -> list[Any]:
    """Return things of the same kind and length as another, and unlike it."""
    found: list[Any] = []
    if isinstance(right, bool):
        found = [not right]
    elif isinstance(right, int | float) and abs(right) < LARGE:
        found = [right + 1, right - 1, 2 * right + 3, right / 2, _beside(right)]
    elif isinstance(right, str):
        found = [right + "x", right[1:], right[::-1] + "y"]
        if len(right) == 1:
            found += [chr((ord(right) + step) % 0x110000) for step in (1, -1)]
    elif type(right) in (list, tuple) and right:
        found = [type(right)(map(_another, right)), type(right)(map(_beside, right))]
    elif type(right) is dict and right:
        found = [{key: _another(part) for key, part in right.items()}]
    return [other for other in found if not _is_equal(right, other)]


def _beside(thing: Any) -> Any:
    """Return a number that only who is content with about the same takes for another."""
    if type(thing) not in (int, float) or not abs(thing) < LARGE:
        return thing
    return thing + (abs(thing) * 1e-7 or 1e-13)


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
