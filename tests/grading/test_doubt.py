"""Comparisons in checks: as Python's for honest answers, and an error for objects that agree."""

import ast
import math
from datetime import date
from decimal import Decimal
from unittest.mock import ANY

import numpy as np
import pandas as pd
import pytest

from course.grading.doubt import Doubt, NothingShownError


class Agrees(list):
    """Says yes to every comparison."""

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
    doubt.active = True
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
