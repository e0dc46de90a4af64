"""`mlops-course build`: the same notebooks every time, and nobody's work is lost."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from course.build import build, source_notebook
from course.lessons import CourseError
from tests.lessons import demo
from tests.lessons.demo import LESSON

ROOT = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path):
    return demo.course(tmp_path)


@pytest.fixture
def built(course):
    build(course)
    return course


def tree(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.ipynb")}


def edit(path, change):
    notebook = nbformat.read(path, as_version=4)
    change({cell.id: cell for cell in notebook.cells})
    nbformat.write(notebook, path)


def answer(cells):
    cells["double"].source = "def double(number):\n    return number + number"


def run(cells):
    cells["double-check-whole"].execution_count = 3


def test_the_notebooks_in_git_are_what_the_lessons_make():
    build(ROOT, check=True)


def test_two_builds_from_nothing_are_equal_byte_for_byte(course, tmp_path_factory):
    build(course)
    other = demo.course(tmp_path_factory.mktemp("elsewhere"))
    build(other)
    assert sorted(tree(course)) == [LESSON.release, LESSON.source]
    assert tree(course) == tree(other)


def test_a_second_build_changes_nothing(built):
    before = tree(built)
    assert build(built) == []
    assert tree(built) == before


def test_the_release_is_what_nbgraders_own_command_makes(built):
    before = tree(built)
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", LESSON.folder, "--force"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # it calls alembic
    environment = os.environ | {"PATH": path}
    subprocess.run(command, cwd=built, env=environment, check=True, capture_output=True)
    assert tree(built) == before


def test_building_leaves_no_gradebook(built):
    assert sorted(path.name for path in built.iterdir()) == [
        "lessons",
        "nbgrader_config.py",
        "release",
        "source",
    ]


def test_a_changed_cell_leaves_the_ids_of_the_others(built):
    before = {cell.id for cell in nbformat.read(built / LESSON.source, as_version=4).cells}
    text = built / LESSON.text
    text.write_text(text.read_text().replace("slide rules did it", "slide rules once did it"))
    build(built)
    after = {cell.id for cell in nbformat.read(built / LESSON.source, as_version=4).cells}
    assert len(before - after) == len(after - before) == 1


def test_cells_that_say_the_same_have_ids_of_their_own_that_last():
    text = demo.TEXT.replace("triple(4)\n\n", "double(4)\n\n")
    first, second = (json.loads(source_notebook(text, LESSON))["cells"] for _ in range(2))
    assert [cell["source"] for cell in first].count(["double(4)"]) == 2
    assert len({cell["id"] for cell in first}) == len(first)
    assert first == second


def test_a_notebook_holds_no_notes_of_the_tools_that_made_it(built):
    notebook = json.loads((built / LESSON.source).read_text())
    assert {key for cell in notebook["cells"] for key in cell["metadata"]} == {"nbgrader"}
    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}


def test_check_names_what_differs_and_writes_nothing(built):
    (built / LESSON.release).write_text("{}")
    before = tree(built)
    with pytest.raises(CourseError) as error:
        build(built, check=True)
    assert LESSON.release.as_posix() in str(error.value)
    assert LESSON.source.as_posix() not in str(error.value)
    assert "make build" in str(error.value)
    assert tree(built) == before


def test_check_misses_no_notebook(built):
    (built / LESSON.source).unlink()
    with pytest.raises(CourseError, match=LESSON.source.as_posix()):
        build(built, check=True)


def test_jupytext_pairs_a_text_with_its_source(built):
    shutil.copy(ROOT / "jupytext.toml", built)
    command = [sys.executable, "-m", "jupytext", "--paired-paths", LESSON.text.as_posix()]
    paired = subprocess.run(command, cwd=built, capture_output=True, text=True)
    assert paired.stdout.split() == [LESSON.source.as_posix()]


@pytest.mark.parametrize("work", [answer, run])
def test_somebodys_work_is_kept_unless_forced(built, work):
    edit(built / LESSON.release, work)
    text = built / LESSON.text
    text.write_text(text.read_text().replace("slide rules", "abacuses"))
    before = tree(built)
    with pytest.raises(CourseError) as error:
        build(built)
    assert LESSON.release.as_posix() in str(error.value)
    assert "--force" in str(error.value)
    assert tree(built) == before
    build(built, force=True)
    build(built, check=True)


def test_a_new_stub_is_not_taken_for_somebodys_work(built):
    config = built / "nbgrader_config.py"
    config.write_text(config.read_text().replace("your turn", "over to you"))
    assert build(built) == [LESSON.release]
    assert "over to you" in (built / LESSON.release).read_text()


def test_half_a_merge_is_built_over(built):
    release = built / LESSON.release
    release.write_text("<<<<<<< HEAD\n" + release.read_text())
    build(built)
    build(built, check=True)


def test_notebooks_whose_lesson_is_gone_go_too(built):
    scratch = built / LESSON.release.with_name("scratch.ipynb")
    scratch.write_text("{}")
    (built / "lessons" / "02-other").mkdir()
    (built / LESSON.text).rename(built / "lessons" / "02-other" / "other.py")
    build(built)
    left = [path.as_posix() for path in tree(built)]
    assert sorted(left) == [
        "release/01-demo/scratch.ipynb",
        "release/02-other/other.ipynb",
        "source/02-other/other.ipynb",
    ]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"triple-task"', '"double-task"', "both have the grade_id 'double-task'"),
        (', "points": 1', "", "points"),
        ("    ### END SOLUTION\n", "", "end solution"),
        ('"schema_version": 3', '"schema_version": 1', "schema version"),
    ],
)
def test_a_lesson_that_cannot_be_built_says_why_in_a_sentence(course, old, new, reason):
    assert old in demo.TEXT
    (course / LESSON.text).write_text(demo.TEXT.replace(old, new))
    with pytest.raises(CourseError) as error:
        build(course)
    assert LESSON.text.as_posix() in str(error.value)
    assert reason in str(error.value)
    assert "\n" not in str(error.value)
    assert tree(course) == {}


def test_a_course_without_texts_has_nothing_to_build(built):
    (built / "lessons").rename(built / "elsewhere")
    with pytest.raises(CourseError, match="no folder lessons/"):
        build(built)
