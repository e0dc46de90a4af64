"""A course of one lesson with two exercises, small enough to be graded in two seconds."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

LESSON = "01-tiny"
NOTEBOOK = "tiny.ipynb"
HIDDEN = [
    "unseen = [17, -23]",
    'assert double(unseen) == [34, -46], "What becomes of a negative value?"',
    'assert double([]) == [], "What is twice nothing?"',
    'assert coldest == "B", "Which month has the lowest mean?"',
]

CELLS = {
    "title": "# A tiny lesson",
    "setup": "import math",
    "double-task": "### Exercise: double\nWrite it.",
    "double": '''\
def double(values):
    """Return a list with every value twice as large."""
    ### BEGIN SOLUTION
    return [2 * value for value in values]
    ### END SOLUTION''',
    "try-it": "double([1, 2])",
    "double-check-values": f'''\
"""double doubles every value."""
assert double([1, 2]) == [2, 4], "Is every value doubled?"
### BEGIN HIDDEN TESTS
{HIDDEN[0]}
{HIDDEN[1]}
### END HIDDEN TESTS''',
    "double-check-empty": f'''\
"""double of an empty list is an empty list."""
assert isinstance(double([]), list), "What do you return when there is nothing to double?"
### BEGIN HIDDEN TESTS
{HIDDEN[2]}
### END HIDDEN TESTS''',
    "coldest-task": "### Exercise: coldest\nWhich month is it? Answer with a letter.",
    "coldest": """\
### BEGIN SOLUTION
coldest = "B"
### END SOLUTION""",
    "coldest-check-choice": f'''\
"""coldest names the coldest month."""
assert coldest in ("A", "B", "C"), "Is coldest one of the letters?"
### BEGIN HIDDEN TESTS
{HIDDEN[3]}
### END HIDDEN TESTS''',
}
POINTS = {"double-check-values": 2, "double-check-empty": 1, "coldest-check-choice": 1}

ATTEMPTS = {
    "double/right-comprehension.py": '''\
"""One expression."""
def double(values):
    return [2 * value for value in values]
''',
    "double/right-loop.py": '''\
"""A loop."""
def double(values):
    doubled = []
    for value in values:
        doubled.append(value + value)
    return doubled
''',
    "double/wrong-repeats.py": '''\
"""Repeats the list in place of its values.

Caught by: double-check-values
"""
def double(values):
    return 2 * values
''',
    "double/wrong-absolute.py": '''\
"""Loses the sign, which only a hidden test shows.

Caught by: double-check-values
"""
def double(values):
    return [abs(2 * value) for value in values]
''',
    "double/wrong-forgets-return.py": '''\
"""Works it out and keeps it.

Caught by: double-check-values, double-check-empty
"""
def double(values):
    doubled = [2 * value for value in values]
''',
    "double/wrong-needs-a-value.py": '''\
"""Takes for granted that there is a first value.

Caught by: double-check-empty
"""
def double(values):
    first = values[0]
    return [2 * first] + [2 * value for value in values[1:]]
''',
    "coldest/right-letter.py": '"""The letter."""\ncoldest = "B"\n',
    "coldest/wrong-other.py": '''\
"""Another letter.

Caught by: coldest-check-choice
"""
coldest = "A"
''',
}


def write_source(course: Path) -> None:
    """Write the lesson, with solutions and hidden tests, into `source/` of a course."""
    cells = []
    for name, source in CELLS.items():
        exercise = name.partition("-task")[0].partition("-check")[0] in ("double", "coldest")
        nbgrader = {
            "grade": name in POINTS,
            "grade_id": name,
            "locked": name.endswith("-task") or name in POINTS,
            "schema_version": 3,
            "solution": name in ("double", "coldest"),
            "task": False,
        }
        if name in POINTS:
            nbgrader["points"] = POINTS[name]
        make = (
            new_markdown_cell
            if source.startswith("#") and "SOLUTION" not in source
            else (new_code_cell)
        )
        cells.append(make(source, id=name, metadata={"nbgrader": nbgrader} if exercise else {}))
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    folder = course / "source" / LESSON
    folder.mkdir(parents=True)
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), folder / NOTEBOOK)


def write_attempts(folder: Path, attempts: dict[str, str] = ATTEMPTS) -> None:
    """Write a bank of attempts at the lesson's exercises."""
    for name, text in attempts.items():
        path = folder / LESSON / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
