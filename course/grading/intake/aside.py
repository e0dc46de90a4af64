"""Set aside what cannot be graded safely of a folder that was handed in."""

import os
import stat
from pathlib import Path

from nbgrader.utils import parse_utc

from course.grading.intake.folder import Item, open_file, open_folder, survey
from course.grading.intake.limits import DEFAULT_LIMITS, IntakeLimits

TIME = "timestamp.txt"  # nbgrader's note of when a submission was handed in
TIME_CHARS = 100
TOLD = 20  # sentences about one folder


def set_aside(folder: Path, refuse_to: Path, limits: IntakeLimits = DEFAULT_LIMITS) -> list[str]:
    """Move what is not a plain file or folder, or exceeds a limit, out of a submission.

    Nothing is followed, read or deleted. A `timestamp.txt` that holds no time, which would stop
    nbgrader, is moved too.

    Parameters
    ----------
    folder : Path
        A student's submission of an assignment.
    refuse_to : Path
        Where to, on the same file system; it is made if something is moved. What lay in it keeps
        its name, and what comes gets another.
    limits : IntakeLimits, optional
        What files and folders may be at most.

    Returns
    -------
    list of str
        A sentence for each; after many, one for all the others.
    """
    if not stat.S_ISDIR(folder.lstat().st_mode):
        folder.rename(_free(refuse_to / folder.name))
        return [f"The submission is no folder but a file or a link: it was moved to {refuse_to}."]
    try:
        descriptor = open_folder(folder)
    except OSError as error:
        return [f"The submission cannot be opened ({error.strerror}): let it be read, and go on."]
    told = []
    try:
        for item in survey(descriptor, limits):
            fault = item.fault or fault_of_time(item)
            if fault:
                told.append(f"{str(item.path)!r} {fault}: {_move(item, refuse_to)}.")
    finally:
        os.close(descriptor)
    if len(told) > TOLD:
        told[TOLD:] = [f"{len(told) - TOLD:,} more were moved to {refuse_to}."]
    return told


def _move(item: Item, refuse_to: Path) -> str:
    """Move it, and say so."""
    try:
        os.rename(item.path.name, _free(refuse_to / item.path), src_dir_fd=item.parent)
    except OSError as error:
        return f"it could not be moved to {refuse_to} ({error.strerror})"
    return f"it was moved to {refuse_to}"


def _free(path: Path) -> Path:
    """Return a path that nothing has, near this one, in a folder that exists."""
    path.parent.mkdir(parents=True, exist_ok=True)
    number, free = 0, path
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{path.name}.{number}")
    return free


def fault_of_time(item: Item) -> str:
    """Return what is wrong with nbgrader's note of the time, if this is one and holds none."""
    if str(item.path) != TIME:
        return ""
    try:
        with open(open_file(item), encoding="utf-8") as file:  # noqa: PTH123 - not by its path
            said = file.read(TIME_CHARS + 1)
        if said.strip():
            parse_utc(said.strip())
    except Exception:  # of a text from a stranger, dateutil raises whatever comes
        return "holds no time"
    return "holds no time" if len(said) > TIME_CHARS else ""
