"""What a learner has made of the notebooks, carried to where nothing of it is left."""

import json
import os
import shutil
from itertools import count
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.utils import compute_checksum
from typer.testing import CliRunner

from course.build import source_notebook
from course.cli import app
from course.grading.notebook import as_released
from course.progress import answers, parcel
from course.progress.results import Result, remember, results
from course.progress.standing import standings
from course.workspace import ROOT_VARIABLE
from tests.lessons import demo

FOLDER, NAME = demo.LESSON.folder, demo.LESSON.name
OTHER = Result("05-ci-cd", 9, 21, True, "2026-05-01T12:00:00+00:00")


def released(text: str = demo.TEXT) -> nbformat.NotebookNode:
    """Return the notebook as a learner gets it."""
    notebook = as_released(nbformat.reads(source_notebook(text, demo.LESSON), as_version=4))
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.checksum = compute_checksum(cell)
    return notebook


def find(notebook: nbformat.NotebookNode, key: str) -> nbformat.NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == key)


def sources(notebook: nbformat.NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells]


@pytest.fixture(autouse=True)
def workspace(tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path / "workspace"))
    return tmp_path / "workspace"


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    """A student's folder, with a lesson that was fetched."""
    fresh(tmp_path / "home")
    monkeypatch.chdir(tmp_path / "home")
    return tmp_path / "home"


@pytest.fixture
def run():
    return lambda *arguments: CliRunner().invoke(app, ["progress", *map(str, arguments)])


def fresh(place: Path, text: str = demo.TEXT, folder: str = FOLDER) -> Path:
    path = place / folder / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(released(text), path)
    return path


def worked(path: Path) -> nbformat.NotebookNode:
    """Do in a notebook what learners do: answer, try, take notes."""
    notebook = nbformat.read(path, as_version=4)
    find(notebook, "double").source = "def double(number):\n    return number + number  # twice"
    find(notebook, "triple").source = ""
    open_cell = next(cell for cell in notebook.cells if cell.source.startswith("math.exp("))
    open_cell.source = "math.exp(7)"
    place = notebook.cells.index(open_cell)
    notebook.cells.insert(place + 1, new_markdown_cell("Slide rules are fun.", id="note"))
    notebook.cells.insert(place + 2, new_code_cell("double(8)", id="tried", execution_count=3))
    notebook.cells.append(new_code_cell("", id="empty"))
    nbformat.write(notebook, path)
    return notebook


def test_after_all_is_lost_an_import_brings_it_back(home, run, tmp_path, workspace):
    path = home / FOLDER / f"{NAME}.ipynb"
    before = worked(path)
    remember(OTHER)
    file = tmp_path / "mine.json"
    result = run("export", file)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == (f"01-demo: 4 cells of yours\n1 result; all of it is in {file}.\n")
    shutil.rmtree(workspace)
    fresh(home)
    result = run("import", file)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("01-demo: 4 cells put back\n1 result taken over.")
    after = nbformat.read(path, as_version=4)
    nbformat.validate(after)
    expected = released()
    find(expected, "double").source = find(before, "double").source
    lost = {"empty": "an empty cell", "triple": "an emptied answer"}
    assert [s for c, s in zip(after.cells, sources(after), strict=True) if c.id not in lost] == [
        c.source for c in before.cells if c.id not in lost
    ]
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in after.cells)
    assert find(after, "triple").source == find(expected, "triple").source
    assert results() == {"05-ci-cd": OTHER}

    content = path.read_bytes()
    assert "0 cells put back\n0 results" in run("import", file).stdout  # once more, for nothing
    assert path.read_bytes() == content


def test_a_newer_release_takes_the_answers_where_they_belong(home, run, tmp_path):
    worked(home / FOLDER / f"{NAME}.ipynb")
    path = home / FOLDER / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    find(notebook, "sextuple").source = "def sextuple(number):\n    return 6 * number"
    nbformat.write(notebook, path)
    run("export", tmp_path / "mine.json")
    text = demo.TEXT.replace(demo.exercise("sextuple", 6), demo.exercise("octuple", 8))
    text = text.replace("Return 2 times the number.", "Return twice the number.")
    fresh(home, text.replace("math.log(2) + math.log(3)", "math.log(2) + math.log(5)"))
    result = run("import", tmp_path / "mine.json")
    assert result.exit_code == 0, result.stderr
    assert "sextuple is no exercise any more; its answer is in a plain cell." in result.stdout
    after = nbformat.read(path, as_version=4)
    assert find(after, "double").source.endswith("return number + number  # twice")
    kept = next(cell for cell in after.cells if cell.source.startswith("def sextuple"))
    assert "nbgrader" not in kept.metadata
    order = sources(after)
    new = next(i for i, source in enumerate(order) if "math.log(5)" in source)
    assert order[new - 3 : new] == ["math.exp(7)", "Slide rules are fun.", "double(8)"]
    content = path.read_bytes()
    assert "0 cells put back" in run("import", tmp_path / "mine.json").stdout
    assert path.read_bytes() == content


def test_other_work_is_replaced_only_when_told_and_a_copy_of_it_is_kept(home, run, tmp_path):
    path = home / FOLDER / f"{NAME}.ipynb"
    worked(path)
    run("export", tmp_path / "mine.json")
    notebook = nbformat.read(path, as_version=4)
    find(notebook, "double").source = "def double(number):\n    return number << 1"
    nbformat.write(notebook, path)
    newer = path.read_bytes()
    result = run("import", tmp_path / "mine.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "holds other work than" in result.stderr
    assert "(double), so nothing was changed" in result.stderr
    assert path.read_bytes() == newer
    result = run("import", tmp_path / "mine.json", "--force")
    assert result.exit_code == 0
    (backup,) = (tmp_path / "workspace" / "before-import").rglob("*.ipynb")
    assert backup.read_bytes() == newer
    assert f"What was there before is in {backup}." in result.stdout
    assert b"number << 1" not in path.read_bytes()


@pytest.mark.parametrize(
    "change",
    [
        lambda notebook: notebook.update(cells=None),
        lambda notebook: notebook.update(cells=[5]),
        lambda notebook: notebook.update(nbformat=True),
        lambda notebook: notebook.update(nbformat_minor="five"),
        lambda notebook: notebook["cells"][0].pop("source"),
        lambda notebook: notebook["cells"][0].pop("metadata"),
        lambda notebook: notebook["cells"][0].update(source=[5]),
        lambda notebook: notebook["cells"][0].update(source="\ud800"),
        lambda notebook: notebook["cells"][0].update(cell_type="heading"),
    ],
)
def test_a_damaged_notebook_is_named_in_a_sentence(home, run, tmp_path, change):
    path = home / FOLDER / f"{NAME}.ipynb"
    worked(path)
    notebook = json.loads(path.read_text())
    change(notebook)
    path.write_text(json.dumps(notebook))
    result = run("export", tmp_path / "mine.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"{path} is damaged, so nothing was done: move it away, or restore it.\n"
    )
    assert not (tmp_path / "mine.json").exists()


def test_cells_whose_ids_are_odd_or_the_same_are_carried_too(home, run, tmp_path):
    path = home / FOLDER / f"{NAME}.ipynb"
    notebook = worked(path)
    notebook.cells += [new_code_cell(f"{number}", id="same") for number in range(9)]
    notebook.cells += [new_code_cell("'odd'"), new_code_cell("'long'")]
    notebook.cells[-2].id, notebook.cells[-1].id = "odd/id", "x" * 99
    path.write_text(json.dumps(notebook))
    assert run("export", tmp_path / "mine.json").exit_code == 0
    fresh(home)
    assert run("import", tmp_path / "mine.json").exit_code == 0
    after = sources(nbformat.read(path, as_version=4))
    assert after[-11:] == [*map(str, range(9)), "'odd'", "'long'"]


def test_an_export_replaces_no_file_unless_told(home, run, tmp_path):
    file = tmp_path / "mine.json"
    assert "nothing to export yet" in run("export", file).stderr
    assert not file.exists()
    worked(home / FOLDER / f"{NAME}.ipynb")
    file.write_text("all that is left")
    result = run("export", file)
    assert result.exit_code == 2
    assert "may hold more than there is here" in result.stderr
    assert file.read_text() == "all that is left"
    assert run("export", file, "--force").exit_code == 0
    assert run("import", file).exit_code == 0


@pytest.fixture
def file(home, run, tmp_path) -> Path:
    """An export; and nothing of it is left in the notebooks."""
    worked(home / FOLDER / f"{NAME}.ipynb")
    remember(OTHER)
    assert run("export", tmp_path / "mine.json").exit_code == 0
    shutil.rmtree(tmp_path / "workspace")
    fresh(home)
    return tmp_path / "mine.json"


def refused(run, home, file) -> str:
    """Import a file, assert that nothing was changed, and return why."""
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    result = run("import", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before
    assert results() == {}
    return result.stderr


def test_a_damaged_file_is_refused_wherever_it_is_damaged(home, run, file):
    whole = file.read_bytes()
    for place in range(0, len(whole), len(whole) // 40):
        file.write_bytes(whole[:place])
        assert "nothing was changed" in refused(run, home, file)
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert "nothing was changed" in refused(run, home, file)


def sealed(content: dict) -> str:
    """Return a file with its checksum, as someone who knows how may have made it."""
    content.pop("sha256", None)
    return json.dumps(content | {"sha256": parcel._checksum(content)})


def test_a_file_of_another_kind_course_or_version_is_refused(home, run, file):
    content = json.loads(file.read_text())
    foreign = "was not made by `mlops-course progress export`"
    for text in ("", "[]", "null", "{}", '"text"', "[" * 100_000, "{'a': 1}", "\0" * 100):
        file.write_text(text)
        assert foreign in refused(run, home, file)
    file.write_bytes(b" " * (parcel.LIMIT + 1))
    assert foreign in refused(run, home, file)
    file.write_bytes(b"\x1f\x8b\xff\xfe" * 100)
    assert foreign in refused(run, home, file)
    file.write_text(sealed(content | {"version": 2}))
    assert "by another version of the course" in refused(run, home, file)
    file.write_text(sealed(content | {"work": {"02-other": content["work"][FOLDER]}}))
    assert "is it of another course" in refused(run, home, file)
    other = {"order": ["a", "b"], "cells": [vars(answers.Kept("b", False, "code", "1"))]}
    file.write_text(sealed(content | {"work": {FOLDER: other}}))
    assert "holds 01-demo of another course" in refused(run, home, file)
    file.unlink()
    assert "does not exist" in refused(run, home, file)
    file.mkdir()
    assert "cannot be read" in refused(run, home, file)


@pytest.mark.parametrize(
    "change",
    [
        lambda work: work.update({"../../etc": work[FOLDER]}),
        lambda work: work[FOLDER].update(order="double"),
        lambda work: work[FOLDER].pop("order"),
        lambda work: work[FOLDER].update(cells={}) or work[FOLDER].update(order=[1]),
        lambda work: work[FOLDER]["order"].append("a/b"),
        lambda work: work[FOLDER]["cells"][0].update(kind="heading"),
        lambda work: work[FOLDER]["cells"][0].update(source=["a"]),
        lambda work: work[FOLDER]["cells"][0].update(source="\ud800"),
        lambda work: work[FOLDER]["cells"][0].update(answer="yes"),
        lambda work: work[FOLDER]["cells"][0].update(metadata={"tags": ["skip-execution"]}),
        lambda work: work[FOLDER]["cells"][0].update(key="nowhere"),
        lambda work: work[FOLDER]["cells"].append(work[FOLDER]["cells"][0]),
    ],
)
def test_what_an_export_would_never_hold_is_refused_though_its_checksum_is_right(
    home, run, file, change
):
    content = json.loads(file.read_text())
    change(content["work"])
    file.write_text(sealed(content))
    assert "is damaged" in refused(run, home, file)


@pytest.mark.parametrize(
    "result",
    [
        {},
        vars(OTHER) | {"checked": "yesterday"},
        vars(OTHER) | {"checked": "0001-01-01T00:00:00+00:00"},
        vars(OTHER) | {"checked": "9999-12-31T23:59:59-12:00"},
        vars(OTHER) | {"checked": "2026-05-01T12:00:00"},
        vars(OTHER) | {"passed": 22},
        vars(OTHER) | {"passed": True},
        vars(OTHER) | {"lesson": "../x"},
    ],
)
def test_results_that_no_check_has_are_refused(home, run, file, result):
    content = json.loads(file.read_text()) | {"results": [result]}
    file.write_text(sealed(content))
    assert "is damaged" in refused(run, home, file)


def test_a_lesson_that_is_not_here_is_named_and_the_others_come_back(home, run, file):
    content = json.loads(file.read_text())
    content["work"]["05-ci-cd"] = content["work"][FOLDER]
    file.write_text(sealed(content))
    result = run("import", file)
    assert result.exit_code == 1
    assert result.stdout.startswith("01-demo: 4 cells put back")
    assert result.stderr == "05-ci-cd is not here: fetch it, then import the file again.\n"


def test_a_notebook_that_cannot_be_written_leaves_it_as_it_was(home, run, file, monkeypatch):
    path = home / FOLDER / f"{NAME}.ipynb"
    before = path.read_bytes()

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    result = run("import", file)
    assert result.exit_code == 2
    assert "demo.ipynb cannot be written (No space left on device), so nothing was" in result.stderr
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.fixture
def two(home, run, tmp_path) -> dict[Path, bytes]:
    """Two lessons and a result that an export, `two.json`, would change; and what they say now."""
    paths = [fresh(home), fresh(home, folder="02-demo")]
    for path in paths:
        worked(path)
    remember(OTHER)
    assert run("export", tmp_path / "two.json").exit_code == 0
    remember(Result(OTHER.lesson, 0, 21, True, "2026-04-01T12:00:00+00:00"))
    for path in paths:
        notebook = nbformat.read(path, as_version=4)
        find(notebook, "double").source = "def double(number):\n    return number << 1"
        nbformat.write(notebook, path)
    return files(tmp_path)


def files(place: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in place.rglob("*") if path.is_file()}


def once_full(call, good: int):
    """Return what does as `call` does, but for one time, after so many good ones."""
    calls = count()

    def called(*arguments):
        if next(calls) == good:
            raise OSError(28, "No space left on device")
        return call(*arguments)

    return called


@pytest.mark.parametrize(("place", "name"), [(os, "fsync"), (Path, "replace")])
def test_all_is_changed_or_nothing(two, run, tmp_path, monkeypatch, place, name):
    for good in range(5):  # of copies of two notebooks, the notebooks, and a result
        with monkeypatch.context() as patch:
            patch.setattr(place, name, once_full(getattr(place, name), good))
            result = run("import", tmp_path / "two.json", "--force")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "cannot be written (No space left on device), so nothing was" in result.stderr
        assert files(tmp_path) == two
    assert run("import", tmp_path / "two.json", "--force").exit_code == 0
    assert files(tmp_path) != two


def test_no_notebook_is_changed_if_a_result_cannot_be_kept(home, run, file, workspace):
    workspace.mkdir()
    (workspace / "progress").write_text("not a folder")
    assert "05-ci-cd.json cannot be written" in refused(run, home, file)


@pytest.mark.parametrize("answer", [True, False])
def test_what_is_kept_does_not_go_into_a_locked_cell(home, run, file, answer):
    content = json.loads(file.read_text())
    check = "double-check-whole"
    cell = {"key": check, "answer": answer, "kind": "code", "source": "assert True"}
    content["work"][FOLDER]["cells"] = [cell]
    file.write_text(sealed(content))
    assert run("import", file).exit_code == 0
    after = nbformat.read(home / FOLDER / f"{NAME}.ipynb", as_version=4)
    assert find(after, check).source == find(released(), check).source
    assert find(after, f"{check}-kept").source == "assert True"


def test_results_that_are_newer_stay(home, run, file):
    newer = Result("05-ci-cd", 21, 21, True, "2026-05-02T01:00:00+14:00")
    older = Result("05-ci-cd", 0, 21, True, "2026-05-01T13:00:00+02:00")
    remember(older)
    run("import", file)
    assert results()["05-ci-cd"] == OTHER
    newest = Result(newer.lesson, 21, 21, True, "2026-05-03T00:00:00+00:00")
    remember(newest)
    run("import", file)
    assert results()["05-ci-cd"] == newest


def test_notebooks_of_older_tools_have_cells_without_ids(home, run, tmp_path):
    path = home / FOLDER / f"{NAME}.ipynb"
    notebook = worked(path)
    notebook.nbformat_minor = 4
    notebook.cells += [new_code_cell("double(9)") for _ in range(50)]
    for cell in notebook.cells:
        del cell["id"]
    path.write_text(json.dumps(notebook))
    assert run("export", tmp_path / "mine.json").exit_code == 0
    fresh(home)
    run("import", tmp_path / "mine.json")
    after = nbformat.read(path, as_version=4)
    texts = sources(after)
    assert find(after, "double").source.endswith("# twice")
    assert {"math.exp(7)", "Slide rules are fun.", "double(8)"} < set(texts)
    assert texts.count("double(9)") == 50
    fresh_texts = sources(released())
    assert all(texts.count(text) == fresh_texts.count(text) for text in fresh_texts[:6])


def test_what_is_remembered_survives_damage(home, run, workspace):
    remember(OTHER)
    remember(Result("01-demo", 1, 5, False, "2026-05-01T12:00:00+00:00"))
    last = vars(Result("01-demo", 1, 5, False, "9999-12-31T23:59:59-12:00"))
    for text in ("", "{", "[]", "\0", "[" * 9000, json.dumps(vars(OTHER)), json.dumps(last)):
        (workspace / "progress" / "01-demo.json").write_text(text)
        assert results() == {"05-ci-cd": OTHER}
        assert run().exit_code == 0


def test_progress_lists_every_lesson_that_is_here_or_was_checked(home, run):
    remember(OTHER)
    (home / "02-broken").mkdir()
    (home / "02-broken" / "broken.ipynb").write_text("{")
    lines = run().stdout.splitlines()
    assert lines[0].split() == ["Lesson", "Claims", "that", "hold", "Last", "checked"]
    assert " ".join(lines[1].split()) == "01 How do numbers grow? not checked yet, of 5 never"
    assert lines[2].split()[:2] == ["02", "broken"]
    assert lines[3].startswith("05 ci-cd")
    assert "9 of 21" in lines[3]
    assert [each.lesson for each in standings(home / "nowhere")] == ["05-ci-cd"]


def test_where_no_lesson_lies_a_sentence_says_where_to_go(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for command in ([], ["export", "a.json"], ["import", "a.json"]):
        result = run(*command)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"There are no lessons in {tmp_path}: go to the folder")
