"""What a learner without an instructor is told about a notebook, whatever is in it."""

import json
import os
import subprocess
import sys
from copy import deepcopy
from io import StringIO
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from rich.console import Console

from course.grading.check import check
from course.grading.notebook import NotebookError, as_released, read_notebook
from course.grading.report import Exercise, Report
from course.grading.show import show
from tests.course import small_lesson
from tests.course.small_lesson import (
    EAVESDROP,
    FOLDER,
    HIDDEN,
    NAME,
    PARTLY,
    RIGHT,
    WRONG,
    answered,
    find,
    handed_out,
    place,
    source_notebook,
)

LOUD = """\
import warnings

def mean(values):
    warnings.warn("too few values")
    return total(values) / len(values)"""


def without(notebook, name):
    del notebook.cells[place(notebook, name)]
    return notebook


CLASS = {
    "right": answered(RIGHT),
    "partly": answered(PARTLY),
    "wrong": answered(WRONG),
    "blank": answered({}),
    "loud": answered(RIGHT | {"mean": LOUD}),
    "misspelt": answered(RIGHT | {"total": "def total(values):\n    return sum(values"}),
    "without-a-check": without(answered(PARTLY), "total-check-signs"),
}


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    course = tmp_path_factory.mktemp("course")
    small_lesson.write_course(course)
    return course / "source" / FOLDER / f"{NAME}.ipynb"


@pytest.fixture(scope="module")
def reports():
    """Every report that the tests of this module have made."""
    return []


@pytest.fixture
def checked(source, reports, tmp_path):
    """Check a notebook, and see to it that nothing but a report comes of it."""

    def checked(notebook, **options) -> Report:
        path = small_lesson.write(notebook, tmp_path / "mine" / f"{NAME}.ipynb")
        path.chmod(0o444)
        content, files = path.read_bytes(), sorted(tmp_path.rglob("*"))
        report = check(source, path, **options)
        assert path.read_bytes() == content
        assert sorted(tmp_path.rglob("*")) == files
        assert not [*source.parents[2].rglob("*.db")]
        reports.append(report)
        return report

    return checked


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    """What nbgrader's own commands give to a class, by student and check."""
    course = tmp_path_factory.mktemp("class")
    small_lesson.write_course(course)
    for student, notebook in CLASS.items():
        small_lesson.write(notebook, course / "submitted" / student / FOLDER / f"{NAME}.ipynb")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for step in ("generate_assignment", "autograde"):
        subprocess.run(
            [sys.executable, "-m", "nbgrader", step, FOLDER, "--force"],
            cwd=course,
            env={**os.environ, "PATH": path},
            check=True,
            capture_output=True,
        )
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        return {
            student: {
                grade.name: grade.score
                for grade in gradebook.find_submission_notebook(NAME, FOLDER, student).grades
            }
            for student in CLASS
        }


def exercise(report: Report, name: str) -> Exercise:
    return next(exercise for exercise in report.exercises if exercise.name == name)


def states(report: Report) -> dict[str, str]:
    return {exercise.name: exercise.state.value for exercise in report.exercises}


def questions(report: Report, name: str) -> list[str | None]:
    return [claim.question for claim in exercise(report, name).claims if not claim.passed]


def shown(report: Report, **options) -> str:
    """Return a report as a person reads it."""
    console = Console(file=StringIO(), **options)
    show(report, console)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("student", "expected"),
    {
        "right": ("passed", "passed", "passed"),
        "partly": ("partly", "passed", "passed"),
        "wrong": ("wrong", "wrong", "wrong"),
        "blank": ("not attempted", "not attempted", "not attempted"),
        "loud": ("passed", "passed", "passed"),
        "misspelt": ("could not run", "passed", "wrong"),
        "without-a-check": ("partly", "passed", "passed"),
    }.items(),
)
def test_states_are_told_apart_and_scores_are_those_of_nbgrader(checked, scores, student, expected):
    report = checked(CLASS[student])
    assert tuple(states(report).values()) == expected
    points = {claim.id: claim.points for each in report.exercises for claim in each.claims}
    assert points == scores[student]
    assert (report.points, report.max_points) == (sum(scores[student].values()), 6)
    assert report.complete == (student in ("right", "loud"))


def test_a_failed_claim_is_told_with_its_question(checked):
    report = checked(answered(PARTLY))
    assert [each.title for each in report.exercises] == ["Add up", "The largest", "mean"]
    (claim,) = [claim for claim in exercise(report, "total").claims if not claim.passed]
    assert claim.text == "Every value counts."
    assert claim.question == "What becomes of a negative value?"
    assert shown(report) == (
        "partly         1/3  Add up\n"
        "               Not yet true: Every value counts.\n"
        "               What becomes of a negative value?\n"
        "passed         1/1  The largest\n"
        "passed         2/2  mean\n"
        "\n"
        "4 of 6 points\n"
    )


def test_lines_are_wrapped_and_coloured_in_a_terminal_only(checked):
    report = checked(answered(WRONG))
    wide = shown(report)
    assert "\x1b[" not in wide
    narrow = shown(report, force_terminal=True, width=40)
    assert "\x1b[31mwrong" in narrow
    assert narrow.count("\n") > wide.count("\n")


def test_errors_in_the_learners_own_code_are_named_with_their_place(checked):
    report = checked(
        answered(
            {
                "total": "def total(values):\n    much = 1\n    return much / 0",
                "largest": "largest = biggest",
                "mean": RIGHT["mean"],
            }
        )
    )
    assert states(report) == {"total": "wrong", "largest": "could not run", "mean": "wrong"}
    assert exercise(report, "largest").reason == (
        "Cell 9 (largest), line 1: NameError: name 'biggest' is not defined"
    )
    assert exercise(report, "largest").reason in shown(report)
    divided = "Cell 4 (total), line 3: ZeroDivisionError: division by zero"
    assert questions(report, "total") == [divided, divided]
    assert questions(report, "mean") == [divided]


def test_a_cell_with_a_syntax_error_is_named_with_the_line(checked):
    report = checked(answered(RIGHT | {"mean": "def mean(values):\n    re turn total(values)"}))
    assert states(report) == {"total": "passed", "largest": "passed", "mean": "could not run"}
    assert exercise(report, "mean").reason == (
        "Cell 11 (mean), line 2: SyntaxError: invalid syntax"
    )


def test_an_answer_above_a_stub_that_still_raises_is_not_attempted(checked):
    stub = find(answered({}), "total").source
    half = stub.replace("# YOUR", "result = 0\n    # YOUR")
    report = checked(
        answered({"total": half, "largest": "", "mean": "import os\nraise NotImplementedError"})
    )
    assert set(states(report).values()) == {"not attempted"}
    assert exercise(report, "total").reason == (
        "Cell 4 (total) still raises NotImplementedError: delete that line."
    )
    assert exercise(report, "largest").reason is None


def test_deleted_and_changed_checks_are_replaced_by_the_originals(checked):
    notebook = without(answered(WRONG), "largest-check-value")
    find(notebook, "mean-check-readings").source = "assert True"
    report = checked(notebook)
    assert questions(report, "largest") == ["Which one is above all others?"]
    assert questions(report, "mean") == ["What do you divide by?"]
    assert report.notes == (
        "Cell 11 (mean-check-readings) was changed: the original check was used.",
        "The check largest-check-value is missing from the notebook: the original was used.",
    )
    assert report.notes[0] in shown(report)


def test_of_copied_cells_the_first_one_counts(checked):
    notebook = answered(RIGHT)
    copies = [deepcopy(find(notebook, name)) for name in ("total", "total-check-signs")]
    copies[0].source = "def total(values):\n    return 0"
    copies[1].source = "assert False"
    for number, copy in enumerate(copies):
        copy.id = f"copy-{number}"
        notebook.cells.append(copy)
    report = checked(notebook)
    assert report.complete
    assert report.notes == (
        "Cells 4 and 13 have the same id (total), as copied or split cells do: the first one "
        "counts, the rest ran as ordinary cells; delete them or merge them into it.",
        "Cells 7 and 14 have the same id (total-check-signs), as copied or split cells do: the "
        "first one counts, the rest ran as ordinary cells; delete them or merge them into it.",
    )


def test_an_answer_that_left_its_cell_is_run_and_said_to_be_missing(checked):
    notebook = without(without(answered(RIGHT), "largest"), "largest-check-value")
    where = place(notebook, "largest-task") + 1
    notebook.cells.insert(where, new_code_cell(RIGHT["largest"]))
    without(notebook, "mean")
    cell = find(notebook, "total")
    notebook.cells[place(notebook, "total")] = new_markdown_cell(
        cell.source, id=cell.id, metadata=cell.metadata
    )
    report = checked(notebook)
    assert states(report) == {"total": "passed", "largest": "passed", "mean": "could not run"}
    assert report.notes[0] == (
        "Cell 4 (total) is no longer a code cell, but was run as one: "
        "select it and press Y to turn it back."
    )
    for name in ("largest", "mean"):
        assert exercise(report, name).reason == (
            f"The cell {name} is missing from the notebook: "
            "copy it from a fresh one, and put the answer there."
        )


def test_what_goes_wrong_outside_of_the_exercises_is_noted(checked):
    notebook = answered({})
    find(notebook, "setup").source = "import math\nreadings = read()"
    notebook.cells.insert(5, new_code_cell("if True:\nprint()"))
    notebook.cells.append(new_code_cell("total([1])"))  # fails, as any use of a stub does
    report = checked(notebook)
    assert report.notes == (
        "Cell 2, line 2: NameError: name 'read' is not defined",
        "Cell 6, line 2: IndentationError: expected an indented block after 'if' statement "
        "on line 1",
    )


def test_an_endless_loop_is_stopped_and_the_rest_is_graded(checked):
    loop = "while True:\n    pass"
    done = []
    report = checked(
        answered(
            RIGHT
            | {
                "largest": loop,
                "mean": f"def mean(values):\n    {loop.replace('pass', '    pass')}",
            }
        ),
        timeout=3,
        progress=lambda *cells: done.append(cells),
    )
    assert states(report) == {
        "total": "passed",
        "largest": "could not run",
        "mean": "could not run",
    }
    ask = "ran longer than 3 s: is there a loop that does not end?"
    assert exercise(report, "largest").reason == f"Cell 9 (largest) {ask}"
    assert exercise(report, "mean").reason == f"Cell 12 (mean-check-readings) {ask}"
    assert done == [(number, 9) for number in range(1, 10)]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (
            "while True:\n    try:\n        while True:\n            pass\n"
            "    except KeyboardInterrupt:\n        pass",
            "ran longer than 3 s and could not be interrupted",
        ),
        ("import os\nos._exit(0)", "ended the kernel"),
    ],
)
def test_what_ran_before_the_kernel_was_lost_is_graded(checked, code, reason):
    report = checked(answered(RIGHT | {"largest": code}), timeout=3)
    assert states(report) == {
        "total": "passed",
        "largest": "could not run",
        "mean": "could not run",
    }
    assert exercise(report, "largest").reason.startswith(f"Cell 9 (largest) {reason}: ")
    assert exercise(report, "mean").reason == (
        f"Cell 11 (mean) did not run, because cell 9 (largest) {reason}."
    )


def test_ctrl_c_while_the_kernel_starts_leaves_no_kernel(source, monkeypatch):
    started = []

    def interrupted(self):
        started.append(self.km.provisioner.pid)
        raise KeyboardInterrupt

    monkeypatch.setattr("course.grading.execute.ExecuteAll.start_new_kernel_client", interrupted)
    with pytest.raises(KeyboardInterrupt):
        check(source, source)
    with pytest.raises(ProcessLookupError):
        os.kill(started[0], 0)


def test_nobody_without_keys_hears_what_the_kernel_says(checked):
    report = checked(answered({"largest": EAVESDROP}))
    assert exercise(report, "largest").state == "passed", exercise(report, "largest").reason


def test_the_kernel_works_in_a_scratch_folder_beside_copies_of_the_lessons_files(checked, source):
    (source.parent / "values.txt").write_text("2 4 9")
    largest = (
        "open('left-behind', 'w').close()\nlargest = int(open('values.txt').read().split()[-1])"
    )
    assert exercise(checked(answered({"largest": largest})), "largest").state == "passed"
    assert not (source.parent / "left-behind").exists()


def test_a_cell_that_a_person_marks_is_left_out(source, tmp_path):
    lesson, essay = source_notebook(), new_markdown_cell("Why?", id="essay")
    essay.metadata.nbgrader = {
        **find(lesson, "mean").metadata.nbgrader, "grade": True, "grade_id": "essay", "points": 5
    }  # fmt: skip
    lesson.cells.append(essay)
    path = small_lesson.write(lesson, tmp_path / "sums.ipynb")
    report = check(path, small_lesson.write(as_released(lesson), tmp_path / "mine.ipynb"))
    assert report.max_points == 6
    assert report.notes == ("essay is marked by a person, so it is not in this report.",)


def test_no_report_shows_a_hidden_test(checked, reports):
    spy = "import inspect\n\ndef mean(values):\n    raise ValueError(In[-1].splitlines()[4])"
    for answers in (
        WRONG,
        RIGHT | {"mean": spy},
        {"total": "def total(values):\n    values.pop()"},
    ):
        checked(answered(answers))
    for report in reports:
        told = json.dumps(report.as_dict(), ensure_ascii=False) + shown(report)
        for line in (*HIDDEN, "HIDDEN TESTS"):
            assert line not in told
            assert json.dumps(line)[1:-1] not in told


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "does not exist: is its name spelled right?"),
        ("", "is empty: save it again, or start from a fresh copy."),
        ("print('hello')", "is not a notebook: it is not valid JSON."),
        ("[1, 2]", "is not a notebook: it names no notebook format."),
        ("{}", "is not a notebook: it names no notebook format."),
        (b"\x80\x02PK\x00", "is not a notebook: it is not text."),
        (
            '{"nbformat": 3, "nbformat_minor": 0, "worksheets": []}',
            "is in notebook format 3, and only 4 can be checked: "
            "open it in JupyterLab and save it again.",
        ),
        (
            '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"source": "1"}]}',
            "is damaged, as its cells lack parts: start from a fresh copy.",
        ),
        (
            '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": '
            '[{"cell_type": "code", "metadata": [], "source": "1"}]}',
            "is damaged, as its cells lack parts: start from a fresh copy.",
        ),
        (
            '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": 1}',
            "is damaged, as its cells lack parts: start from a fresh copy.",
        ),
        (
            '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}',
            "holds no exercise of sums.ipynb: is it the notebook of another lesson?",
        ),
    ],
)
def test_a_file_that_cannot_be_checked_is_answered_with_a_sentence(
    source, tmp_path, content, sentence
):
    path = tmp_path / "sums.ipynb"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(NotebookError) as refused:
        check(source, path)
    assert str(refused.value) == f"{path} {sentence}"


def test_a_folder_and_a_forbidden_file_are_answered_with_a_sentence(tmp_path, monkeypatch):
    with pytest.raises(NotebookError, match="is a folder: name the notebook in it"):
        read_notebook(tmp_path)

    def refuse(*args, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_text", refuse)  # root may read everything
    with pytest.raises(NotebookError, match="cannot be read: Permission denied"):
        read_notebook(tmp_path / "sums.ipynb")


def test_a_kernel_that_is_not_installed_is_answered_with_a_sentence(tmp_path):
    lesson = source_notebook()
    lesson.metadata.kernelspec.name = "cobol"
    path = small_lesson.write(lesson, tmp_path / "sums.ipynb")
    with pytest.raises(NotebookError, match=r"kernel did not start .*cobol"):
        check(path, path)


def test_a_kernel_that_does_not_start_is_started_once_more(tmp_path, monkeypatch):
    spec = tmp_path / "kernels" / "moody" / "kernel.json"
    spec.parent.mkdir(parents=True)
    mood = f"mkdir '{tmp_path}/tried' && exit 1; exec '{sys.executable}' -m ipykernel -f $0"
    argv = ["sh", "-c", mood, "{connection_file}"]
    spec.write_text(json.dumps({"argv": argv, "display_name": "", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    lesson = source_notebook()
    lesson.metadata.kernelspec.name = "moody"
    path = small_lesson.write(lesson, tmp_path / "sums.ipynb")
    report = check(path, path)
    assert (tmp_path / "tried").is_dir()
    assert report.complete


@pytest.fixture
def by_itself(tmp_path):
    """Check a notebook where there is no source."""

    def by_itself(notebook) -> Report:
        return check(None, small_lesson.write(notebook, tmp_path / FOLDER / f"{NAME}.ipynb"))

    return by_itself


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, ("not attempted", "not attempted", "not attempted")),
        (RIGHT, ("passed", "passed", "passed")),
        (PARTLY, ("passed", "passed", "passed")),
        (WRONG, ("wrong", "passed", "wrong")),
        (RIGHT | {"total": "def total(values:"}, ("could not run", "passed", "wrong")),
    ],
)
def test_a_notebook_by_itself_is_checked_by_the_checks_that_can_be_seen(
    by_itself, answers, expected
):
    report = by_itself(handed_out(answers))
    assert tuple(states(report).values()) == expected
    assert report.notes[0].startswith("Only the checks that you can see in the notebook ran")
    if not answers:  # nobody is told of a line that was never touched
        assert [each.reason for each in report.exercises] == [None] * 3
    assert len(report.notes) == 1


def test_a_notebook_by_itself_may_have_been_changed_in_every_way(by_itself):
    notebook = handed_out(RIGHT)
    find(notebook, "largest-check-value").source = "assert True"
    notebook.cells.append(deepcopy(find(notebook, "total")))
    at = place(notebook, "mean-check-readings")
    meta, source = notebook.cells[at].metadata, notebook.cells[at].source
    notebook.cells[at] = new_markdown_cell(source, metadata=meta, id="prose-now")
    report = by_itself(notebook)
    assert tuple(states(report).values()) == ("passed", "passed", "passed")
    told = "\n".join(report.notes)
    assert "Cell 10 (largest-check-value) was changed, and was run as it is now." in told
    assert "Cells 4 and 13 have the same id (total)" in told
    assert "(mean-check-readings) is no longer a code cell, but was run as one" in told


def test_a_notebook_by_itself_that_no_course_made_is_refused(by_itself):
    with pytest.raises(NotebookError, match="holds no exercise of a course"):
        by_itself(without_names(handed_out(RIGHT)))
    damaged = handed_out(RIGHT)
    del find(damaged, "total-check-empty").metadata.nbgrader["points"]
    with pytest.raises(NotebookError, match=r"nbgrader notes on cell 6 \(total-check-empty\)"):
        by_itself(damaged)


def without_names(notebook):
    for cell in notebook.cells:
        cell.metadata.pop("nbgrader", None)
    return notebook
