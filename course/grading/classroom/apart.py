"""Grade a class in another process, which is at work sooner than this one could be.

To import nbgrader and Dask takes more than a second. It is done once, in a process that then forks
those who need them: the one that runs `grade_class`, and each worker. Meanwhile this process loads
the settings, and starts the warm process that the kernels come from.
"""

import json
import multiprocessing
import os
import signal
import sys
import threading
import time
from copy import deepcopy
from dataclasses import asdict
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from traitlets import TraitError
from traitlets.config import Config

from course.grading.classroom.begin import begin
from course.grading.classroom.configuration import from_json, load, to_json
from course.grading.classroom.outcome import Outcome, Tell, Wish, cores
from course.grading.errors import GradingError, sentence_of

if TYPE_CHECKING:  # importing it takes time, which only the one who starts it has
    from course.grading.kernel.warm import Warm

WARM_LOST = (
    "The process that kernels are forked from has ended (was it killed, or out of memory?): run "
    "the same command again; what was recorded before stays."
)
NAME = "grader"  # of the process that grades
GRACE = 10.0  # seconds to end in, when asked to


def grade_apart(folder: Path, wish: Wish, tell: Tell) -> list[Outcome]:
    """Do as `grade.grade_class` does.

    Parameters
    ----------
    folder : Path
        The course's folder.
    wish : Wish
        What is to be graded.
    tell : callable
        Called as things happen.

    Returns
    -------
    list of Outcome
        One for each submission.

    Raises
    ------
    GradingError
        If grading cannot begin, or go on.
    """
    begin()
    config = load(folder)
    warm = None if wish.scheduler else _warm(config, max(1, cores() // wish.processes))
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe(duplex=False)
    told = json.dumps({**asdict(wish), "warm_socket": warm.path if warm else ""})
    process = context.Process(name=NAME, target=_work, args=(theirs, to_json(config), told))
    process.start()
    theirs.close()
    try:
        while True:
            kind, what = json.loads(ours.recv_bytes())
            if kind == "end":
                return [Outcome.read(each) for each in what]
            if kind == "error":
                raise GradingError(what)
            if kind == "outcome" and warm and (warm.lost or warm.trouble):
                raise GradingError(warm.trouble or WARM_LOST)
            tell(kind, Outcome.read(what) if kind == "outcome" else what)
    except EOFError:
        raise GradingError(
            "The process that grades has ended (was it killed, or out of memory?): run the same "
            "command again; what was recorded before stays."
        ) from None
    finally:
        if warm:
            warm.dismiss()
        process.terminate()
        process.join(GRACE)
        process.kill()
        process.join()


def _warm(config: Config, share: int) -> "Warm":
    """Start the warm process that all workers' kernels come from, with so many cores each."""
    from course.grading.kernel.settings import KernelSettings
    from course.grading.kernel.start import refusal, start_warm

    config = deepcopy(config)
    config.ContainedProvisioner.setdefault("cores", share)
    try:
        if sentence := refusal(config, str(config.CourseDirectory.root)):
            raise GradingError(sentence)
        return start_warm(KernelSettings.of(config))
    except TraitError as error:
        raise GradingError(sentence_of(error)) from None


def _work(connection: Connection, settings: str, wish: str) -> None:
    """Grade, in the process that was forked for it."""
    from course.grading.classroom.grade import grade_class

    def tell(kind: str, what: Any) -> None:
        plain = asdict(what) if isinstance(what, Outcome) else what
        connection.send_bytes(json.dumps([kind, plain]).encode())

    # Workers are to be forked where we were. multiprocessing documents that a child uses its
    # parent's fork server, and starts another one all the same.
    forkserver.ensure_running.__self__.ensure_running = lambda: None  # type: ignore[attr-defined]
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        outcomes = grade_class(from_json(settings), Wish(**json.loads(wish)), tell)
        tell("end", [asdict(each) for each in outcomes])
    except Exception as error:
        tell("error", sentence_of(error))


def _end_with_parent() -> None:
    """End this process when the one at the terminal is gone, even if it was killed."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
