"""What a notebook has put in the place of something that checks rely on."""

import os
import subprocess
import sys

import pytest

PREPARED = """
import builtins, math, operator, sys, types
import matplotlib.pyplot, numpy, pandas
from course.grading.integrity import changes, rebound, take_baseline
take_baseline()
main = sys.modules["__main__"].__dict__
"""


FROM_A_FILE = """
made = sys.modules["tools"] = types.ModuleType("tools")
exec(compile("def mean(values): return 1", "%s/tools.py", "exec"), vars(made))
numpy.mean = made.mean
"""


def asked(code, question, **environment):
    """Run what a notebook does in a process of its own, and return an answer about it."""
    done = subprocess.run(
        [sys.executable, "-c", f"{PREPARED}{code}\nprint({question})"],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )
    assert not done.returncode, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("numpy.mean = lambda values: 1", "numpy.mean"),
        ("pandas.DataFrame.equals = lambda self, other: True", "pandas.DataFrame.equals"),
        ("pandas.testing.assert_frame_equal = lambda *args: None", "assert_frame_equal"),
        ("builtins.isinstance = operator.is_not", "builtins.isinstance"),
        ("class Yes(AssertionError): pass\nbuiltins.AssertionError = Yes", "AssertionError"),
        ("math.isclose = lambda *args, **options: True", "math.isclose"),
        ("numpy.mean = max", "numpy.mean"),
        ("pandas.testing.assert_frame_equal = pandas.merge", "assert_frame_equal"),
        ("numpy.len = lambda values: 3", "numpy.len"),
        (FROM_A_FILE % "/tmp", "numpy.mean"),  # noqa: S108
        (FROM_A_FILE % "/home/learner/01-lesson", "numpy.mean"),
        (
            "import functools\nnumpy.mean = functools.partial(lambda a, b: a, 1)",
            "numpy.mean",
        ),
    ],
)
def test_a_replaced_function_is_named(code, found):
    assert found in asked(code, "changes(['numpy', 'pandas'])")


def test_where_python_counts_no_changes_all_is_compared():
    code = "import course.grading.integrity as own; own._VERSIONED = False\n"
    assert asked(code, "changes(['numpy'])") == "[]"
    assert "numpy.mean" in asked(f"{code}numpy.mean = max", "changes(['numpy'])")
    assert asked("import course.grading.integrity as own", "own._VERSIONED") == "True"


def test_what_an_installed_package_replaces_is_not_the_notebooks():
    place = "/tmp/environment"  # noqa: S108
    assert asked(FROM_A_FILE % place, "changes(['numpy'])", PYTHONPATH=place) == "[]"


@pytest.mark.parametrize(
    "code",
    [
        "import numpy.testing, json, decimal, sqlite3",
        "numpy.set_printoptions(precision=3); pandas.options.display.max_rows = 5",
        "pandas.DataFrame({'a': [1]}).mean(); numpy.random.seed(0)",
        "def mean(values): return sum(values) / len(values)",
        "pandas.DataFrame.speed = property(lambda self: 1)",
        "import matplotlib; matplotlib.use('agg')",
        "import importlib; importlib.reload(math); importlib.reload(numpy.testing)",
        "import matplotlib.pyplot; matplotlib.pyplot.draw_if_interactive = print",
    ],
)
def test_honest_work_changes_nothing(code):
    assert asked(code, "changes(['numpy', 'pandas', 'matplotlib'])") == "[]"


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("from math import isclose", "[]"),
        ("def isclose(a, b): return True", "['isclose']"),
        ("isclose = lambda a, b: True", "['isclose']"),
        ("from numpy import isclose", "[]"),  # another library's is no trick
        ("isclose = max", "['isclose']"),
        ("isclose = 0.5", "[]"),  # with that no check passes
        ("import numpy; isclose = numpy.vectorize(max)", "['isclose']"),
        ("class math: pi = 4", "['math']"),
        ("math = types.SimpleNamespace(isclose=max)", "['math']"),
        ("math = types.ModuleType('math'); math.isclose = max", "['math']"),
        ("import cmath as math", "[]"),
        ("import cmath as math; math.isclose = lambda a, b: True", "['math']"),
        ("from numpy import abs", "[]"),  # which NumPy itself calls `absolute`
    ],
)
def test_a_name_that_a_check_imports_is_the_notebooks_own(code, names):
    taken = {"isclose": ("math", "isclose"), "math": ("math", None), "abs": ("builtins", "abs")}
    assert asked(code, f"rebound({taken}, main)") == names
