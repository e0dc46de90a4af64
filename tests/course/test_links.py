"""The README's links open a notebook that is there, of the repository that pyproject.toml names."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from course.build import build
from course.lessons import CourseError
from course.links import links

ROOT = Path(__file__).parents[2]
PUBLISHED = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mlops-course"]
README = (ROOT / "README.md").read_text()
LAB = "lab/tree/"


@pytest.fixture
def binder():
    return urlsplit(definition("lesson-01-on-binder"))


@pytest.fixture
def hub():
    return urlsplit(definition("lesson-01-on-a-hub"))


def definition(name):
    """Return what a reference of the README, which is used there, stands for."""
    assert f"][{name}]" in README
    (link,) = re.findall(rf"^\[{name}\]: (\S+)$", README, re.MULTILINE)
    return link


def query(link):
    """Return what a link asks for, each once."""
    asked = parse_qs(link.query, strict_parsing=True)
    return {name: value for name, (value,) in asked.items()}


def test_binder_makes_this_repository_and_opens_a_notebook_that_is_there(binder):
    owner_and_name = PUBLISHED["repository"].removeprefix("https://github.com/")
    assert binder.netloc == "mybinder.org"
    assert binder.path == f"/v2/gh/{owner_and_name}/{PUBLISHED['branch']}"
    (urlpath,) = query(binder).values()
    assert urlpath.startswith(LAB)
    assert (ROOT / urlpath.removeprefix(LAB)).is_file()


def test_a_hub_pulls_this_repository_and_opens_a_notebook_that_is_there(hub):
    assert f"{hub.scheme}://{hub.netloc}" == PUBLISHED["hub"]
    assert hub.path == "/hub/user-redirect/git-pull"
    asked = query(hub)
    assert list(asked) == ["repo", "urlpath", "branch"]  # as nbgitpuller's own generator has them
    assert asked["repo"] == PUBLISHED["repository"]
    assert asked["branch"] == PUBLISHED["branch"]
    folder = asked["repo"].rpartition("/")[2]
    assert asked["urlpath"].startswith(f"{LAB}{folder}/")
    assert (ROOT / asked["urlpath"].removeprefix(f"{LAB}{folder}/")).is_file()


def test_the_address_stands_in_one_place_and_in_what_is_made_of_it():
    address = PUBLISHED["repository"].removeprefix("https://")
    for text in (address, address.replace("/", "%2F"), address.partition("/")[2]):
        found = subprocess.run(
            ["git", "grep", "--name-only", text], cwd=ROOT, capture_output=True, text=True
        )
        assert set(found.stdout.split()) <= {"pyproject.toml", "README.md"}


def test_a_fork_changes_it_there_and_builds(tmp_path):
    for name in ("nbgrader_config.py", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("lessons", "source", "release"):
        shutil.copytree(ROOT / name, tmp_path / name)
    project = tmp_path / "pyproject.toml"
    text = project.read_text().replace(PUBLISHED["repository"], "https://github.com/ada/ml-course")
    project.write_text(text.replace(PUBLISHED["hub"], "https://hub.ada.org/lab/"))
    with pytest.raises(CourseError, match=r"\(README.md\): run `make build`"):
        build(tmp_path, check=True)
    assert build(tmp_path) == [Path("README.md")]
    made = (tmp_path / "README.md").read_text()
    assert "https://mybinder.org/v2/gh/ada/ml-course/main?" in made
    assert "https://hub.ada.org/lab/hub/user-redirect/git-pull?repo=" in made
    assert PUBLISHED["repository"].removeprefix("https://github.com/") not in unquote(made)


@pytest.mark.parametrize("ending", ["", "/", ".git"])
def test_a_repository_elsewhere_has_links_too(ending):
    elsewhere = "https://gitlab.com/uni/ml/course"
    made = links(elsewhere + ending, "term/2026", "https://hub.edu", "release/a b.ipynb")
    *_, provider, repository, branch = urlsplit(made["lesson-01-on-binder"]).path.split("/")
    assert (provider, unquote(repository), unquote(branch)) == ("git", elsewhere, "term/2026")
    asked = query(urlsplit(made["lesson-01-on-a-hub"]))
    assert asked["urlpath"] == "lab/tree/course/release/a b.ipynb"
    assert asked["repo"] == elsewhere
