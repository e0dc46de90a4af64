"""The whole loop with nbgrader's own commands: an instructor, an exchange, and five students.

ana is right, ben is late and partly wrong, chloe never submits, dana submits twice, and eli submits
the notebook as he fetched it.
"""

import csv
import html
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import nbformat
import pytest

from tests.bank import ATTEMPTS, fill_in, load, read_notebook, released
from tests.pipeline.course_copy import ROOT, CourseCopy

LESSON = "01-what-is-mlops"
RELEASE = released(LESSON)
ROSTER = """\
id,first_name,last_name
ana,Ana,Abreu
ben,Ben,Becker
chloe,Chloé,Chevalier
dana,Dana,Dvořák
eli,Eli,Evans
"""

EXERCISES = load(read_notebook(RELEASE), ATTEMPTS / LESSON)
RIGHT = {exercise.name: exercise.right[0] for exercise in EXERCISES}
PARTLY = RIGHT | {exercise.name: exercise.wrong[0] for exercise in EXERCISES[::2]}
FULL_MARKS = sum(sum(exercise.checks.values()) for exercise in EXERCISES)
PARTIAL_MARKS = sum(sum(e.expected(PARTLY[e.name]).values()) for e in EXERCISES)

DUE = datetime.now(UTC).replace(microsecond=0, tzinfo=None) + timedelta(days=1)
LATE = DUE + timedelta(hours=25)  # two days begun: 20 %

# What nbgrader warns of for good reason.
EXPECTED = re.compile(
    r"Creating exchange directory|Removing existing assignment: \S+/release/"
    r"|Late submission penalty|<01-what-is-mlops for ben> is 90000.0 seconds late"
)


@pytest.fixture(scope="module")
def loop(tmp_path_factory):
    """Run the whole loop; return the course, what each command said, and the first release."""
    course = CourseCopy(tmp_path_factory.mktemp("loop"), lessons=[LESSON])
    release = (course.root / "release" / LESSON / RELEASE.name).read_bytes()
    said = {}

    def teach(command, *args):
        said[" ".join([command, *args])] = course.nbgrader(command, *args)

    def study(who, command, *args, called=None):
        said[f"{who} {called or command}"] = course.nbgrader(command, *args, student=who)

    def write(who, answers):
        path = course.home(who) / LESSON / RELEASE.name
        sources = {name: attempt.source for name, attempt in answers.items()}
        nbformat.write(fill_in(read_notebook(path), sources), path)

    def ana():
        study("ana", "list")
        study("ana", "fetch_assignment", LESSON)
        study("ana", "list", called="list again")
        write("ana", RIGHT)
        study("ana", "validate", f"{LESSON}/{RELEASE.name}")
        study("ana", "submit", LESSON, "--student=ana")

    def ben():
        study("ben", "fetch_assignment", LESSON)
        write("ben", PARTLY)
        study("ben", "validate", f"{LESSON}/{RELEASE.name}")
        clock = f"--Exchange.timestamp_format={LATE} UTC"  # his clock shows no other time
        study("ben", "submit", LESSON, "--student=ben", clock)

    def the_others():
        study("chloe", "fetch_assignment", LESSON)
        study("dana", "fetch_assignment", LESSON)
        study("dana", "submit", LESSON, "--student=dana", called="submit blank")
        write("dana", RIGHT)
        study("dana", "submit", LESSON, "--student=dana")
        study("eli", "fetch_assignment", LESSON)
        study("eli", "submit", LESSON, "--student=eli")

    teach("generate_assignment", LESSON)
    roster = course.folder / "students.csv"
    roster.write_text(ROSTER, encoding="utf-8")
    teach("db", "student", "import", str(roster))
    teach("db", "assignment", "add", LESSON, f"--duedate={DUE} UTC")
    teach("release_assignment", LESSON)
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(work) for work in (ana, ben, the_others)]:
            done.result()
    teach("list", "--inbound")
    teach("collect", LESSON)
    teach("autograde", LESSON)
    teach("generate_feedback", LESSON)
    teach("release_feedback", LESSON)
    teach("export")
    study("ana", "list", "--cached", called="list of feedback")
    study("ana", "fetch_feedback", LESSON, "--student=ana")
    study("ben", "fetch_feedback", LESSON, "--student=ben")
    return SimpleNamespace(course=course, said=said, release=release)


@pytest.fixture(scope="module")
def grades(loop):
    table = (loop.course.root / "grades.csv").read_text(encoding="utf-8").splitlines()
    return {row["student_id"]: row for row in csv.DictReader(table)}


def feedback(loop, student):
    """Return the text of the one feedback page that a student has fetched."""
    (page,) = (loop.course.home(student) / LESSON / "feedback").glob("*/*.html")
    return html.unescape(re.sub(r"<[^<>]*>", "", page.read_text(encoding="utf-8")))


def test_generating_the_release_on_an_empty_gradebook_changes_no_byte_of_it(loop):
    generated = loop.course.root / "release" / LESSON / RELEASE.name
    assert generated.read_bytes() == loop.release


def test_students_see_the_lesson_and_fetch_what_was_released(loop):
    assert f"mlops {LESSON}" in loop.said["ana list"]
    assert f"mlops {LESSON} (already downloaded)" in loop.said["ana list again"]
    fetched = loop.course.home("chloe") / LESSON / RELEASE.name
    assert fetched.read_bytes() == loop.release


def test_validate_tells_right_from_wrong(loop):
    assert "Success! Your notebook passes all the tests." in loop.said["ana validate"]
    assert "VALIDATION FAILED ON" in loop.said["ben validate"]


def test_the_instructor_sees_every_submission_and_collects_the_last_of_each(loop):
    inbound = re.findall(rf"mlops (\w+) {LESSON}", loop.said["list --inbound"])
    assert inbound == ["ana", "ben", "dana", "dana", "eli"]
    assert "Processing 4 submissions" in loop.said[f"collect {LESSON}"]


def test_the_exported_grades_are_those_that_the_attempts_were_written_to_get(grades):
    got = {who: (float(row["raw_score"]), float(row["score"])) for who, row in grades.items()}
    assert 0 < PARTIAL_MARKS < FULL_MARKS
    assert got == {
        "ana": (FULL_MARKS, FULL_MARKS),
        "ben": (PARTIAL_MARKS, pytest.approx(0.8 * PARTIAL_MARKS)),
        "chloe": (0, 0),
        "dana": (FULL_MARKS, FULL_MARKS),
        "eli": (0, 0),
    }
    assert {float(row["max_score"]) for row in grades.values()} == {FULL_MARKS}


def test_the_export_shows_who_was_late_and_who_never_submitted(grades):
    penalties = {who: float(row["late_submission_penalty"]) for who, row in grades.items()}
    assert penalties.pop("ben") == pytest.approx(0.2 * PARTIAL_MARKS)
    assert set(penalties.values()) == {0}
    assert grades["ben"]["duedate"] == str(DUE)
    assert [who for who, row in grades.items() if not row["timestamp"]] == ["chloe"]
    assert grades["chloe"]["last_name"] == "Chevalier"


def test_feedback_reaches_the_student_it_is_for(loop):
    assert "(feedback ready to be fetched)" in loop.said["ana list of feedback"]
    assert f"(Score: {FULL_MARKS:.1f} / {FULL_MARKS:.1f})" in feedback(loop, "ana")
    assert "Not yet true:" not in feedback(loop, "ana")
    assert "Late submission penalty" in feedback(loop, "ben")
    assert "Not yet true:" in feedback(loop, "ben")


@pytest.mark.parametrize("student", ["ana", "ben"])
def test_feedback_holds_no_line_of_a_hidden_test(loop, student):
    source = read_notebook(ROOT / "source" / LESSON / RELEASE.name)
    tests = re.compile(r"### BEGIN HIDDEN TESTS\n(.*?)### END HIDDEN TESTS", re.DOTALL)
    hidden = {
        line.strip()
        for cell in source.cells
        for region in tests.findall(cell.source)
        for line in region.splitlines()
        if not re.fullmatch(r"""\W*f?["'].*["']\W*""", line)  # the question, over two lines
    }
    given = "\n".join(cell.source for cell in read_notebook(RELEASE).cells)
    page = feedback(loop, student)
    assert len(hidden) > 10
    assert [line for line in hidden if line not in given and line in page] == []
    assert "HIDDEN TESTS" not in page


def test_no_command_warns_of_anything_that_is_not_so(loop):
    warned = [
        (command, line)
        for command, output in loop.said.items()
        for line in output.splitlines()
        if re.search("warning|deprecat", line, re.IGNORECASE) and not EXPECTED.search(line)
    ]
    assert warned == []
