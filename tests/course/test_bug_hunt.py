"""A hunt tells a test that finds bugs from one that finds nothing, or fails on everything."""

import pytest

from course.bug_hunt import hunt
from course.lessons import CourseError
from course.project import TEMPLATE

MODULE = "flightdesk/features.py"
BUGS = {
    "decimal hours": ("hhmm // 100 * 60 + hhmm % 100", "hhmm * 0.6"),
    "no midnight": (" % 1440", ""),
}
GOOD = """
import pandas as pd
from flightdesk.features import minutes
def test_minutes():
    assert minutes(pd.Series([30, 1435, 2400])).to_list() == [30, 875, 0]
"""


@pytest.mark.parametrize(
    ("test", "verdicts"),
    [
        (GOOD, ["passed", "failed", "failed"]),
        (GOOD.replace("30, 1435, 2400", "30").replace("30, 875, 0", "30"),
         ["passed", "failed", "passed"]),
        ("def test_nothing():\n    pass", ["passed"] * 3),
        ("def test_all():\n    assert False", ["failed"] * 3),
        ("import pytest\ndef test_skipped():\n    pytest.skip()", ["passed"] * 3),
        ("x = 1", ["did not run"] * 3),  # no test in it
        ("def test_typo(:", ["did not run"] * 3),
        ("import no_such_module", ["did not run"] * 3),
        ("", ["did not run"] * 3),
        ("import os\nos._exit(9)", ["did not run"] * 3),
    ],
)  # fmt: skip
def test_a_test_is_tried_on_healthy_code_and_on_each_bug(test, verdicts):
    found = hunt(test, TEMPLATE, MODULE, BUGS)
    assert found.index.to_list() == ["healthy", *BUGS]
    assert found.str.split(":").str[0].to_list() == verdicts


@pytest.mark.parametrize("step", [1, -1])
def test_versions_come_in_any_order(tmp_path, monkeypatch, step):
    monkeypatch.setattr("random.sample", lambda names, _: names[::step])
    spy = f"""
from pathlib import Path
def test_spy():
    with open({str(tmp_path / "seen")!r}, "a") as seen:
        seen.write(str(Path.cwd().parent) + "\\n")
    assert len(Path({str(tmp_path / "seen")!r}).read_text().split()) == 1
"""
    found = hunt(spy, TEMPLATE, MODULE, BUGS)
    assert found.str.split(":").str[0].to_list() == ["passed", "failed", "failed"][::step]
    folders = (tmp_path / "seen").read_text().split()
    assert len({*folders}) == 3


@pytest.mark.parametrize(
    ("test", "reason"),
    [
        ("def test():\n    pd.Series()", "failed: NameError: name 'pd' is not defined"),
        ("def test():\n    assert 1 == 2, 'no'", "failed: AssertionError: no"),
        ("import no_such_module", "did not run: ModuleNotFoundError: No module named"),
        ("def test_typo(:", "did not run: "),
    ],
)
def test_it_is_told_why_healthy_code_did_not_pass(test, reason):
    assert hunt(test, TEMPLATE, MODULE, {})["healthy"].startswith(reason)


def test_an_endless_test_ends(monkeypatch):
    monkeypatch.setattr("course.bug_hunt.LIMIT", 3.0)
    found = hunt("def test_on():\n    while True: pass", TEMPLATE, MODULE, BUGS)
    assert found.to_list() == ["did not run"] * 3


def test_the_project_stays_as_it_is():
    before = {path: path.stat().st_mtime for path in TEMPLATE.rglob("*")}
    hunt(GOOD + "\nopen('flightdesk/features.py', 'w').close()", TEMPLATE, MODULE, BUGS)
    assert {path: path.stat().st_mtime for path in TEMPLATE.rglob("*")} == before


def test_a_bug_that_has_no_place_is_refused():
    with pytest.raises(CourseError, match="'typo' needs a text that stands in flightdesk"):
        hunt(GOOD, TEMPLATE, MODULE, {"typo": ("no such text", "")})
