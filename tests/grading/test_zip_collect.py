"""`nbgrader zip_collect` unpacks what is honest, and of what is not, nothing."""

import io
import stat
import tarfile
import zipfile

import pytest

from tests.pipeline.course_copy import CourseCopy
from tests.pipeline.tiny_course import LESSON, NOTEBOOK, write_source

NAMES = r".*_(?P<student_id>.+)_attempt_(?P<timestamp>[0-9-]+)_(?P<file_id>.+)"
SETTINGS = f"""
c.PlainExtractor.limits = {{"folder_bytes": 1_000_000, "files": 100}}
c.FileNameCollectorPlugin.named_regexp = {NAMES!r}
"""
WHEN = "2026-02-03-10-00-00"


def named(student, file=NOTEBOOK):
    return f"ps_{student}_attempt_{WHEN}_{file}"


def zipped(files):
    """Return a zip archive of text or bytes by name or ZipInfo."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(files, mode="w:gz"):
    """Return a tar archive of bytes, or of a member as it is, by name."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, content in files.items():
            entry = content if isinstance(content, tarfile.TarInfo) else tarfile.TarInfo(name)
            data = b"" if entry is content else content
            entry.size = entry.size or len(data)
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def link(name):
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def tar_entry(name, kind, target=""):
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, target
    return entry


def locked(data):
    """Set the flag of encryption in a zip archive of one file."""
    data = bytearray(data)
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    return bytes(data)


def stating(data, size):
    """Make a zip archive of one file state another size of it."""
    data = bytearray(data)
    for where in (22, data.index(b"PK\1\2") + 24):
        data[where : where + 4] = size.to_bytes(4, "little")
    return bytes(data)


BIG = 2_000_000
HONEST = {
    named("ana"): b"ana",
    "class.zip": zipped(
        {
            named("ben"): b"ben",
            "inner/" + named("caé", "data.csv"): b"not a notebook",
            "of dora.zip": zipped({named("dora"): b"dora", "x.zip": zipped({named("no"): b"no"})}),
            "of eli.tar.gz": tarred({"a/b/" + named("eli"): b"eli"}),
        }
    ),
    "plain.gz": tarred({named("finn"): b"finn"}, mode="w"),
    "packed.gz": tarred({named("gus"): b"gus"}, mode="w:xz"),
}
HOSTILE = {
    "bomb.zip": (zipped({named("h1"): b"\0" * BIG}), "it holds 2 MB where 1 MB are left"),
    "many.zip": (
        zipped({named("h2", f"{n}.ipynb"): b"" for n in range(101)}),
        "more files than an archive of its size may",
    ),
    "sum.zip": (
        zipped({named("h3", f"{n}.ipynb"): b"\0" * (BIG // 10) for n in range(6)}),
        "it holds 0.2 MB where 0 MB are left to it",
    ),
    "lies.zip": (stating(zipped({named("h4"): b"\0" * 5000}), 10), "damaged"),
    "lies-more.zip": (stating(zipped({named("h4"): b"\0" * 5000}), 5001), "does not have the size"),
    "tar.gz": (tarred({named("h5"): b"\0" * BIG}), "it holds 2 MB where 1 MB are left"),
    "absolute.zip": (zipped({f"/etc/{named('h6')}": b""}), "which leads out of it"),
    "above.zip": (zipped({f"a/../../{named('h7')}": b""}), "which leads out of it"),
    "above.gz": (tarred({f"../{named('h8')}": b""}), "which leads out of it"),
    "link.zip": (zipped({link(named("h9")): "/etc/passwd"}), "which is no plain file"),
    "soft.gz": (
        tarred({"a": tar_entry(named("h10"), tarfile.SYMTYPE, "/etc/passwd")}),
        "which is no plain file",
    ),
    "hard.gz": (
        tarred({"a": tar_entry(named("h11"), tarfile.LNKTYPE, "/etc/passwd")}),
        "which is no plain file",
    ),
    "pipe.gz": (tarred({"a": tar_entry(named("h12"), tarfile.FIFOTYPE)}), "no plain file"),
    "deep.zip": (zipped({"a/" * 1500 + named("h18"): b""}), "more than 10 levels deep"),
    "cut.zip": (zipped({named("h13"): b"x" * 1000})[:-30], "damaged"),
    "cut.gz": (tarred({named("h14"): bytes(range(256)) * 90})[:-300], "damaged"),
    "locked.zip": (locked(zipped({named("h15"): b"x"})), "damaged, locked or no archive"),
    "text.zip": (b"no archive at all", "damaged, locked or no archive of a known kind"),
    "empty.gz": (b"", "damaged, locked or no archive of a known kind"),
    "notes.ipynb.gz": (b"\x1f\x8bgarbage", "damaged, locked or no archive of a known kind"),
    "twice.zip": (zipped({f"a/{named('h16')}": b"", "a": b""}), "damaged"),
    "long.zip": (zipped({"x" * 300 + named("h17"): b""}), "damaged"),
}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """Hand in all archives together; return the course and what the command said."""
    course = CourseCopy(tmp_path_factory.mktemp("zip"), lessons=[])
    with (course.root / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(SETTINGS)
    write_source(course.root)
    course.nbgrader("generate_assignment", LESSON)
    archive = course.root / "downloaded" / LESSON / "archive"
    (archive / "group").mkdir(parents=True)
    for name, data in HONEST.items():
        (archive / name).write_bytes(data)
    for name, (data, _) in HOSTILE.items():
        (archive / "group" / name).write_bytes(data)
    (archive / "group" / named("linked")).symlink_to("/etc/passwd")
    (archive / named("..")).write_bytes(b"above")
    (archive / named("ivy", "..")).mkdir()
    (archive / named("ivy", "..") / "sub.ipynb").write_bytes(b"outside")
    (archive / "ps_late_attempt_99-99-99_tiny.ipynb").write_bytes(b"late")
    return course, course.nbgrader("zip_collect", LESSON)


def test_what_is_honest_is_collected(collected):
    course, _ = collected
    found = {
        path.parts[-3]: path.read_bytes() for path in (course.root / "submitted").rglob(NOTEBOOK)
    }
    students = ("ana", "ben", "dora", "eli", "finn", "gus")
    assert found == {student: student.encode() for student in students}
    time = (course.root / "submitted" / "ana" / LESSON / "timestamp.txt").read_text("utf-8")
    assert time.startswith("2026-02-03 ")


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_not_is_named_in_one_sentence_with_the_reason(collected, name):
    _, said = collected
    (line,) = [line for line in said.splitlines() if f"{name!r} was not unpacked" in line]
    assert HOSTILE[name][1] in line


def test_nothing_is_left_of_what_was_refused(collected):
    course, _ = collected
    extracted = course.root / "downloaded" / LESSON / "extracted"
    assert list((extracted / "group").iterdir()) == []
    assert not list(course.folder.rglob("ps_h*"))
    assert not list(course.folder.rglob(".unpacking-*"))


def test_files_are_named_that_are_links_or_lead_elsewhere(collected):
    course, said = collected
    assert f"{named('linked')!r} was not unpacked: it is a link" in said
    assert "'..' is no student's name" in said
    assert "'99-99-99' is no time" in said
    assert "'../sub.ipynb' leads out of the assignment" in said
    assert sorted(path.name for path in course.root.iterdir() if path.is_dir()) == [
        "downloaded",
        "release",
        "source",
        "submitted",
    ]
