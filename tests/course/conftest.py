import pandas as pd
import pytest

from course.flights import load_flights, load_weather


@pytest.fixture(scope="session")
def flights() -> pd.DataFrame:
    return load_flights()


@pytest.fixture(scope="session")
def weather() -> pd.DataFrame:
    return load_weather()
