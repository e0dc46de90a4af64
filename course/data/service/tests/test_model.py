import pandas as pd

from flightdesk.model import make_model


def test_the_model_gives_probabilities_also_where_a_number_is_missing():
    X = pd.DataFrame(
        {"origin": ["JFK", "LGA"] * 20, "carrier": ["B6", "DL"] * 20, "minutes": [360.0, None] * 20}
    )
    answer = make_model().fit(X, [0, 1] * 20).predict_proba(X)
    assert answer.shape == (40, 2)
    assert ((answer >= 0) & (answer <= 1)).all()
