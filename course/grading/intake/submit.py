"""Hand in as a whole, and to nobody but those who collect.

Switched on where students have accounts of their own, as by `deploy/jupyterhub`::

    c.ExchangeFactory.submit = "course.grading.intake.submit.PrivateSubmit"
"""

import tempfile
from pathlib import Path

from nbgrader.exchange.default import ExchangeSubmit


class PrivateSubmit(ExchangeSubmit):  # type: ignore[misc]  # nbgrader has no types
    """nbgrader's own way of submitting, at once and without rights for others.

    nbgrader copies file by file to where submissions are collected, so that one collected meanwhile
    is torn; and lets everybody who knows its path read and change it. Here it is copied into a
    hidden folder, which no command collects, and then moved. Its folder's group is that of
    `inbound`, which is setgid and made by the account that collects.
    """

    inbound_path: str
    assignment_filename: str

    def copy_files(self) -> None:
        """Copy the assignment, and then show it to those who collect."""
        inbound = Path(self.inbound_path)
        with tempfile.TemporaryDirectory(prefix=".submitting-", dir=inbound) as hidden:
            self.inbound_path = hidden
            super().copy_files()
            whole = Path(hidden) / self.assignment_filename
            whole.chmod(0o770)
            whole.rename(inbound / self.assignment_filename)
