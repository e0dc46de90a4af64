"""What a learner reads about a failed check, and what stays hidden."""

import html
import json
import re
from types import SimpleNamespace

import pytest
from ipykernel.compiler import XCachingCompiler
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from course.grading.feedback import ExplainChecks

SOLUTION = {"grade": False, "locked": False, "solution": True, "grade_id": "double"}
CHECK = {"grade": True, "locked": True, "solution": False, "grade_id": "double-check", "points": 1}
TESTS = '''\
"""double doubles every value."""
assert double([1, 2]) == [2, 4], "Is every value doubled?"
### BEGIN HIDDEN TESTS
unseen = [17, -23]
n = 3
assert double(unseen) == [34, -46], "What becomes of a negative value?"
assert double([0] * n) == [
    0, 0, 0,
], (
    "What is twice nothing?"
)
### END HIDDEN TESTS'''


@pytest.fixture
def feedback():
    """Run cells, then return what feedback makes of the last one, the check."""
    config = Config({"HistoryManager": {"hist_file": ":memory:"}})
    shell = InteractiveShell.instance(config=config, compiler_class=XCachingCompiler)

    def run(*sources, tests=TESTS, config=None):
        cells = [new_code_cell(source, metadata={"nbgrader": SOLUTION}) for source in sources]
        cells.append(new_code_cell(tests, metadata={"nbgrader": CHECK}))
        for count, cell in enumerate(cells, start=1):
            cell.execution_count = shell.execution_count = count
            shell._showtraceback = lambda name, value, told, cell=cell: cell.outputs.append(
                new_output("error", ename=name.__name__, evalue=str(value), traceback=told)
            )
            with capture_output() as captured:
                shell.run_cell(cell.source, store_history=True)
            for name in ("stdout", "stderr"):
                if text := getattr(captured, name):
                    cell.outputs.append(new_output("stream", name=name, text=text))
        cells.insert(0, new_markdown_cell("# A lesson"))
        notebook, _ = ExplainChecks(config=config).preprocess(new_notebook(cells=cells), {})
        data = [output.get("data", {}) for output in notebook.cells[-1].outputs]
        return SimpleNamespace(
            notebook=notebook,
            check=notebook.cells[-1],
            text="".join(kinds.get("text/plain", "") for kinds in data),
            html="".join(kinds.get("text/html", "") for kinds in data),
        )

    yield run
    InteractiveShell.clear_instance()


def everything(feedback):
    """Return all that a page could show, with colours, tags and quoting taken away."""
    told = []
    for cell in feedback.notebook.cells[1:]:
        told.append(cell.source)
        for output in cell.outputs:
            told += [output.get("text", ""), output.get("evalue", "")]
            told += [*output.get("traceback", []), *output.get("data", {}).values()]
    page = "\n".join(told)
    return html.unescape(re.sub(r"\x1b\[[\d;]*m|<[^>]*>|\\(?=[\"'])", "", page))


def hides_tests(feedback):
    page = everything(feedback)
    secrets = ("unseen =", "n = 3", "(unseen)", "[34, -46]", "HIDDEN", "double([0] *", "0, 0, 0,")
    return not any(secret in page for secret in secrets)


def test_a_passed_check_shows_its_visible_part_and_says_nothing(feedback):
    told = feedback("def double(values):\n    return [2 * value for value in values]")
    assert told.check.source == "\n".join(TESTS.split("\n")[:2])
    assert told.check.outputs == []


def test_a_failed_visible_test_shows_claim_and_question(feedback):
    told = feedback("def double(values):\n    return 2 * values")
    assert told.text == (
        "Not yet true: double doubles every value.\nAsk yourself: Is every value doubled?"
    )
    assert hides_tests(told)


@pytest.mark.parametrize(
    ("answer", "question"),
    [
        ("[abs(2 * value) for value in values]", "What becomes of a negative value?"),
        ("[2 * value for value in values if value]", "What is twice nothing?"),
    ],
)
def test_a_failed_hidden_test_shows_claim_and_question_only(feedback, answer, question):
    told = feedback(f"def double(values):\n    return {answer}")
    assert told.text == f"Not yet true: double doubles every value.\nAsk yourself: {question}"
    assert hides_tests(told)


def test_an_error_in_the_learners_code_shows_their_lines_and_the_message(feedback):
    told = feedback("def half(x):\n    return x / 0\n\ndef double(values):\n    return half(1)")
    assert "In [1], line 5, in double\n" in told.text
    assert "---->   5     return half(1)" in told.text
    assert told.text.endswith("ZeroDivisionError: division by zero")
    assert "Cell In" not in told.text
    assert hides_tests(told)


def test_an_assertion_of_the_learner_is_not_taken_for_a_question(feedback):
    told = feedback("def double(values):\n    assert not values, 'Only nothing?'")
    assert "Ask yourself" not in told.text
    assert told.text.endswith("AssertionError: Only nothing?")


def test_an_error_that_only_a_hidden_test_provokes_shows_no_test(feedback):
    told = feedback(
        "def double(values):\n    if min(values) < 0: raise ValueError(min(values))\n"
        "    return [2 * value for value in values]"
    )
    assert "In [1], line 2, in double" in told.text
    assert told.text.endswith("ValueError: -23")
    assert hides_tests(told)


def test_values_of_hidden_inputs_are_not_shown_when_tracebacks_are_verbose(feedback):
    told = feedback(
        "%xmode Verbose",
        "def double(values):\n    assert min(values) > 0\n    return [2 * v for v in values]",
    )
    assert "In [2], line 2, in double" in told.text
    assert "17" not in everything(told)
    assert hides_tests(told)


def test_an_error_in_the_check_itself_shows_its_last_line(feedback):
    told = feedback("double = None")
    assert "The check stopped with: TypeError: 'NoneType' object is not callable" in told.text


def test_a_librarys_long_message_about_hidden_values_is_cut(feedback):
    tests = TESTS.replace(
        'assert double(unseen) == [34, -46], "What becomes of a negative value?"',
        "import numpy; numpy.testing.assert_array_equal(double(unseen), [34, -46])",
    )
    told = feedback("def double(values):\n    return [abs(2 * v) for v in values]", tests=tests)
    assert "AssertionError: Arrays are not equal" in told.text
    assert "-46" not in everything(told)


@pytest.mark.parametrize(
    "leak",
    [
        "print(In[-1])",
        "print(repr(In[-1]))",
        "import sys; print(In[-1], file=sys.stderr)",
        "print(*('> ' + line for line in In[-1].split(chr(10))), sep=chr(10))",
        "raise ValueError(In[-1])",
        "raise AssertionError(repr(In[-1]))",
        "globals().__setitem__('kept', In[-1])",
        "print(*(line[1:-1] for line in In[-1].split(chr(10))), sep=chr(10))",
        "print(chr(0x200B).join(In[-1]))",
        "print(In[-1].replace('(', chr(27) + '('))",
    ],
)
def test_a_submission_cannot_print_the_hidden_tests(feedback, leak):
    told = feedback(f"def double(values):\n    {leak}\n    return [2 * v for v in values]")
    assert hides_tests(told)


def test_other_cells_cannot_show_what_a_check_cell_held(feedback):
    shown = TESTS.replace("'''", "")
    told = feedback(f"kept = '''{shown}'''".replace("###", "#"), tests=TESTS)
    told.notebook.cells[1].source = "print(kept)"
    told.notebook.cells[1].outputs = [
        new_output("stream", name="stdout", text=f"before\n{TESTS}\nafter"),
        new_output("display_data", data={"text/html": html.escape(TESTS), "text/plain": "fine"}),
        new_output("display_data", data={"application/json": {"kept": TESTS}, "text/plain": "ok"}),
        new_output("stream", name="stdout", text=json.dumps(TESTS)),
        new_output("stream", name="stdout", text=json.dumps(TESTS.split("\n")[5])),
        new_output("stream", name="stdout", text=TESTS.replace(" == [34", "\n== [34")),
        new_output("stream", name="stdout", text="----> 5 n = 3"),
        new_output("error", ename="E", evalue=TESTS, traceback=["\x1b[1mE\x1b[0m", TESTS]),
    ]
    told.check.source = TESTS
    told.notebook.metadata["widgets"] = {"state": {"value": TESTS}}
    ExplainChecks().preprocess(told.notebook, {})
    assert hides_tests(told)
    page = everything(told)
    assert "before" in page and "after" in page and "fine" in page and "ok" in page
    assert "widgets" not in told.notebook.metadata


def test_lines_that_learners_have_anyway_are_not_masked(feedback):
    tests = TESTS.replace("n = 3", "import math")
    told = feedback("import math\nprint('import math')", tests=tests)
    assert told.notebook.cells[1].outputs[0].text == "import math\n"


def test_text_of_a_learner_is_not_taken_for_html(feedback):
    told = feedback("def double(values):\n    raise ValueError('<script>alert(1)</script>')")
    assert "<script>" not in told.html
    assert "&lt;script&gt;" in told.html


def test_the_delimiters_are_those_of_the_course(feedback):
    delimiters = {"begin_test_delimeter": "VERBORGEN", "end_test_delimeter": "SICHTBAR"}
    config = Config({"ClearHiddenTests": delimiters})
    told = feedback(
        "x = 1", tests="assert x == 1\n# VERBORGEN\nassert x == 17 + 23\n# SICHTBAR", config=config
    )
    assert told.check.source == "assert x == 1"
    assert told.text == "The check stopped with: AssertionError"


def test_a_learners_own_marker_does_not_stop_the_feedback(feedback):
    told = feedback("### BEGIN HIDDEN TESTS\ndouble = 1")
    assert told.notebook.cells[1].source.startswith("### BEGIN")
