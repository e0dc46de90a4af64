"""A push runs its pipeline for real, and the user's own git never notices."""

import json
import os
import shutil

import pandas as pd
import pytest

from course.lessons import CourseError
from course.pipeline import STAGES, read_runs
from course.project import Project
from course.workspace import ROOT_VARIABLE, open_workspace

WEATHER = '"distance", "wind_speed", "precip"]'
WORSE_AT_LGA = '    X.loc[X["origin"] == "LGA", "minutes"] = 720\n    return X\n'


def may_promote(champion, challenger):
    return bool((challenger["auc"] > champion["auc"] - 0.01).all())


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ROOT_VARIABLE, str(tmp_path_factory.mktemp("w") / "ä #1 'x' %41"))
        patch.delenv("NBGRADER_EXECUTION", raising=False)
        patch.setenv("GIT_DIR", "/nowhere")  # as inside a hook of the user's own
        patch.setenv("GIT_AUTHOR_NAME", "Somebody Else")
        patch.setenv("HOME", os.devnull)  # a home in which nobody can write
        yield open_workspace("05-ci-cd")


@pytest.fixture(scope="module")
def story(workspace):
    """Return a project, the runs of seven pushes by name, and what a watcher saw."""
    project = Project(workspace.folder / "desk")
    seen = []
    project.watch(lambda: seen.append([stage.state for stage in project.runs()[-1].stages]))
    runs = {}

    project.edit("flightdesk/features.py", '"distance"]', WEATHER)
    runs["good"] = project.push("Let the model see the weather")

    project.edit("flightdesk/features.py", "hhmm // 100 * 60 + hhmm % 100", "hhmm")
    runs["broken test"] = project.push("Simplify the clock", "clock")

    train = project.folder / "data" / "train.csv"
    table = pd.read_csv(train)
    table["distance"] = (table["distance"] * 1.609).astype(int)
    table.to_csv(train, index=False)
    runs["bad data"] = project.push("Take the newest export", "export")

    project.edit("flightdesk/deploy.py", "THRESHOLD =", 'TOKEN = "fd-7c1e"\nTHRESHOLD =')
    runs["credential"] = project.push("Log in to staging", "login")

    weather = WEATHER.replace("]", ', "temp", "humid", "visib"]')
    project.edit("flightdesk/features.py", WEATHER, weather)
    project.edit("flightdesk/features.py", "    return X\n", WORSE_AT_LGA)
    runs["worse at one airport"] = project.push("See all of the weather")

    project.put("flightdesk/rule.py", may_promote)
    production = project.environments / "production"
    good = production / "releases" / runs["good"].commit[:7]
    shutil.copy(good / "release.json", production / "current.json")  # a rollback by hand
    runs["gate repaired"] = project.push("Hold the gate to each airport", "gate")
    return project, runs, seen


@pytest.mark.parametrize(
    ("push", "stage", "reason"),
    [
        ("broken test", "test", "test_a_full_hour_is_sixty_minutes"),
        ("bad data", "validate-data", "distance"),
        ("credential", "lint", "S105"),
    ],
)
def test_a_bad_change_is_stopped_by_its_stage_which_says_why(story, push, stage, reason):
    run = story[1][push]
    assert run.stopped_at == stage
    assert run.finished and not run.deployed
    assert reason in run.log(stage)
    place = STAGES.index(stage)
    assert [one.state for one in run.stages[:place]] == ["passed"] * place
    assert run.stages[place].exit_code == 1
    assert {one.state for one in run.stages[place + 1 :]} == {"skipped"}
    assert not any(one.log for one in run.stages[place + 1 :])


def test_a_good_change_on_main_goes_into_production(story):
    project, runs, _ = story
    run = runs["good"]
    assert [(stage.state, stage.exit_code) for stage in run.stages] == [("passed", 0)] * len(STAGES)
    assert run.deployed and run.branch == "main"
    release = project.environments / "production" / "releases" / run.commit[:7]
    facts = json.loads((release / "release.json").read_text())
    assert facts["commit"] == run.commit and facts["version"] == 1
    assert (release / "model.skops").stat().st_size > 1000


def test_a_model_that_is_worse_at_one_airport_gets_through_a_gate_that_looks_at_the_mean(story):
    project, runs, _ = story
    assert runs["worse at one airport"].deployed
    history = (project.environments / "production" / "history.log").read_text().split()
    assert history == [runs[name].commit[:7] for name in ("good", "worse at one airport")]
    releases = project.environments / "production" / "releases"
    before, now = (
        json.loads((releases / commit / "release.json").read_text())["metrics"]
        for commit in history
    )
    assert now["all"]["auc"] > before["all"]["auc"] + 0.02
    assert now["LGA"]["auc"] < before["LGA"]["auc"] - 0.02


def test_a_gate_from_the_notebook_stops_what_got_through_before(story):
    run = story[1]["gate repaired"]
    assert run.stopped_at == "gate"
    assert "The champion stays." in run.log("gate")
    assert [stage.state for stage in run.stages[:4]] == ["passed"] * 4  # lint too: it is clean code


def test_a_branch_is_checked_and_not_released(story):
    run = story[1]["gate repaired"]
    assert run.branch == "gate" and not run.deployed
    assert [stage.state for stage in run.stages[-2:]] == ["skipped", "skipped"]


def test_registered_versions_know_their_commit_and_data(story, workspace):
    import mlflow

    runs = story[1]
    client = mlflow.MlflowClient(workspace.tracking_uri, workspace.tracking_uri)
    version = client.get_model_version("flightdesk", "1")
    assert version.tags["commit"] == runs["good"].commit
    assert len(version.tags["data"]) == 64
    assert int(client.get_model_version_by_alias("flightdesk", "challenger").version) == 2


def test_whoever_watches_sees_each_stage_run(story):
    states = {place: {states[place] for states in story[2]} for place in range(len(STAGES))}
    # How often a watcher looks is no promise, but stages that take seconds are seen.
    for stage in ("test", "train", "register"):
        assert {"waiting", "running", "passed"} <= states[STAGES.index(stage)]


def test_all_that_happened_is_read_again_from_the_files(story):
    project, runs, _ = story
    again = read_runs(project.place / "runs")
    assert again == [*runs.values()] == project.runs()
    assert [run.number for run in again] == [1, 2, 3, 4, 5, 6]
    assert again[0].message == "Let the model see the weather"


def test_commits_are_the_learners_and_the_clone_is_on_main(story):
    project = story[0]
    assert project.git("branch", "--show-current").strip() == "main"
    assert project.git("status", "--porcelain") == ""
    assert project.git("log", "-1", "--format=%an <%ae>").strip() == (
        "You, at FlightDesk <you@flightdesk.example>"
    )


def test_nothing_is_left_outside_its_folder(story, workspace):
    assert sorted(path.name for path in story[0].place.iterdir()) == [
        "environments", "flightdesk", "flightdesk.git", "runs",
    ]  # fmt: skip
    assert sorted(path.name for path in workspace.folder.iterdir()) == [
        "artifacts", "desk", "mlflow.db",
    ]  # fmt: skip


# Without a push


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path / "desk")


def test_made_again_it_is_the_same(project, tmp_path):
    first = project.git("rev-parse", "HEAD")
    project.edit("README.md", "how likely", "how probable")
    (project.place / "runs").mkdir()
    for place in (tmp_path / "other", project.place):
        again = Project(place)
        assert again.git("rev-parse", "HEAD") == first
        assert again.git("status", "--porcelain") == "" and again.runs() == []


def test_a_folder_of_somebody_elses_is_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("100 pages")
    with pytest.raises(CourseError, match="is not empty: give the project a folder of its own"):
        Project(tmp_path)
    assert (tmp_path / "thesis.tex").exists()


def test_the_users_git_configuration_is_neither_read_nor_changed(tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    # It would break every git that reads it.
    (home / ".gitconfig").write_text(
        "[commit]\n\tgpgsign = yes\n[core]\n\thooksPath = /nowhere\n[x"
    )
    monkeypatch.setenv("HOME", str(home))
    project = Project(tmp_path / "desk")
    project.edit("README.md", "how likely", "how probable")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    project.push("Say it otherwise")
    assert [path.name for path in home.iterdir()] == [".gitconfig"]
    assert (home / ".gitconfig").read_text().endswith("[x")


def test_where_nbgrader_runs_the_notebook_nothing_is_pushed(project, monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    project.edit("README.md", "how likely", "how probable")
    run = project.push("Say it otherwise")
    assert {stage.state for stage in run.stages} == {"skipped"}
    assert run.log("gate") == "" and run.stopped_at is None and not run.deployed
    assert "Not pushed" in capsys.readouterr().out
    assert project.git("log", "-1", "--format=%s").strip() == "Say it otherwise"
    assert project.runs() == []


def test_without_git_there_is_one_clear_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CourseError, match=r"^git is not installed: install it"):
        Project(tmp_path / "desk")
    assert not (tmp_path / "desk").exists()


@pytest.mark.parametrize("old", ["no such text", "nox"])
def test_an_edit_that_is_not_clear_is_refused(project, old):
    text = (project.folder / "README.md").read_text()
    times = text.count(old)
    with pytest.raises(CourseError, match=f"{times} times: give a text that stands there once"):
        project.edit("README.md", old, "x")
    assert (project.folder / "README.md").read_text() == text


def test_a_push_without_a_change_is_refused(project):
    with pytest.raises(CourseError, match="Nothing was changed since the last commit"):
        project.push("Nothing")


def test_a_function_without_source_is_refused(project):
    with pytest.raises(CourseError, match="write it with def in a cell"):
        project.put("flightdesk/rule.py", len)


def test_a_hook_that_cannot_run_is_told(project, monkeypatch):
    (project.remote / "hooks" / "post-receive").chmod(0o644)
    project.edit("README.md", "how likely", "how probable")
    with pytest.raises(CourseError, match="The remote's hook did not run"):
        project.push("Say it otherwise")


def test_a_reason_of_git_is_told(project):
    with pytest.raises(CourseError, match=r"git switch failed: .*no-such-branch"):
        project.git("switch", "no-such-branch")
