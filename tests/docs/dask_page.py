"""What docs/grading.md has Dask told, and certificates by the names that it has."""

from pathlib import Path

import yaml
from distributed.security import Security
from markdown_it import MarkdownIt

from tests.docs.pages import ROOT

PAGE = (ROOT / "docs/grading.md").read_text()


def settings() -> dict:
    """Return what the page says that Dask is to be told."""
    (block,) = (token for token in MarkdownIt().parse(PAGE) if token.info == "yaml")
    told: dict = yaml.safe_load(block.content)
    return told


def certify(folder: Path) -> None:
    """Write certificates that Dask makes, under the names that the page has."""
    made = Security.temporary()
    (folder / "ca.pem").write_text(made.tls_ca_file)
    (folder / "me.pem").write_text(made.tls_scheduler_cert)
    (folder / "me-key.pem").write_text(made.tls_scheduler_key)
