"""Import, once and quickly, what every process that grades needs.

A process that is forked from one that has imported this module begins to grade at once.
"""

# ruff: noqa: E402, F401 - much is imported here for those who need it later, and not at once

import gc

from course.grading.absent import absent

gc.disable()  # what is imported stays: there is no garbage to look for meanwhile

# A grammar of web addresses, which jsonschema would build in more time than all the rest takes
# together; no step of the grading asks whether a string is such an address.
with absent("rfc3987_syntax"):
    import nbgrader.converters

import multiprocessing.popen_forkserver

import dask
import distributed.nanny
import IPython.paths
import nbformat
import numpy.random
import sqlalchemy.dialects.sqlite
from distributed.utils import get_mp_context
from nbformat.v4 import new_notebook
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

nbformat.validate(new_notebook())  # for this its schema is compiled
configure_mappers()
own_code()  # what is loaded now is what all of them run, whatever becomes of the files

gc.freeze()  # nor in those that are forked
gc.enable()
