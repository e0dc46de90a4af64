"""Whoever is champion, the way back is known, even if the power went in the middle."""

import mlflow
import pytest

from course.champions import champion, crown, former, uncrown
from course.drills import killed, new_model
from course.workspace import ROOT_VARIABLE, open_workspace


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path / "ä #1 %41"))
    open_workspace("07-model-versioning")
    return mlflow.MlflowClient()


@pytest.fixture
def name(client) -> str:
    return new_model(versions=4)


def test_at_first_nobody_is_champion_and_nobody_was(client, name):
    assert (champion(client, name), former(client, name)) == (None, [])
    crown(client, name, 3)
    assert (champion(client, name), former(client, name)) == (3, [])


def test_back_twice_goes_back_two(client, name):
    for version in (1, 3, 2, 3):
        crown(client, name, version)
    assert former(client, name) == [1, 3, 2]
    assert [uncrown(client, name) for _ in range(3)] == [2, 3, 1]
    assert (champion(client, name), former(client, name)) == (1, [])
    with pytest.raises(ValueError, match="none to go back to"):
        uncrown(client, name)
    assert champion(client, name) == 1


def test_who_is_champion_already_is_not_noted_as_a_former_one(client, name):
    for version in (1, 2, 2):
        crown(client, name, version)
    assert former(client, name) == [1]


def test_other_aliases_stay(client, name):
    client.set_registered_model_alias(name, "challenger", "4")
    crown(client, name, 1)
    crown(client, name, 2)
    uncrown(client, name)
    assert client.get_registered_model(name).aliases == {"champion": 1, "challenger": 4}


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_promotion_that_is_killed_leaves_a_champion_and_the_way_back(client, name, step):
    crown(client, name, 1)
    crown(client, name, 2)
    assert killed(step, lambda own: crown(own, name, 3)) == (step < 3)
    serving = champion(client, name)
    assert serving == (2 if step < 3 else 3)
    assert [uncrown(client, name) for _ in range(serving - 1)] == [*range(1, serving)][::-1]


@pytest.mark.parametrize("step", [1, 2, 3, 4])
@pytest.mark.parametrize("cut_before", [False, True])
def test_a_rollback_that_is_killed_skips_nobody(client, name, step, cut_before):
    for version in (1, 2, 3):
        crown(client, name, version)
    if cut_before:  # the note is made, and the alias not moved
        assert killed(2, lambda own: crown(own, name, 4))
    assert killed(step, lambda own: uncrown(own, name)) == (step < 4)
    serving = champion(client, name)
    assert serving == (3 if step < 3 else 2)
    assert uncrown(client, name) == serving - 1
