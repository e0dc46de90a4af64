"""Which lessons there are, and what a person may call them."""

import pytest

from course.lessons import CourseError, Lesson, course_root, find_lesson, lessons


@pytest.fixture
def root(tmp_path):
    for folder, name in [("10-pipelines", "pipelines"), ("02-ci-cd", "ci-cd")]:
        (tmp_path / "lessons" / folder).mkdir(parents=True)
        (tmp_path / "lessons" / folder / f"{name}.py").touch()
    (tmp_path / "nbgrader_config.py").touch()
    return tmp_path


CI_CD = Lesson(2, "ci-cd", "02-ci-cd")


def test_lessons_come_in_order(root):
    assert lessons(root) == [CI_CD, Lesson(10, "pipelines", "10-pipelines")]


def test_what_is_no_lesson_is_passed_over(root):
    (root / "lessons" / "03-empty").mkdir()
    (root / "lessons" / "notes").mkdir()
    (root / "lessons" / "README.md").touch()
    assert [lesson.number for lesson in lessons(root)] == [2, 10]


def test_a_course_handed_out_without_texts_has_lessons_too(root):
    (root / CI_CD.source).parent.mkdir(parents=True)
    (root / CI_CD.source).touch()
    (root / "lessons").rename(root / "texts")
    assert lessons(root) == [CI_CD]


@pytest.mark.parametrize("name", ["ci-cd", "02-ci-cd", "02", "2"])
def test_a_lesson_goes_by_name_number_and_folder(root, name):
    assert find_lesson(name, root) == CI_CD


@pytest.mark.parametrize(
    ("name", "offer"), [("cicd", "ci-cd"), ("pipeline", "pipelines"), ("7", "ci-cd or pipelines")]
)
def test_an_unknown_lesson_gets_the_nearest_names(root, name, offer):
    with pytest.raises(CourseError) as error:
        find_lesson(name, root)
    assert str(error.value) == f"There is no lesson called {name!r}: did you mean {offer}?"


def test_the_root_is_found_from_below(root):
    assert course_root(root / "lessons" / "02-ci-cd") == root


def test_outside_of_a_course_a_sentence_says_so(tmp_path):
    (tmp_path / "nbgrader_config.py").touch()
    with pytest.raises(CourseError, match="go to the folder of the course"):
        course_root(tmp_path)
