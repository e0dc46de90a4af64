"""Each version can be traced: its tags tell apart what its code alone does not."""

import stat
import subprocess

import mlflow
import pytest

from course.candidates import AIRPORTS, Recipe, commit, measure, train_and_register
from course.lessons import CourseError
from course.lineage import versions
from course.registry import MlflowRegistry
from course.workspace import ROOT_VARIABLE, open_workspace

RECIPES = [Recipe(-12, 0), Recipe(3, 11, fill_labels=True), Recipe(3, 11)]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ROOT_VARIABLE, str(tmp_path_factory.mktemp("ws") / "ä #1 %41"))
        yield open_workspace("07-model-versioning")


@pytest.fixture(scope="module")
def trained(workspace):
    registry = MlflowRegistry("flight-delays")
    for recipe in RECIPES:
        train_and_register(recipe, workspace.folder, registry)
    return versions(mlflow.MlflowClient(), "flight-delays")


def test_the_same_commit_and_the_same_weeks_can_be_other_data(trained):
    _, filled, mended = (version.lineage for version in trained)
    assert (filled["git_commit"], filled["trained_on"]) == (mended["git_commit"], "weeks 3 to 11")
    assert filled["data_hash"] != mended["data_hash"]


def test_a_version_leads_to_its_code_its_parameters_and_its_numbers(trained, workspace):
    for version, recipe in zip(trained, RECIPES, strict=True):
        show = ["git", "show", f"{version.lineage['git_commit']}:recipe.json"]
        said = subprocess.run(
            show, cwd=workspace.folder / "training", capture_output=True, text=True, check=True
        )
        assert f'"since": {recipe.since},' in said.stdout
        assert version.parameters["since"] == str(recipe.since)
        model = MlflowRegistry("flight-delays").load(version.number)
        assert version.auc == pytest.approx(measure(model))


def test_the_second_is_better_on_average_and_worse_at_one_airport(trained):
    first, second, third = (version.auc for version in trained)
    assert second["all"] > first["all"] + 0.01
    assert [place for place in AIRPORTS if second[place] < first[place] - 0.01] == ["LGA"]
    assert all(third[place] > max(first[place], second[place]) for place in (*AIRPORTS, "all"))


def test_the_same_data_are_not_trained_on_twice(trained, workspace):
    registry = MlflowRegistry("flight-delays")
    again = [train_and_register(recipe, workspace.folder, registry) for recipe in RECIPES]
    assert again == [1, 2, 3]
    assert versions(mlflow.MlflowClient(), "flight-delays") == trained


def test_nobodys_git_configuration_is_read_or_changed(tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\nname = Me\n[commit]\ngpgsign = true\n[core\n")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    home.chmod(stat.S_IRUSR | stat.S_IXUSR)
    code = commit(tmp_path / "a b #1", "recipe.json", "{}")
    assert (len(code), [file.name for file in home.iterdir()]) == (40, [".gitconfig"])
    assert not (tmp_path / "elsewhere").exists()


def test_without_git_one_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CourseError, match=r"^git is not installed.*install git"):
        commit(tmp_path / "repository", "recipe.json", "{}")
