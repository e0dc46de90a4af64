"""No line of a solution or a hidden test reaches a learner: not in release/, not in the package."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import nbformat
import pytest

from course.build import build
from course.lessons import lessons
from tests.lessons import demo
from tests.lessons.structure import HIDDEN, SOLUTION

ROOT = Path(__file__).parents[2]
SHORT = 12  # characters: `return total` tells nobody anything
LONG = 25  # a line with more shows how it is tested, also where learners have an equal one


def secrets(root: Path) -> set[str]:
    """Return the lines that only instructors may see, of solutions and hidden tests."""
    hidden, visible = set(), set()
    for lesson in lessons(root):
        for cell in nbformat.read(root / lesson.source, as_version=4).cells:
            parts = [
                match[0] for rule in (SOLUTION, HIDDEN) for match in rule.finditer(cell.source)
            ]
            hidden |= _lines("\n".join(parts))
            visible |= _lines(HIDDEN.sub("", SOLUTION.sub("", cell.source)))
    return {
        line
        for line in hidden
        if len(line) > (LONG if line in visible else SHORT) and not line.startswith("###")
    }


def leaks(secret: set[str], files: dict[str, bytes]) -> list[str]:
    """Return which secret lines stand in which files; in a notebook, lines are in JSON strings."""
    found = []
    for name, content in files.items():
        text = content.decode(errors="ignore")
        if name.endswith(".ipynb"):
            text = "\n".join(cell.source for cell in nbformat.reads(text, as_version=4).cells)
        found += [f"{name}: {line}" for line in sorted(secret & _lines(text))]
    return found


def _lines(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines()}


def folder(path: Path) -> dict[str, bytes]:
    return {
        file.relative_to(ROOT).as_posix()
        if file.is_relative_to(ROOT)
        else file.name: file.read_bytes()
        for file in path.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """The wheel and the sdist, made by the build backend that pyproject.toml names."""
    target = tmp_path_factory.mktemp("dist")
    make = "import sys; from flit_core import buildapi as b; b.build_{}(sys.argv[1])"
    for kind in ("wheel", "sdist"):
        command = [sys.executable, "-c", make.format(kind), str(target)]
        subprocess.run(command, cwd=ROOT, check=True)
    (wheel,), (sdist,) = target.glob("*.whl"), target.glob("*.tar.gz")
    with zipfile.ZipFile(wheel) as archive:
        in_wheel = {name: archive.read(name) for name in archive.namelist()}
    with tarfile.open(sdist) as archive:
        members = [member for member in archive.getmembers() if member.isfile()]
        in_sdist = {member.name: archive.extractfile(member).read() for member in members}
    return {"wheel": in_wheel, "sdist": in_sdist}


def test_there_is_something_to_keep():
    assert len(secrets(ROOT)) > 20


def test_release_holds_no_secret():
    assert leaks(secrets(ROOT), folder(ROOT / "release")) == []


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_the_package_holds_no_secret(packages, kind):
    assert leaks(secrets(ROOT), packages[kind]) == []


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_the_package_holds_what_notebooks_need_and_no_lesson(packages, kind):
    names = set(packages[kind])
    here = {f"course/{name}" for name in ("cli.py", "flights.py")}
    here |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "course").glob("data/*.npz")}
    here |= {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "course").glob("widgets/static/*")
    }
    prefix = "" if kind == "wheel" else "mlops_course-0.1.0/"
    assert {prefix + name for name in here} <= names
    elsewhere = ("lessons/", "source/", "release/", "tests/", ".ipynb")
    ours = {name for name in names if "course/data/service/" not in name}  # has tests of its own
    assert [
        name for name in ours if any(part in f"/{name}" for part in map("/{}".format, elsewhere))
    ] == []


def test_a_leaked_line_is_found_wherever_it_hides(tmp_path):
    root = demo.course(tmp_path)
    build(root)
    secret = secrets(root)
    assert secret == {f"return {n} * number" for n in (2, 3, 4, 5, 6)} | {
        f'assert {name}(-17) == -{n} * 17, "What about numbers below zero?"'
        for name, n in demo.FACTORS.items()
    }
    release = (root / demo.LESSON.release).read_bytes()
    assert leaks(secret, {"a.ipynb": release}) == []
    in_notebook = release.replace(b"How do numbers grow?", b"How?\\n    return 3 * number")
    assert leaks(secret, {"a.ipynb": in_notebook}) == ["a.ipynb: return 3 * number"]
    in_module = b"def triple(number):\n    return 3 * number\n"
    assert leaks(secret, {"course/a.py": in_module}) == ["course/a.py: return 3 * number"]
