"""`nbgrader collect` takes what is honest out of the exchange, and leaves what is not."""

import os
import shutil
import subprocess

import pytest

from course.grading.intake import collect
from course.grading.intake.folder import open_folder, survey
from course.grading.intake.limits import DEFAULT_LIMITS
from tests.pipeline.course_copy import CourseCopy
from tests.pipeline.tiny_course import LESSON, NOTEBOOK, write_source

SETTINGS = """
c.PlainCollect.limits = {"file_bytes": 3_000_000, "files": 50, "folder_depth": 3}
c.CourseDirectory.max_dir_size = 5_000  # kB
"""
STOCK = 'c.ExchangeFactory.collect = "nbgrader.exchange.default.ExchangeCollect"'
WHEN = "2026-02-03 10:00:00.000000 UTC"
EARLIER = "2026-02-02 10:00:00.000000 UTC"


def link(folder):
    (folder / "data.csv").symlink_to("/etc/passwd")


def link_to_a_folder(folder):
    (folder / "data").symlink_to("/etc")


def notebook_as_link(folder):
    (folder / NOTEBOOK).unlink()
    (folder / NOTEBOOK).symlink_to("../../../source")


def deep(folder):
    (folder / "a" / "b" / "c" / "d").mkdir(parents=True)


def many(folder):
    for number in range(60):
        (folder / f"{number}.txt").touch()


def heavy(folder):
    with (folder / "heavy.bin").open("wb") as file:
        file.truncate(10**12)  # more than fits on the disk, and takes no room


def heavy_together(folder):
    for number in range(3):
        (folder / f"{number}.bin").write_bytes(b"x" * 2_000_000)


def timeless(folder):
    (folder / "timestamp.txt").write_text("soon", encoding="utf-8")


HOSTILE = {
    "link": (link, "'data.csv' is a symbolic link"),
    "folder-link": (link_to_a_folder, "'data' is a symbolic link"),
    "notebook-link": (notebook_as_link, f"{NOTEBOOK!r} is a symbolic link"),
    "pipe": (lambda folder: os.mkfifo(folder / "pipe"), "'pipe' is a pipe, a socket or a device"),
    "deep": (deep, "'a/b/c/d' lies more than 3 folders deep"),
    "many": (many, "is one more than 50 files and folders"),
    "heavy": (heavy, "'heavy.bin' is 1000000 MB and at most 3 MB is taken"),
    "heavy-together": (heavy_together, "would make the folder larger than 5 MB"),
    "timeless": (timeless, "'timestamp.txt' holds no time"),
}
ODD_NAMES = {
    f"x+{LESSON}+yesterday+r": "its name holds no time",
    f"+{LESSON}+{WHEN}+r": "its name begins with no student's name",
    f"line\nbreak+{LESSON}+{WHEN}+r": "its name begins with no student's name",
    f"x+{LESSON}+{WHEN}+r+{WHEN}+r": "its name is that of another assignment",
}


@pytest.fixture
def course(tmp_path):
    """A course with an exchange that students can write to."""
    course = CourseCopy(tmp_path, lessons=[])
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(SETTINGS)
    write_source(course.root)
    inbound(course).mkdir(parents=True)
    return course


def inbound(course):
    return course.folder / "exchange" / "mlops" / "inbound"


def submit(course, student, when=WHEN, change=lambda folder: None, note="first"):
    """Put a submission into the exchange as `nbgrader submit` does, and change it there."""
    folder = inbound(course) / f"{student}+{LESSON}+{when}+r{note}"
    shutil.copytree(course.root / "source" / LESSON, folder)
    (folder / "timestamp.txt").write_text(when, encoding="utf-8")
    (folder / "note.txt").write_text(note, encoding="utf-8")
    change(folder)
    return folder


def collected(course):
    folder = course.root / "submitted"
    return {path.parts[-3]: path.read_text("utf-8") for path in folder.rglob("note.txt")}


def test_what_is_honest_is_collected_as_nbgrader_does(course):
    course.nbgrader("generate_assignment", LESSON)
    course.nbgrader("release_assignment", LESSON)
    course.nbgrader("fetch_assignment", LESSON, student="ana")
    home = course.home("ana") / LESSON
    (home / "data").mkdir()
    (home / "data" / "días 1.csv").write_text("a\n", encoding="utf-8")
    os.utime(home / "data" / "días 1.csv", (1_000_000_000, 1_000_000_000))
    (home / ".ipynb_checkpoints").mkdir()
    (home / ".ipynb_checkpoints" / "x.ipynb").write_text("{}", encoding="utf-8")
    course.nbgrader("submit", LESSON, "--student=ana", student="ana")
    settings = course.root / "nbgrader_config.py"
    said, found = {}, {}
    for way in ("ours", "stock"):
        said[way] = course.nbgrader("collect", LESSON)
        found[way] = {
            path.relative_to(course.root): (path.is_dir() or path.read_bytes())
            for path in (course.root / "submitted").rglob("*")
        }
        times = (course.root / "submitted" / "ana" / LESSON / "data" / "días 1.csv").stat()
        assert times.st_mtime == 1_000_000_000
        shutil.rmtree(course.root / "submitted")
        settings.write_text(f"{settings.read_text('utf-8')}\n{STOCK}\n", encoding="utf-8")
    assert found["ours"] == found["stock"]
    assert len(found["ours"]) == 7
    assert said["ours"].replace("PlainCollect", "ExchangeCollect") == said["stock"]


def test_what_is_not_is_named_and_costs_nobody_else_anything(course):
    submit(course, "ana")
    for student, (change, _) in HOSTILE.items():
        submit(course, student, change=change)
    for name in ODD_NAMES:
        shutil.copytree(course.root / "source" / LESSON, inbound(course) / name)
    (inbound(course) / f"file+{LESSON}+{WHEN}+r").touch()
    (inbound(course) / f"link+{LESSON}+{WHEN}+l").symlink_to(course.root / "source" / LESSON)
    submit(course, "zoë o'neil")
    said = course.nbgrader("collect", LESSON)
    assert collected(course) == {"ana": "first", "zoë o'neil": "first"}
    for student, (_, reason) in HOSTILE.items():
        (line,) = [
            line for line in said.splitlines() if f"'{student}+" in line and "rfirst" in line
        ]
        assert "was not collected: " in line
        assert reason in line
    for name, reason in ODD_NAMES.items():
        assert f"{name!r} was not collected: {reason}" in said
    assert said.count("it is no folder that can be read") == 2
    assert "Processing 2 submissions" in said
    assert sorted(path.name for path in course.root.iterdir() if path.is_dir()) == [
        "source",
        "submitted",
    ]


def test_the_last_submission_that_can_be_collected_is(course):
    submit(course, "ana", EARLIER, note="earlier")
    submit(course, "ana", WHEN, change=link)
    course.nbgrader("collect", LESSON)
    assert collected(course) == {"ana": "earlier"}


def test_an_update_that_is_refused_leaves_what_was_collected(course):
    submit(course, "ana", EARLIER, note="earlier")
    course.nbgrader("collect", LESSON)
    folder = submit(course, "ana", WHEN, change=link)
    course.nbgrader("collect", LESSON, "--update")
    assert collected(course) == {"ana": "earlier"}
    (folder / "data.csv").unlink()
    course.nbgrader("collect", LESSON, "--update")
    assert collected(course) == {"ana": "first"}


def test_rights_to_run_as_somebody_else_or_to_write_are_not_copied(course):
    folder = submit(course, "ana")
    (folder / "shell").touch()
    (folder / "shell").chmod(0o6777)
    folder.chmod(0o777)
    course.nbgrader("collect", LESSON)
    copy = course.root / "submitted" / "ana" / LESSON
    assert (copy / "shell").stat().st_mode & 0o7777 == 0o755
    assert copy.stat().st_mode & 0o7777 == 0o755


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can add users to the system")
def test_a_submission_in_somebody_elses_name_is_not_collected(course, request):
    site = course.folder / "etc" / "nbgrader_config.py"
    site.write_text(
        site.read_text("utf-8").replace("check_owner = False", "check_owner = True"), "utf-8"
    )
    names = [f"collect-{who}-{os.getpid()}" for who in ("ana", "ben")]
    for name in names:
        subprocess.run(["useradd", "--no-create-home", name], check=True)
        request.addfinalizer(lambda name=name: subprocess.run(["userdel", name], check=True))

    def belongs_to(student):
        def change(folder):
            for path in (folder, *folder.rglob("*")):
                shutil.chown(path, student)

        return change

    ana, ben = names
    first = submit(course, ana, change=belongs_to(ana))
    submit(course, ana, "2026-02-09 10:00:00.000000 UTC", change=belongs_to(ben), note="forged")
    theirs = submit(course, ben, change=belongs_to(ben))
    (theirs / "stolen").hardlink_to(first / "note.txt")
    said = course.nbgrader("collect", LESSON)
    assert collected(course) == {ana: "first"}
    assert f"it is said to be by {ana!r} and belongs to {ben!r}" in said
    assert "'stolen' is a hard link to a file of somebody else" in said


def swap_for_link(path):
    path.unlink()
    path.symlink_to("/etc/passwd")


def swap_for_another(path):
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.replace(path)


def grow(path):
    with path.open("ab") as file:
        file.write(b"x")


@pytest.mark.parametrize(
    "swap", [swap_for_link, swap_for_another, grow, lambda path: path.unlink()]
)
def test_a_file_that_is_replaced_after_it_was_looked_at_is_not_copied(tmp_path, swap):
    path = tmp_path / "folder" / "answer.csv"
    path.parent.mkdir()
    path.write_text("1\n", encoding="utf-8")
    descriptor = open_folder(path.parent)
    (item,) = survey(descriptor, DEFAULT_LIMITS)
    swap(path)
    with pytest.raises(collect.RefusedError, match="cannot be read"):
        collect._copy_file(item, tmp_path / "copy")
    os.close(descriptor)
    assert not (tmp_path / "copy").exists()
