import pandas as pd

from flightdesk.features import features, minutes

FLIGHTS = pd.DataFrame(
    {
        "origin": ["JFK", "LGA"],
        "carrier": ["B6", "DL"],
        "distance": [1069, 762],
        "sched_dep_time": [600, 900],
        "temp": [37.0, 39.0],
        "humid": [55.0, None],
        "wind_speed": [8.0, 12.0],
        "precip": [0.0, 0.0],
        "visib": [10.0, 10.0],
    }
)


def test_a_full_hour_is_sixty_minutes():
    assert minutes(pd.Series([0, 600, 900])).to_list() == [0, 360, 540]


def test_there_is_a_row_for_each_flight():
    assert len(features(FLIGHTS)) == 2
