import numpy as np
import pandas as pd
import pytest

from course.model import make_model


@pytest.fixture
def table() -> tuple[pd.DataFrame, np.ndarray]:
    rng = np.random.default_rng(0)
    airports = pd.Categorical(rng.choice(["JFK", "LGA"], 2000), categories=["JFK", "LGA", "XXX"])
    X = pd.DataFrame({"origin": airports, "time_of_day": rng.uniform(0, 24, 2000)})
    return X, (X["time_of_day"] + rng.normal(0, 4, 2000) > 14).to_numpy(float)


def test_it_learns_and_gives_probabilities(table: tuple[pd.DataFrame, np.ndarray]) -> None:
    X, late = table
    probability = make_model().fit(X, late).predict_proba(X)[:, 1]
    assert ((probability >= 0) & (probability <= 1)).all()
    assert probability[late == 1].mean() > probability[late == 0].mean() + 0.3


def test_a_new_airport_and_a_missing_number_are_predicted(
    table: tuple[pd.DataFrame, np.ndarray],
) -> None:
    X, late = table
    model = make_model().fit(X, late)
    strange = pd.DataFrame(
        {"origin": pd.Categorical(["XXX"]), "time_of_day": [float("nan")]},
    )
    median = strange.assign(time_of_day=X["time_of_day"].median())
    assert model.predict_proba(strange)[0, 1] == pytest.approx(model.predict_proba(median)[0, 1])


def test_the_order_of_rows_makes_no_difference(table: tuple[pd.DataFrame, np.ndarray]) -> None:
    X, late = table
    back = np.arange(len(X))[::-1]
    one, other = make_model().fit(X, late), make_model().fit(X.iloc[back], late[back])
    np.testing.assert_allclose(one.predict_proba(X), other.predict_proba(X), atol=1e-6)
