"""Import, once and quickly, what every process that grades needs.

A process that is forked from one that has imported this module begins to grade at once.
"""

# ruff: noqa: E402, F401 - much is imported here for those who need it later, and not at once

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def absent(*modules: str) -> Iterator[None]:
    """Make modules that are not imported yet seem not to be installed.

    Parameters
    ----------
    *modules : str
        What whoever imports it can do without.

    Examples
    --------
    >>> with absent("antigravity"):
    ...     import antigravity
    Traceback (most recent call last):
    ModuleNotFoundError: import of antigravity halted; None in sys.modules
    """
    hidden = [name for name in modules if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None is what hides it
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


gc.disable()  # what is imported stays: there is no garbage to look for meanwhile

# A grammar of web addresses, which jsonschema would build in more time than all the rest takes
# together; no step of the grading asks whether a string is such an address.
with absent("rfc3987_syntax"):
    import nbgrader.converters

import multiprocessing.popen_forkserver

import cryptography.x509
import dask
import distributed.nanny
import numpy.random
import sqlalchemy.dialects.sqlite
from distributed.utils import get_mp_context
from sqlalchemy.orm import configure_mappers

import course.grading.classroom.grade
import course.grading.contained
import course.grading.limit
import course.grading.restore
import course.grading.verdict
from course.grading.classroom.crew import SETTINGS
from course.grading.classroom.fingerprint import own_code

# Dask would have a fork server import what its workers might need of these; ours need nothing.
with dask.config.set(SETTINGS), absent("numpy", "pandas", "lz4"):
    get_mp_context()

configure_mappers()
own_code()  # what is loaded now is what all of them run, whatever becomes of the files

gc.freeze()  # nor in those that are forked
gc.enable()
