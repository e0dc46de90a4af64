"""Every check is tested with right and wrong answers, by nbgrader's own autograde."""

import functools
from collections.abc import Mapping
from typing import NamedTuple

import pytest
from nbgrader.utils import is_solution

from tests.bank import (
    ATTEMPTS,
    Answers,
    Attempt,
    Exercise,
    fill_in,
    load,
    plan,
    read_notebook,
    released,
    surprises,
    without_play,
)
from tests.everything import everything
from tests.pipeline.course_copy import ROOT, CourseCopy, Outcome, autograde

LESSONS = sorted(path.name for path in (ROOT / "source").glob("*"))
EXERCISES = [
    (lesson, exercise)
    for lesson in LESSONS
    for exercise in load(read_notebook(released(lesson)), ATTEMPTS / lesson)
]
TRIED = [
    (lesson, exercise, attempt)
    for lesson, exercise in EXERCISES
    for attempt in (*exercise.attempts, None)
]


class Class(NamedTuple):
    """A class of students: what each one submitted, and how each check of it ended."""

    answers: Mapping[str, Answers]
    outcomes: Mapping[str, Mapping[str, Outcome]]


CREDULOUS = "credulous"  # the student whose answers are equal to everything


@pytest.fixture(scope="session")
def graded(tmp_path_factory):
    """Grade, once for each lesson, a class that tries every attempt."""

    @functools.cache
    def graded(lesson: str) -> Class:
        release = read_notebook(released(lesson))
        students = plan([exercise for other, exercise in EXERCISES if other == lesson])
        notebooks = {
            student: without_play(
                fill_in(release, {name: attempt.source for name, attempt in answers.items()})
            )
            for student, answers in students.items()
        }
        notebooks[CREDULOUS] = without_play(fill_in(release, automatic(lesson)))
        course = CourseCopy(tmp_path_factory.mktemp("attempts"), lessons=[lesson])
        return Class(students, autograde(course, lesson, released(lesson).name, notebooks))

    return graded


def automatic(lesson: str) -> dict[str, str]:
    """Return an answer equal to everything for each exercise of a lesson."""
    source = read_notebook(next((ROOT / "source" / lesson).glob("*.ipynb")))
    return {
        cell.metadata.nbgrader.grade_id: everything(cell.source)
        for cell in filter(is_solution, source.cells)
        if cell.cell_type == "code"
    }


def name(value: object) -> str:
    """Name a test after the attempt that it tries."""
    if isinstance(value, Exercise):
        return value.name
    if isinstance(value, Attempt):
        return value.path.stem
    return "blank" if value is None else str(value)


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES, ids=name)
def test_an_exercise_has_right_and_wrong_attempts(lesson: str, exercise: Exercise) -> None:
    assert len(exercise.right) >= 2, f"{lesson}/{exercise.name} needs two right attempts"
    assert len(exercise.wrong) >= 4, f"{lesson}/{exercise.name} needs four wrong attempts"


@pytest.mark.parametrize(("lesson", "exercise", "attempt"), TRIED, ids=name)
def test_an_attempt_passes_the_checks_that_it_should_and_no_other(
    graded, lesson: str, exercise: Exercise, attempt: Attempt | None
) -> None:
    answers, outcomes = graded(lesson)
    tried = [student for student in answers if answers[student].get(exercise.name) == attempt]
    told = [line for who in tried for line in surprises(exercise, attempt, outcomes[who])]
    assert tried
    assert not told, "\n".join(dict.fromkeys(told))


@pytest.mark.parametrize(("lesson", "exercise"), EXERCISES, ids=name)
def test_answers_that_are_equal_to_everything_score_nothing(
    graded, lesson: str, exercise: Exercise
) -> None:
    outcomes = graded(lesson).outcomes[CREDULOUS]
    assert {check: outcomes[check].score for check in exercise.checks} == dict.fromkeys(
        exercise.checks, 0
    )
