"""Let another process import what grading a class needs, as early as that can be."""

import multiprocessing
from multiprocessing import forkserver

FIRST = ["course.grading.classroom.forker", "course.grading.classroom.ready"]  # to be imported


def begin() -> None:
    """Start the process that `apart.grade_apart` has others forked from, if it does not run."""
    if "forkserver" in multiprocessing.get_all_start_methods():  # or grading will be refused
        multiprocessing.get_context("forkserver").set_forkserver_preload(FIRST)
        forkserver.ensure_running()
