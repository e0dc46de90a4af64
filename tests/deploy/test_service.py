"""systemd takes the unit that the hub runs in, every line of it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

UNIT = Path(__file__).parents[2] / "deploy/jupyterhub/jupyterhub.service"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_knows_every_setting_of_the_unit(tmp_path):
    text, changed = re.subn(r"(?m)^ExecStart=.*$", "ExecStart=/bin/true", UNIT.read_text())
    assert changed == 1  # by a program that is here
    unit = tmp_path / UNIT.name
    unit.write_text(text)
    done = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
