"""deploy/kubernetes/Dockerfile, as far as that goes without an engine: its steps in a folder.

What Debian's packages are is left out, and uv installs in place of pip, which takes minutes; both
read the same lock. COPY and RUN happen below a folder in place of `/opt/mlops`.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.charts import FOLDER, ROOT

PREFIX = "/opt/mlops"
USE = """
import course.flights, dask_gateway, importlib.metadata as m, jupyterhub, nbgrader, sys
assert course.__file__.startswith(sys.prefix)
print(jupyterhub.__version__, len(course.flights.load_flights(months=[1])))
"""


def steps() -> list[tuple[str, str]]:
    """Return the instructions of the Dockerfile."""
    text = re.sub(r"^#.*\n", "", (FOLDER / "Dockerfile").read_text(), flags=re.M)
    return [tuple(line.split(" ", 1)) for line in text.replace("\\\n", "").splitlines() if line]


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """The folder that stands for `/opt/mlops`, after all steps."""
    place = tmp_path_factory.mktemp("image") / "mlops"
    uv = f"{shlex.quote(sys.executable)} -m uv pip install --quiet --python {place}/env/bin/python"
    arguments = {}
    for kind, rest in steps():
        if kind == "ARG":
            name, _, value = rest.partition("=")
            arguments[name] = value
        elif kind == "COPY":
            *sources, target = shlex.split(rest.replace(PREFIX, str(place)))
            for source in sources:
                copy(ROOT / source, target)
        elif kind == "RUN" and "apt-get" not in rest and "/home/jovyan" not in rest:
            line = rest.replace(f"{PREFIX}/env/bin/pip install --quiet --no-cache-dir", uv)
            line = line.replace(PREFIX, str(place))
            assert "/pip " not in line
            subprocess.run(
                ["sh", "-euc", line], env=os.environ | arguments | {"PATH": path()}, check=True
            )
    return place


def path() -> str:
    return f"{Path(sys.base_prefix) / 'bin'}:/usr/local/bin:/usr/bin:/bin"


def copy(source: Path, target: str) -> None:
    """Copy as COPY does: a folder's content, or a file into a folder that ends with `/`."""
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        assert target.endswith("/")
        Path(target).mkdir(parents=True, exist_ok=True)
        shutil.copy(source, target)


def test_the_image_has_the_package_the_lock_and_the_hubs_version(image):
    wanted = next(rest for kind, rest in steps() if kind == "ARG").partition("=")[2]
    said = subprocess.run(
        [image / "env/bin/python", "-c", USE], capture_output=True, text=True, cwd=image
    )
    assert said.stdout == f"{wanted} 27004\n", said.stderr
    for program in ("dask", "jupyterhub-singleuser", "mlops-course", "nbgrader"):
        assert (image / "env/bin" / program).is_file()


def test_nbgrader_and_jupyterlab_find_their_settings(image):
    listed = subprocess.run(
        [image / "env/bin/jupyter", "--paths", "--json"], capture_output=True, text=True, check=True
    ).stdout
    assert str(image / "env/etc/jupyter") in listed
    for name in (
        "nbgrader_config.py",
        "jupyter_config.json",
        "jupyter_server_config.json",
        "labconfig/page_config.json",
    ):
        assert (image / "env/etc/jupyter" / name).is_file()
    assert (image / "env/share/jupyter/lab/settings/overrides.json").is_file()


def test_no_answer_is_in_the_image(image):
    sources = [shlex.split(rest)[:-1] for kind, rest in steps() if kind == "COPY"]
    copied = {name for names in sources for name in names}
    assert not {name.split("/")[0] for name in copied} & {".", "lessons", "source", "tests"}
    assert not (image / "src").exists()


def test_debian_has_what_apt_is_asked_for_on_the_hub_of_one_machine_too():
    (line,) = (rest for kind, rest in steps() if "apt-get install" in rest)
    asked = set(line.partition("--no-install-recommends ")[2].partition(" &&")[0].split())
    setup = (ROOT / "deploy/jupyterhub/setup").read_text()
    there = set(re.search(r"--no-install-recommends (.*)", setup)[1].split())
    assert asked == there - {"nodejs", "npm"}
