"""What the data must look like before anybody learns from it."""

import sys
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

FILES = ("data/train.csv", "data/golden.csv")

SCHEMA = pa.DataFrameSchema(
    {
        "origin": pa.Column(str, pa.Check.isin(["EWR", "JFK", "LGA"])),
        "carrier": pa.Column(str, pa.Check.str_length(2, 2)),
        "sched_dep_time": pa.Column(int, pa.Check.in_range(0, 2400)),
        "distance": pa.Column(int, pa.Check.in_range(50, 5000), description="miles"),
        "temp": pa.Column(float, pa.Check.in_range(-20, 110), nullable=True, description="°F"),
        "humid": pa.Column(float, pa.Check.in_range(0, 100), nullable=True, description="%"),
        "wind_speed": pa.Column(float, pa.Check.in_range(0, 120), nullable=True, description="mph"),
        "precip": pa.Column(float, pa.Check.in_range(0, 5), nullable=True, description="inches"),
        "visib": pa.Column(float, pa.Check.in_range(0, 10), nullable=True, description="miles"),
        "late": pa.Column(int, pa.Check.isin([0, 1])),
    },
    strict=True,
)


def main() -> None:
    """Check every file, and name what is wrong in it."""
    for file in FILES:
        try:
            SCHEMA.validate(pd.read_csv(Path(file)), lazy=True)
        except pa.errors.SchemaErrors as errors:
            wrong = errors.failure_cases.groupby(["column", "check"])["failure_case"]
            print(f"{file} breaks its schema:")
            print(wrong.agg(rows="size", example="first").to_string())
            sys.exit(1)
        print(f"{file} is as its schema says.")


if __name__ == "__main__":
    main()
