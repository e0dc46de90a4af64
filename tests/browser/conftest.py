"""A real Jupyter server on a copy of the notebooks."""

import shutil
from collections.abc import Iterator

import pytest

from tests.browser.jupyter import ROOT, Server, serve


@pytest.fixture(scope="session")
def jupyter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("jupyter")
    release = ROOT / "release"
    if release.is_dir():
        shutil.copytree(release, home / "notebooks")
    with serve(home) as server:
        yield server
