"""Start the warm process that this process's kernels come from, or say why there can be none."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from traitlets.config import Config

from course.grading.kernel import bubble
from course.grading.kernel.settings import KernelSettings, Warmth
from course.grading.kernel.warm import KernelError, Warm

SQLITE = "sqlite:///"

_shared: dict[tuple[int, Warmth], Warm] = {}


def start_warm(settings: KernelSettings) -> Warm:
    """Return the warm process of this one, which is started if there is none yet.

    Parameters
    ----------
    settings : KernelSettings
        What it is to be made of.

    Raises
    ------
    KernelError
        If no sandbox can be made and the settings do not allow to go without one.
    """
    if settings.warm_socket:
        key = settings.warmth(sandboxed=True)
        if (os.getpid(), key) not in _shared:
            _shared[os.getpid(), key] = Warm.connect(settings.warm_socket)
        return _shared[os.getpid(), key]
    warm = _warm(settings.warmth(sandboxed=True))
    if not warm.refusal:
        return warm
    if not settings.allow_unsandboxed:
        raise KernelError(warm.refusal)
    return _warm(settings.warmth(sandboxed=False))


def trouble(config: Config) -> str:
    """Say what of `ContainedProvisioner.warm` could not be imported or called, once that is known.

    Parameters
    ----------
    config : Config
        nbgrader's settings, by which kernels can be started: `refusal` has nothing to say.

    Returns
    -------
    str
        A sentence; nothing if all is well.
    """
    return start_warm(KernelSettings.of(config)).trouble


def refusal(config: Config, root: str = "") -> str | None:
    """Say why learners' code cannot be contained on this machine; the cure is in the sentence.

    A sandbox is really made to find out, by the warm process that kernels will be forked from.

    Parameters
    ----------
    config : Config
        nbgrader's settings.
    root : str, optional
        The course's folder, if it is on this machine.

    Returns
    -------
    str or None
        None if it can, or if the settings allow to go without.
    """
    if not sys.platform.startswith("linux"):
        return "Learners' code can be contained on Linux only: grade on a Linux machine."
    settings = KernelSettings.of(config)
    if settings.allow_unsandboxed:
        return None
    for path, what in _private(config, root) if root else ():
        if sentence := bubble.exposed(path, what, settings.warmth(sandboxed=True)):
            return sentence
    try:
        start_warm(settings)
    except KernelError as error:
        return str(error)
    return None


def _private(config: Config, root: str) -> Iterator[tuple[str, str]]:
    """Yield what no kernel may read, and how it is called."""
    yield root, "this course"
    if exchange := config.Exchange.get("root"):
        yield exchange, "the exchange"
    if (gradebook := config.CourseDirectory.get("db_url", "")).startswith(SQLITE):
        yield str(Path(root, gradebook.removeprefix(SQLITE))), "the gradebook"


def _warm(warmth: Warmth) -> Warm:
    """Return this process's warm process of that kind; a fork of it starts its own."""
    key = (os.getpid(), warmth)
    if key in _shared and _shared[key].lost:
        _shared.pop(key).close()
    if key not in _shared:
        _shared[key] = Warm.start(warmth)
    return _shared[key]
