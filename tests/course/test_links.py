"""The README's links open a notebook that is there, of the repository that pyproject.toml names."""

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, quote, unquote, urlsplit

import pytest

from course.build import build
from course.lessons import CourseError
from course.links import linked

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
LAB = "lab/tree/"


class Published(NamedTuple):
    """Where a course is published, as `pyproject.toml` has it."""

    repository: str
    branch: str
    hub: str

    @property
    def address(self):
        """The repository as a browser shows it."""
        return self.repository.rstrip("/").removesuffix(".git")

    @property
    def spellings(self):
        """How links name the repository."""
        name = self.address.removeprefix("https://")
        return name, quote(name, safe=""), f"gh/{name.partition('/')[2]}/"


HERE = Published(**tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mlops-course"])
FORKS = [
    Published("https://github.com/our-school/ml.git", "main", "https://hub.example.org/"),
    Published(
        "https://gitlab.com/our-school/ml/course.git",
        "term/2026",
        "https://hub.example.edu/jupyter/",
    ),
    Published("https://git.example.edu/ml/course/", "main", "https://hub.example.edu/jupyter"),
]


@pytest.fixture(params=[HERE, *FORKS], ids=lambda published: published.address)
def published(request):
    return request.param


@pytest.fixture
def definition(published, tmp_path):
    """What a reference of the README, which is used there, stands for: here, or in a fork."""
    (tmp_path / "lessons").symlink_to(ROOT / "lessons")
    (tmp_path / "README.md").write_text(README)
    lines = [f'{name} = "{value}"' for name, value in published._asdict().items()]
    (tmp_path / "pyproject.toml").write_text("\n".join(["[tool.mlops-course]", *lines]))
    readme = README if published == HERE else linked(tmp_path)[Path("README.md")].decode()

    def find(name):
        assert f"][{name}]" in readme
        (link,) = re.findall(rf"^\[{name}\]: (\S+)$", readme, re.MULTILINE)
        return urlsplit(link)

    return find


def query(link):
    """Return what a link asks for, each once."""
    asked = parse_qs(link.query, strict_parsing=True)
    return {name: value for name, (value,) in asked.items()}


def test_binder_makes_this_repository_and_opens_a_notebook_that_is_there(definition, published):
    binder = definition("lesson-01-on-binder")
    assert binder.netloc == "mybinder.org"
    _, version, provider, *where, branch = binder.path.split("/")
    providers = {"gh": f"https://github.com/{'/'.join(where)}", "git": unquote(where[0])}
    assert version == "v2"
    assert providers[provider] == published.address
    assert unquote(branch) == published.branch
    (urlpath,) = query(binder).values()
    assert urlpath.startswith(LAB)
    assert (ROOT / urlpath.removeprefix(LAB)).is_file()


def test_a_hub_pulls_this_repository_and_opens_a_notebook_that_is_there(definition, published):
    hub = definition("lesson-01-on-a-hub")
    pull = "/hub/user-redirect/git-pull"
    assert f"{hub.scheme}://{hub.netloc}{hub.path}" == published.hub.rstrip("/") + pull
    asked = query(hub)
    assert list(asked) == ["repo", "urlpath", "branch"]  # as nbgitpuller's own generator has them
    assert asked["repo"] == published.address
    assert asked["branch"] == published.branch
    folder = asked["repo"].rpartition("/")[2]
    assert asked["urlpath"].startswith(f"{LAB}{folder}/")
    assert (ROOT / asked["urlpath"].removeprefix(f"{LAB}{folder}/")).is_file()


def test_the_address_stands_in_one_place_and_in_what_is_made_of_it():
    for text in HERE.spellings:
        command = ["git", "grep", "--name-only", "--fixed-strings", text, "--", ":!tests"]
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        assert set(found.stdout.split()) <= {"pyproject.toml", "README.md"}


def test_a_fork_changes_it_there_and_builds(tmp_path):
    for name in ("nbgrader_config.py", "README.md", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    for name in ("lessons", "source", "release"):
        shutil.copytree(ROOT / name, tmp_path / name)
    project = tmp_path / "pyproject.toml"
    text = project.read_text()
    for mine, theirs in zip(HERE, FORKS[1], strict=True):
        assert f'= "{mine}"' in text
        text = text.replace(f'= "{mine}"', f'= "{theirs}"')
    project.write_text(text)
    with pytest.raises(CourseError, match=r"\(README.md\): run `make build`"):
        build(tmp_path, check=True)
    assert build(tmp_path) == [Path("README.md")]
    made = (tmp_path / "README.md").read_text()
    assert f"https://mybinder.org/v2/git/{quote(FORKS[1].address, safe='')}/term%2F2026?" in made
    assert "https://hub.example.edu/jupyter/hub/user-redirect/git-pull?repo=" in made
    assert not any(text in made for text in HERE.spellings)
