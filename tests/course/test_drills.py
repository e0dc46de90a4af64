"""A process that is killed before a change has made those before it, and no other."""

import sys
import warnings

import mlflow
import numpy as np
import pytest

from course.drills import killed, new_model, small_model
from course.workspace import ROOT_VARIABLE, open_workspace


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path / "ä #1 %41"))
    open_workspace("07-model-versioning")
    return mlflow.MlflowClient()


@pytest.fixture
def name(client) -> str:
    return new_model(versions=1)


def tagged(client, name: str) -> list[str]:
    return sorted(client.get_registered_model(name).tags)


@pytest.mark.parametrize("step", [1, 2, 3, 4])
def test_what_comes_before_is_done_and_what_comes_after_is_not(client, name, step):
    def work(own):
        for key in "abc":
            own.get_registered_model(name)  # to look is no change
            own.set_registered_model_tag(name, key, "x")

    assert killed(step, work) == (step < 4)
    assert tagged(client, name) == ["a", "b", "c"][: step - 1]


def test_nothing_is_tidied_up(client, name):
    def work(own):
        try:
            own.set_registered_model_tag(name, "a", "x")
            own.set_registered_model_tag(name, "b", "x")
        finally:
            own.set_registered_model_tag(name, "too late", "x")

    assert killed(2, work)
    assert tagged(client, name) == ["a"]


def test_an_error_of_its_own_is_no_kill(client, name):
    with pytest.raises(RuntimeError, match=r"MlflowException.*: call it here to see the error"):
        killed(2, lambda own: own.set_registered_model_alias(name, "champion", "7"))


def test_nothing_is_heard_of_the_child(client, name, capfd):
    def work(own):
        print("hello")
        print("trouble", file=sys.stderr)
        warnings.warn("old", stacklevel=1)
        own.set_registered_model_tag(name, "a", "x")

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        assert killed(2, work) is False
    assert capfd.readouterr() == ("", "")
    assert tagged(client, name) == ["a"]


def test_practice_models_have_names_of_their_own(client):
    assert new_model(versions=0) != new_model(versions=0)


def test_a_small_model_is_the_same_for_a_seed_and_another_for_another():
    (one, rows), (again, same), (other, _) = (small_model(seed) for seed in (1, 1, 2))
    assert rows.equals(same)
    np.testing.assert_array_equal(one.predict_proba(rows), again.predict_proba(rows))
    assert not np.allclose(one.predict_proba(rows), other.predict_proba(rows))
