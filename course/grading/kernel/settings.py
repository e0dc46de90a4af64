"""What the two sides, the grader and the warm process, agree on."""

from dataclasses import dataclass

MIB = 1024**2
GIB = 1024**3

HOME = "/home/learner"
PRIVATE = ("/tmp", "/dev/shm", HOME)  # noqa: S108 - folders that each kernel has its own of
CHANNELS = ("shell", "iopub", "stdin", "control")


@dataclass(frozen=True)
class Limits:
    """What one kernel, with all that it starts, may use.

    Parameters
    ----------
    memory : int
        Bytes of memory of all processes.
    address_space : int
        Bytes of address space of one process.
    processes : int
        Processes and threads at a time.
    file_size : int
        Bytes of one file.
    disk : int
        Bytes of all files; they are kept in memory.
    open_files : int
        Open files of one process.
    cpu_seconds : int
        Processor time of all processes.
    wall_seconds : int
        Time from the kernel's start to its end.
    """

    memory: int
    address_space: int
    processes: int
    file_size: int
    disk: int
    open_files: int
    cpu_seconds: int
    wall_seconds: int


@dataclass(frozen=True)
class Warmth:
    """What a warm process is made of; two kernels with the same one can share it.

    Parameters
    ----------
    warm : tuple of str
        What to import, and to call, before the first kernel is forked.
    kernel_class : str
        The class of the kernels, as a dotted name.
    bind : tuple of str
        Files and folders that the kernels may read, beside the system's and Python's.
    hide : tuple of str
        Folders that they may not, wherever these lie.
    environment : tuple of (str, str)
        Environment variables.
    user : int
        The user and group that the kernels run as where the grader is root.
    sandboxed : bool
        Whether there is a sandbox at all.
    """

    warm: tuple[str, ...]
    kernel_class: str
    bind: tuple[str, ...]
    hide: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]
    user: int
    sandboxed: bool


def size(count: int) -> str:
    """Say a number of bytes in the largest unit that fits.

    Examples
    --------
    >>> size(2 * 1024**3), size(1536 * 1024**2), size(1000)
    ('2 GiB', '1.5 GiB', '1000 bytes')
    """
    for unit, name in ((GIB, "GiB"), (MIB, "MiB"), (1024, "KiB")):
        if count >= unit:
            return f"{count / unit:.3g} {name}"
    return f"{count} bytes"
