"""The exchange of Kubernetes, made in a folder of this machine by the README's commands."""

import os
import re
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.deploy.charts import FOLDER, Values, documents

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="folders are given to others by root")
README = (FOLDER / "README.md").read_text()


@pytest.fixture
def exchange():
    """The exchange's root; not among pytest's folders, which are closed to others."""
    path = documents("volumes.yaml")[0]["spec"]["nfs"]["path"]
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        made = Path(folder, "exchange")
        for command in re.findall(r"^    (install .*)$", README, re.M):
            assert path in command
            subprocess.run(command.replace(path, str(made)).split(), check=True)
        yield made


def run_as(who, *command):
    """Run a command by the number that somebody has in people.yaml."""
    passwd = Values(documents("people.yaml")[0]).get_config(
        "singleuser.extraFiles.passwd.stringData"
    )
    (number,) = re.findall(rf"^{who}:x:(\d+):\1:", passwd, re.M)
    return subprocess.run(
        command,
        user=int(number),
        group=int(number),
        extra_groups=[],
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    "attempt",
    ["mv {} {}-of-ben", "mv -T {}-of-ben {}", "rmdir {}", "mkdir {}/mine", "chmod 777 {}"],
)
def test_nobody_puts_an_exchange_of_his_own_in_the_place_of_the_courses(exchange, attempt):
    course = exchange / "mlops"
    if "-T" in attempt:
        assert run_as("ben", "mkdir", f"{course}-of-ben").returncode == 0
    done = run_as("ben", *attempt.replace("{}", str(course)).split())
    assert done.returncode != 0
    assert "not permitted" in done.stderr or "Permission denied" in done.stderr
    assert (course.stat().st_uid, course.stat().st_mode & 0o777) == (2000, 0o755)


def test_the_course_has_its_folder_and_all_may_write_beside_it(exchange):
    for who, path in (("grader-mlops", exchange / "mlops/inbound"), ("ada", exchange / "ada")):
        done = run_as(who, "mkdir", str(path))
        assert done.returncode == 0, done.stderr
