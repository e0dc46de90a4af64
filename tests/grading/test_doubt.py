"""Comparisons in checks: as Python's for honest answers, and an error for objects that agree."""

import ast
import math
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple
from unittest.mock import ANY

import numpy as np
import pandas as pd
import pytest

from course.grading.compared import NothingShownError
from course.grading.doubt import Doubt


class Agrees(list):
    """Says yes to every comparison."""

    __module__ = "__main__"  # as a notebook is called

    __hash__ = object.__hash__

    def __eq__(self, other):
        return True

    __lt__ = __gt__ = __le__ = __ge__ = __eq__


class Text(str):
    """Equal to every text, and to the rest."""

    __hash__ = str.__hash__

    def __eq__(self, other):
        return True


def checked(source, **names):
    """Run a line as a check of a notebook would be run."""
    doubt = Doubt()
    doubt.begin(is_check=True)
    tree = doubt.visit(ast.parse(source))
    exec(compile(tree, "check", "exec"), names)


HONEST = [0, 1.5, "a", b"a", None, True, [1, [2]], (1,), {1: [2]}, {3}, date(2013, 1, 1)]
HONEST += [Decimal(2), np.float64(3), np.int64(4), np.True_, pd.Timestamp(2013, 1, 1), len, list]


@pytest.mark.parametrize("value", HONEST, ids=repr)
def test_an_honest_answer_is_what_it_is(value):
    checked("assert a == b; assert not a == 'other'; assert a in [b]", a=value, b=value)


def test_tables_and_arrays_compare_as_ever():
    table = pd.DataFrame({"a": [1, 2]})
    checked("assert (a == a).all().all(); assert (v == v).all()", a=table, v=np.arange(3))
    checked("assert a.dtypes['a'] == 'int64'", a=table)
    checked("assert (v >= 0).all() and 0 <= v.min() <= 1 and v.max() < 3", v=np.arange(3))


@pytest.mark.parametrize(
    "line",
    [
        "assert a == 4",
        "assert 4 == a",
        "assert [1, a] == [1, 2]",
        "assert {'auc': (a,)} == {'auc': (0.7,)}",
        "assert a in ('A', 'B')",
        "assert 'A' in [a]",
        "assert a == a",
    ],
)
@pytest.mark.parametrize("answer", [ANY, Agrees(), Text("x")], ids=["ANY", "list", "text"])
def test_an_answer_that_agrees_with_everything_is_found(line, answer):
    with pytest.raises(NothingShownError):
        checked(line, a=answer)


@pytest.mark.parametrize("line", ["assert a < 4", "assert 4 <= a", "assert a >= 0.7"])
def test_an_answer_that_is_less_and_greater_is_found(line):
    with pytest.raises(NothingShownError):
        checked(line, a=Agrees())


class Anywhere:
    """Lies above and below whatever it is asked about, and is equal to nothing."""

    __module__ = "__main__"  # as a notebook is called

    def __ge__(self, other):
        return True

    __le__ = __ge__


class Nought:
    """Comes to nothing, whatever is computed with it."""

    __module__ = "__main__"  # as a notebook is called

    def __sub__(self, other):
        return 0.0

    __rsub__ = __add__ = __mul__ = __truediv__ = __sub__


class Table(pd.DataFrame):
    """Equal to all tables."""

    __module__ = "__main__"  # as a notebook is called

    def equals(self, other):
        return True


@pytest.mark.parametrize(
    "line",
    [
        "assert a >= 0.7",
        "assert 3 <= a",
        "assert 0.6 <= a <= 0.7",
        "assert all(1 <= x <= 2 for x in [a])",
    ],
)
def test_an_answer_that_lies_wherever_it_is_asked_for_is_found(line):
    with pytest.raises(NothingShownError):
        checked(line, a=Anywhere())


@pytest.mark.parametrize(
    "line", ["assert abs(a - 0.7) < 0.01", "assert abs(0.7 - a) < 0.01", "assert (a * 4) / 2 == 0"]
)
def test_an_answer_that_makes_sums_come_out_is_found(line):
    with pytest.raises(NothingShownError):
        checked(line, a=Nought())


def test_a_table_that_calls_itself_equal_is_found():
    checked("assert a.equals(b)", a=pd.DataFrame({"a": [1]}), b=pd.DataFrame({"a": [1]}))
    with pytest.raises(NothingShownError):
        checked("assert a.equals(b)", a=Table({"a": [3]}), b=pd.DataFrame({"a": [1]}))


@pytest.mark.parametrize(
    "line", ["np.testing.assert_equal(a, 5)", "np.testing.assert_equal(actual=a, desired=5)"]
)
@pytest.mark.parametrize("answer", [ANY, Agrees()], ids=["ANY", "list"])
def test_an_answer_that_a_function_compares_is_found(line, answer):
    with pytest.raises(NothingShownError):
        checked(line, a=answer, np=np)


def test_a_check_that_mocks_something_itself_is_left_alone():
    checked(
        "from unittest import mock; f = mock.Mock(); f(1, 'x'); f.assert_called_with(1, mock.ANY)"
    )


def test_claims_mean_what_they_meant():
    checked("assert 1 < a <= 2 < 3 and not 1 < a < 2 and 5 - a * 2 == 1, 'Is it two?'", a=2)
    checked("assert [x for x in range(9) if 2 < x < 5] == [3, 4] and 7 // 2 % 2 == 1")
    checked("assert 1 < (b := a + 1) < 4 and b == 3", a=2)
    checked("assert max(*a, key=lambda x: -x) == 1 and sorted(a, reverse=True)[0] == 2", a=[1, 2])
    checked("assert not 3 < 2 < f()", f=lambda: 1 / 0)
    with pytest.raises(AssertionError, match="Is it two"):
        checked("assert 1 < a <= 2 < 3, 'Is it two?'", a=4)
    with pytest.raises(AttributeError, match="'list' object has no attribute 'x'"):
        checked("assert a.x()", a=[])


class Celsius:
    """An honest class of a learner's, with sums and an order."""

    __module__ = "__main__"  # as a notebook is called

    def __init__(self, degrees):
        self.degrees = degrees

    def __eq__(self, other):
        return isinstance(other, Celsius) and other.degrees == self.degrees

    def __sub__(self, other):
        return Celsius(self.degrees - getattr(other, "degrees", other))

    def __le__(self, other):
        return self.degrees <= getattr(other, "degrees", other)

    def equals(self, other):
        return self == other


def test_an_honest_class_is_believed():
    names = {"a": Celsius(30), "C": Celsius}
    checked(
        "assert a - 10 == C(20) and a <= 40 and C(3) <= a <= C(31) and a.equals(C(30))", **names
    )


def test_a_number_that_is_none_is_no_cheat():
    checked("assert not a == a; assert not a < 1; assert a != a", a=math.nan)


def test_a_failed_comparison_fails_with_its_question():
    with pytest.raises(AssertionError, match="Is it four"):
        checked("assert a == 4, 'Is it four?'", a=5)
    with pytest.raises(TypeError, match="not supported between"):
        checked("assert a < 4", a="5")


def test_a_cell_that_is_no_check_is_left_alone():
    tree = ast.parse("a == 4")
    before = ast.dump(tree)
    assert ast.dump(Doubt().visit(tree)) == before


class Alike:
    """Equal to everything of a kind."""

    def __init__(self, kind):
        self.kind = kind

    def __eq__(self, other):
        return isinstance(other, self.kind)


@pytest.mark.parametrize(
    "value", [True, 4, 1.5, "B", "a longer text", b"a", [1], (1,), {1}, {1: 2}], ids=repr
)
def test_an_answer_that_agrees_with_all_of_a_kind_is_found(value):
    with pytest.raises(NothingShownError):
        checked("assert a == b", a=Alike(type(value)), b=value)


class Either:
    """Equal to whatever a check might ask for."""

    __module__ = "__main__"  # as a notebook is called

    def __eq__(self, other):
        return other in ("retrain", "investigate")


class Evens(list):
    """Equal to all lists of even numbers that are as long."""

    __module__ = "__main__"  # as a notebook is called

    def __eq__(self, other):
        return len(self) == len(other) and all(value % 2 == 0 for value in other)


class Tiny(Nought):
    """Next to nothing, whatever is taken from it."""

    __module__ = "__main__"  # as a notebook is called

    def __sub__(self, other):
        return other * 1e-15


class Bent(float):
    """A number, and another one for who asks for its size."""

    __module__ = "__main__"  # as a notebook is called

    def __abs__(self):
        return 1.0


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("assert {'A': a} == {'A': 'retrain'}, 'investigate'", Either()),
        ("assert a == [2, 4]", Evens([1, 2])),
        ("assert (1, a) == (1, [2, 4])", Evens([1, 2])),
        ("assert abs(a - 5) < 1e-9", Tiny()),
        ("assert math.isclose(abs(a), 1)", Bent(3)),
        ("assert a == 5", pytest.approx(4.75, abs=0.4)),
        ("assert a == [5, 7]", [pytest.approx(5, abs=0.4), 7]),
    ],
)
def test_an_answer_that_says_more_than_it_holds_is_found(line, answer):
    with pytest.raises(NothingShownError):
        checked(line, a=answer, math=math)


class Advice(str, Enum):  # noqa: UP042 - as many write it
    """An honest way to write a word."""

    __module__ = "__main__"  # as a notebook is called

    RETRAIN = "retrain"


class Share(float):
    """An honest number with a unit."""

    __module__ = "__main__"  # as a notebook is called

    def __repr__(self):
        return f"{100 * self} %"


class Pair(NamedTuple):
    """An honest pair."""

    name: str
    weeks: list


Pair.__module__ = "__main__"


def test_honest_classes_of_data_are_believed():
    checked("assert a == 'retrain' and a in ('retrain', 'wait')", a=Advice.RETRAIN)
    checked("assert {'A': a} == {'A': 'retrain'} and a.strip() == 'retrain'", a=Advice.RETRAIN)
    checked("assert a == 0.5 and 0 < a <= 1 and abs(a - 0.5) < 1e-9 and 2 * a == 1", a=Share(0.5))
    checked("assert math.isclose(a, 0.5) and [a] == [0.5]", a=Share(0.5), math=math)
    checked(
        "assert a == ('psi', [1, 2]) and a.weeks == [1, 2] and len(a) == 2", a=Pair("psi", [1, 2])
    )


class Fourfold(float):
    """Four times as true as others."""

    __module__ = "__main__"  # as a notebook is called

    def __eq__(self, other):
        return 4 * float.__eq__(self, other)


def test_what_is_equal_counts_once():
    checked("points = sum(a == b for b in (1.0, 2.0)); assert points == 1", a=Fourfold(2))
