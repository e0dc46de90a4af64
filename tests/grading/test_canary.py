"""Canaries fail, whatever the answers are, and run nothing of the check that they resemble."""

import ast
import random
import warnings

import pytest

from course.grading.canary import canary

CHECKS = {
    "plain": '"""Every value doubles."""\nassert double([1]) == [2], "Is every value doubled?"',
    "magic": "%%time\nassert double([1]) == [2]",
    "broken": "assert double(",
    "no question": "assert double([1]) == [2]\nran.append(1)",
    "empty": "",
}


class Anything:
    """An answer that compares as it is wished to."""

    __hash__ = object.__hash__

    def __eq__(self, other):
        return True

    __ne__ = __lt__ = __gt__ = __le__ = __ge__ = __contains__ = __eq__

    def __call__(self, *args):
        return self


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
@pytest.mark.parametrize("answer", [len, None, 3, [], Anything()], ids="abcde")
def test_a_canary_never_passes(check, answer):
    shapes = set()
    for seed in range(300):
        source = canary(check, random.Random(seed))
        shapes.add(source)
        ran = []
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with pytest.raises(Exception):  # noqa: B017 - any error is a failed check
                exec(compile(source, "canary", "exec"), {"double": answer, "ran": ran})
        assert ran == []
    assert len(shapes) > 200


def test_canaries_ask_what_checks_ask_and_read_what_they_read():
    sources = "\n".join(canary(CHECKS["plain"], random.Random(seed)) for seed in range(50))
    assert sources.count("Is every value doubled?") > 50
    assert sources.count("double") > 60


@pytest.mark.parametrize("name", ["plain", "no question"])
def test_who_drops_assertions_makes_some_canaries_pass(name):
    """What a canary is for: a notebook that takes `assert` out of cells is found."""

    class Drop(ast.NodeTransformer):
        def visit_Assert(self, node):
            return ast.copy_location(ast.Pass(), node)

    passed = 0
    for seed in range(100):
        tree = ast.parse(canary(CHECKS[name], random.Random(seed)))
        try:
            exec(compile(Drop().visit(tree), "canary", "exec"), {"double": len, "ran": []})
        except Exception:
            continue
        passed += 1
    assert passed == 100
