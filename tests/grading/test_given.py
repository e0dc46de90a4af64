"""What a course's cell defines is known again, and known from what only looks like it."""

import ast

import pytest

from course.grading.given import Given, redefined

NEAR = "def near(a, b, by=1e-9, *, of=max, times=2):\n    return abs(a - b) < times * by"
JUDGE = """\
class Judge:
    limit = 1e-9
    names: list = ["a"]

    def __new__(cls, *limits):
        return object.__new__(cls)

    def near(self, a, b=0):
        return abs(a - b) < self.limit"""
COLOUR = "class Colour(Enum):\n    RED = 1\n\n    def name_of(self):\n        return 'red'"
ROW = """\
class Row(NamedTuple):
    size: int = 3

    def twice(self):
        return 2 * self.size"""
IMPORTS = "from enum import Enum\nfrom typing import NamedTuple\n"


def names_redefined(source, *more, instead=None):
    """Return what is found of a source whose cell, or another, has run, and then more."""
    namespace = {}
    for cell in (IMPORTS, instead or source, *more):
        exec(cell, namespace)
    return redefined(Given({ast.parse(source).body[0].name: source}, set()), namespace)


@pytest.mark.parametrize("source", [NEAR, JUDGE, COLOUR, ROW])
def test_what_is_as_it_was_is_not_told_of(source):
    assert names_redefined(source) == []
    assert names_redefined(source, source) == []


@pytest.mark.parametrize(
    ("source", "old", "new"),
    [
        (NEAR, "by=1e-9", "by=1e9"),
        (NEAR, "by=1e-9", "by"),
        (NEAR, "times=2", "times=-2"),
        (NEAR, "<", ">"),
        (JUDGE, "limit = 1e-9", "limit = 1e9"),
        (JUDGE, "b=0", "b=1"),
        (JUDGE, "<", ">"),
        (JUDGE, "object.__new__(cls)", "object"),
        (COLOUR, "'red'", "'blue'"),
        (ROW, "2 *", "3 *"),
    ],
)
def test_what_is_written_otherwise_is_told_of(source, old, new):
    assert names_redefined(source, instead=source.replace(old, new)) != []


@pytest.mark.parametrize(
    "more",
    [
        "near.__defaults__ = (1e9,)",
        "near.__kwdefaults__ = {'of': max, 'times': 1e12}",
        "near = type(near)(near.__code__, {'abs': lambda value: 0}, None, (1e-9,))",
        "near.__code__ = (lambda a, b, by, *, of, times: True).__code__",
    ],
)
def test_what_was_changed_in_place_is_told_of(more):
    assert names_redefined(NEAR, more) == ["near"]
