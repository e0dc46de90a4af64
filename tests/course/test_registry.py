"""Both registries do the same; MLflow's does it without a word."""

import os
import subprocess
import sys

import mlflow
import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from course.lessons import CourseError
from course.model import make_model
from course.production import Production
from course.registry import MemoryRegistry, MlflowRegistry
from course.workspace import ROOT_VARIABLE, open_workspace


@pytest.fixture(params=[MemoryRegistry, MlflowRegistry])
def registry(request, tmp_path, monkeypatch):
    if request.param is MemoryRegistry:
        return MemoryRegistry()
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path / "ä #1 %41"))
    open_workspace("10-drift-triggered-retraining")
    return MlflowRegistry("late-flights")


@pytest.fixture(scope="module")
def batch() -> pd.DataFrame:
    return Production().features(3)


@pytest.fixture(scope="module")
def model():
    return make_model().fit(*Production().history())


@pytest.fixture(scope="module")
def small():
    """A model of three numbers, one of them whole, and what it was trained on."""
    rng = np.random.default_rng(0)
    X = pd.DataFrame(rng.normal(size=(200, 3)), columns=["a", "b", "c"])
    X["c"] = X["c"].round().astype(int)
    return make_pipeline(StandardScaler(), LogisticRegression()).fit(X, X["a"] > 0), X


def test_versions_count_up_and_keep_their_tags(registry, small):
    model, X = small
    assert [registry.register(model, {"week": str(week)}, X) for week in (4, 9, 13)] == [1, 2, 3]
    assert registry.tags(2) == {"week": "9"}
    assert registry.tags(3) == {"week": "13"}


def test_a_model_comes_back_as_it_was(registry, model, batch):
    version = registry.register(model, {}, batch)
    loaded = registry.load(version)
    np.testing.assert_array_equal(loaded.predict_proba(batch), model.predict_proba(batch))


def test_each_version_is_a_model_of_its_own_that_training_does_not_change(registry, small):
    _, X = small
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, X["a"] > 0)
    first = model.predict_proba(X)
    registry.register(model, {}, X)
    registry.register(model.fit(X, X["b"] > 0), {}, X)
    np.testing.assert_array_equal(registry.load(1).predict_proba(X), first)
    np.testing.assert_array_equal(registry.load(2).predict_proba(X), model.predict_proba(X))
    registry.load(1).fit(X, X["b"] > 0)
    np.testing.assert_array_equal(registry.load(1).predict_proba(X), first)


def test_an_alias_moves_and_goes(registry, small):
    model, X = small
    assert registry.version("champion") is None
    for _ in range(2):
        registry.register(model, {}, X)
    registry.point("champion", 1)
    registry.point("challenger", 2)
    assert (registry.version("champion"), registry.version("challenger")) == (1, 2)
    registry.point("champion", 2)
    registry.point("challenger", None)
    assert (registry.version("champion"), registry.version("challenger")) == (2, None)
    registry.point("challenger", None)
    assert registry.version("challenger") is None


@pytest.mark.parametrize("version", [2, 0, -1])
@pytest.mark.parametrize(
    "ask",
    [
        lambda registry, version: registry.load(version),
        lambda registry, version: registry.tags(version),
        lambda registry, version: registry.point("champion", version),
    ],
)
def test_a_version_that_is_none_is_named(registry, small, ask, version):
    model, X = small
    registry.register(model, {}, X)
    registry.point("champion", 1)
    with pytest.raises(ValueError, match=f"The registry has no version {version}: take one"):
        ask(registry, version)
    assert registry.version("champion") == 1


def test_what_is_registered_in_mlflow_can_be_served_and_found(model, batch, tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    open_workspace("10-drift-triggered-retraining")
    version = MlflowRegistry("late-flights").register(model, {"week": "4"}, batch)
    again = MlflowRegistry("late-flights")
    again.point("champion", version)
    assert again.register(model, {}, batch) == version + 1

    served = mlflow.pyfunc.load_model("models:/late-flights@champion")
    sent = batch.astype(dict.fromkeys(batch.select_dtypes("number"), "float64"))
    sent = sent.astype(dict.fromkeys(batch.select_dtypes("category"), "str"))
    np.testing.assert_array_equal(served.predict(sent), model.predict_proba(batch))
    assert served.metadata.get_input_schema().input_names() == list(batch.columns)
    (found,) = mlflow.MlflowClient().search_model_versions("tag.week = '4'")
    assert (found.name, int(found.version)) == ("late-flights", version)


def test_what_mlflow_wrote_about_a_version_can_be_read(small, tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path / "ä #1 %41"))
    open_workspace("07-model-versioning")
    model, X = small
    registry = MlflowRegistry("abc")
    info = registry.info(registry.register(model, {}, X))
    assert info.signature.inputs.input_names() == ["a", "b", "c"]
    assert info.flavors["sklearn"]["serialization_format"] == "skops"
    with pytest.raises(ValueError, match="The registry has no version 2"):
        registry.info(2)


def test_a_model_registered_in_a_run_belongs_to_it(small, tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    open_workspace("10-drift-triggered-retraining")
    model, X = small
    with mlflow.start_run() as run:
        MlflowRegistry("abc").register(model, {}, X)
    assert mlflow.MlflowClient().get_model_version("abc", "1").run_id == run.info.run_id


def test_without_a_workspace_mlflow_is_not_let_loose(monkeypatch):
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    with pytest.raises(CourseError, match=r"run open_workspace\(\.\.\.\) first"):
        MlflowRegistry("late-flights")


QUIET = """
from course.model import make_model
from course.production import Production
from course.registry import MlflowRegistry
from course.workspace import open_workspace

open_workspace("10-drift-triggered-retraining")
X, y = Production().history()
model = make_model().fit(X, y)
registry = MlflowRegistry("late-flights")
for week in range(2):
    version = registry.register(model, {"week": str(week)}, X)
    registry.point("champion", version)
registry.load(version).predict_proba(X)
registry.point("champion", None)
"""


def test_nothing_is_printed_and_nothing_left_in_the_temporary_folder(tmp_path):
    (tmp_path / "tmp").mkdir()
    places = {ROOT_VARIABLE: str(tmp_path), "TMPDIR": str(tmp_path / "tmp")}
    run = subprocess.run(
        [sys.executable, "-c", QUIET], capture_output=True, text=True, env=os.environ | places
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert list((tmp_path / "tmp").iterdir()) == []
