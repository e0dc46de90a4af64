"""`make class` with one of its students: every score is the expected one, and it shows it."""

import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def demo_class(tmp_path, monkeypatch):
    """The script, as what it defines, for a class of the one whose feedback it fetches."""
    monkeypatch.setattr("tempfile.mkdtemp", lambda prefix: str(tmp_path))
    script = runpy.run_path(str(ROOT / "tools/demo_class.py"))
    for who in script["STUDENTS"].keys() - {"student02"}:
        del script["STUDENTS"][who]
    return script


def test_the_demonstration_ends_well(demo_class, capsys):
    assert demo_class["main"]() == 0
    shown = capsys.readouterr().out
    assert "Björn Lindberg" in shown
    assert "Every score is what the attempts were written to get." in shown
