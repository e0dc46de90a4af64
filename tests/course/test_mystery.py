"""The incident can be solved by hand, and only just."""

import json
import pickle

import pandas as pd
import pytest

from course.mystery import FILES, SWAPPED, WEEK, leave_three_files, log_lines, scores
from course.production import Production


@pytest.fixture(scope="module")
def incident(tmp_path_factory):
    return leave_three_files(tmp_path_factory.mktemp("incident"))


@pytest.fixture(scope="module")
def agrees(incident) -> pd.DataFrame:
    """Which file gave each logged score, by the time of the prediction."""
    log = [json.loads(line) for line in incident.log.read_text().splitlines()]
    flights = Production().features(WEEK).loc[[line["flight"] for line in log]]
    given = {
        name: scores(pickle.loads((incident.models / name).read_bytes()), flights)  # noqa: S301
        for name in FILES
    }
    late = [line["late"] for line in log]
    return pd.DataFrame(given, [line["time"] for line in log]).eq(late, axis="index")


def test_no_file_explains_the_whole_log_and_two_explain_most(agrees):
    oldest, second, third = (agrees[name].mean() for name in FILES)
    assert oldest < 0.05
    assert 0.5 < second < 0.95
    assert 0.5 < third < 0.95


def test_one_file_served_up_to_the_swap_and_another_from_there(agrees):
    before, after = agrees[agrees.index < SWAPPED], agrees[agrees.index >= SWAPPED]
    assert before[FILES[2]].all()
    assert after[FILES[1]].all()
    assert agrees.index[~agrees[FILES[2]]].min() == SWAPPED


def test_a_log_can_name_the_model(incident):
    model = pickle.loads((incident.models / FILES[0]).read_bytes())  # noqa: S301
    line = json.loads(log_lines(model, "models:/flight-delays/3")[0])
    assert line["model"] == "models:/flight-delays/3"
    assert "model" not in json.loads(log_lines(model)[0])


def test_a_second_incident_takes_the_place_of_the_first(incident):
    (incident.models / "model_final_v3.pkl").write_bytes(b"a gift")
    log = incident.log.read_text()
    assert leave_three_files(incident.log.parent) == incident
    assert sorted(file.name for file in incident.models.iterdir()) == sorted(FILES)
    assert incident.log.read_text() == log
