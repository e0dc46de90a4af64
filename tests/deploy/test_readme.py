"""The README's table of what was tried names tests that are there, and every file has a row."""

import re

from tests.deploy.charts import FOLDER, ROOT

README = (FOLDER / "README.md").read_text()
TRIED = README.partition("## What was tried")[2]


def rows() -> list[tuple[str, str]]:
    found = re.findall(r"^\| (.*) \| (.*) \|$", TRIED, re.M)
    return [row for row in found if row[0] != "what" and not row[0].startswith("-")]


def test_what_is_said_to_be_run_or_checked_names_the_test_that_does_it():
    assert len(rows()) > 5
    for what, how in rows():
        tests = re.findall(r"`(tests/\S+\.py)`", how)
        assert all((ROOT / test).is_file() for test in tests)
        if re.search(r"\*\*(run|made|schema)\*\*", how):
            assert tests, what


def test_every_file_is_in_both_tables():
    files = {path.name for path in FOLDER.iterdir()} - {"README.md", "__pycache__"}
    first = README.partition("## Set it up")[0]
    for name in files:
        assert f"`{name}`" in first
        assert f"`{name}`" in TRIED
