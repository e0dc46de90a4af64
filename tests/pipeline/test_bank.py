"""The bank of attempts notices a check that is too strict, too lax, or fails for another reason."""

import pytest

from tests.bank import BankError, fill_in, load, plan, read_notebook, released, surprises
from tests.pipeline.course_copy import CourseCopy, autograde
from tests.pipeline.tiny_course import ATTEMPTS, LESSON, NOTEBOOK, write_attempts, write_source

MISTAKEN = {
    "double/right-but-refused.py": '"""Not right."""\ndef double(values):\n    return 2 * values\n',
    "double/wrong-but-passes.py": '''\
"""Not wrong.

Caught by: double-check-values
"""
def double(values):
    return [2 * value for value in values]
''',
    "double/wrong-caught-elsewhere.py": '''\
"""Fails the other check.

Caught by: double-check-empty
"""
def double(values):
    return [0 for value in values]
''',
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    course = CourseCopy(tmp_path_factory.mktemp("bank"), lessons=[])
    write_source(course.root)
    course.nbgrader("generate_assignment", LESSON)
    return course


@pytest.fixture(scope="module")
def release(course):
    return read_notebook(released(LESSON, course.root))


@pytest.fixture
def bank(release, tmp_path):
    """Write attempts and load them."""

    def bank(attempts):
        write_attempts(tmp_path, attempts)
        return load(release, tmp_path / LESSON)

    return bank


def graded(course, release, exercises):
    students = plan(exercises)
    notebooks = {
        student: fill_in(release, {name: attempt.source for name, attempt in answers.items()})
        for student, answers in students.items()
    }
    return students, autograde(course, LESSON, NOTEBOOK, notebooks)


def test_attempts_are_graded_as_written_and_mistakes_in_the_bank_are_told(course, release, bank):
    exercises = bank(ATTEMPTS | MISTAKEN)
    students, outcomes = graded(course, release, exercises)
    told = {
        line
        for student, answers in students.items()
        for exercise in exercises
        for line in surprises(exercise, answers.get(exercise.name), outcomes[student])
    }
    assert told == {
        "double/right-but-refused.py got 0 of 2 points from double-check-values, not 2. "
        "It was told: AssertionError: Is every value doubled?",
        "double/wrong-but-passes.py got 2 of 2 points from double-check-values, not 0. "
        "It was told: nothing",
        "double/wrong-caught-elsewhere.py got 0 of 2 points from double-check-values, not 2. "
        "It was told: AssertionError: Is every value doubled?",
        "double/wrong-caught-elsewhere.py got 1 of 1 points from double-check-empty, not 0. "
        "It was told: nothing",
    }


def test_a_plan_holds_every_attempt_and_a_blank_submission(bank):
    exercises = bank(ATTEMPTS)
    students = plan(exercises)
    assert len(students) == 7  # the most attempts at one exercise, and the blank one
    assert students["blank"] == {}
    used = {attempt for answers in students.values() for attempt in answers.values()}
    assert used == {attempt for exercise in exercises for attempt in exercise.attempts}
    assert not any(attempt.caught_by for attempt in students["student-1"].values())


@pytest.mark.parametrize(
    ("name", "text", "cure"),
    [
        ("double/almost.py", '"""A."""\nx = 1\n', "name it right-APPROACH.py or wrong-MISTAKE.py"),
        ("double/right-bare.py", "x = 1\n", "begin it with a docstring"),
        ("double/wrong-bare.py", '"""A."""\nx = 1\n', "must end with `Caught by: CHECK, CHECK`"),
        ("double/right-x.py", '"""Caught by: a"""\nx = 1\n', "is wrong, and only then"),
        ("double/wrong-x.py", '"""Caught by: sum"""\nx = 1\n', "names sum, but the checks"),
        ("half/right-x.py", '"""A."""\nx = 1\n', "The lesson has no exercise half"),
    ],
)
def test_a_file_that_breaks_the_rules_is_named_with_the_cure(bank, name, text, cure):
    with pytest.raises(BankError, match=cure.replace("?", r"\?")):
        bank({name: text})
