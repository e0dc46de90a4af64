"""What the two sides, the grader and the warm process, agree on."""

from dataclasses import dataclass

from traitlets import Bool, Dict, Integer, List, Unicode
from traitlets.config import Config, Configurable

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
    cores : int
        How many cores each kernel has, the least used ones; 0 if it has all.
    sandboxed : bool
        Whether there is a sandbox at all.
    """

    warm: tuple[str, ...]
    kernel_class: str
    bind: tuple[str, ...]
    hide: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]
    user: int
    cores: int
    sandboxed: bool


class KernelSettings(Configurable):  # type: ignore[misc]  # nor is traitlets followed
    """What nbgrader_config.py can set of contained kernels, as `c.ContainedProvisioner`."""

    memory = Integer(
        2 * GIB,
        min=64 * MIB,
        help="Bytes of memory that a kernel and its children may need in all.",
    ).tag(config=True)
    address_space = Integer(
        8 * GIB, min=256 * MIB, help="Bytes of address space of one process; more is a MemoryError."
    ).tag(config=True)
    processes = Integer(256, min=16, help="Processes and threads at a time.").tag(config=True)
    file_size = Integer(256 * MIB, min=0, help="Bytes of one file.").tag(config=True)
    disk = Integer(
        512 * MIB, min=MIB, help="Bytes of all files that a kernel writes; they are kept in memory."
    ).tag(config=True)
    open_files = Integer(1024, min=64, help="Open files of one process.").tag(config=True)
    cpu_seconds = Integer(
        300, min=1, help="Seconds of processor time of a kernel and its children in all."
    ).tag(config=True)
    wall_seconds = Integer(300, min=1, help="Seconds from the start of a kernel to its end.").tag(
        config=True
    )
    warm = List(
        Unicode(),
        help="What to import before kernels are forked, as `module`; or to call, as "
        "`module:function`. It is learned once, and all kernels have it at no cost.",
    ).tag(config=True)
    kernel_class = Unicode(
        "ipykernel.ipkernel.IPythonKernel", help="The class of the kernels, as a dotted name."
    ).tag(config=True)
    bind = List(
        Unicode(),
        help="Files and folders that kernels may read, beside the system's and Python's own.",
    ).tag(config=True)
    hide = List(
        Unicode(),
        default_value=["/usr/local/share/nbgrader"],
        help="Folders that kernels see empty, though they lie in one that is to be read.",
    ).tag(config=True)
    environment = Dict(
        value_trait=Unicode(),
        key_trait=Unicode(),
        help="Environment variables of the kernels; none of the grader's own are passed on.",
    ).tag(config=True)
    user = Integer(
        61_000,
        min=1,
        help="The number of the user and the group that kernels run as when root grades; no "
        "account may have it.",
    ).tag(config=True)
    cores = Integer(
        0,
        min=0,
        help="How many cores a kernel and its children may use, so that those graded side by side "
        "do not slow each other; 0 for all, but in `mlops-course grade` for a worker's share.",
    ).tag(config=True)
    start_seconds = Integer(
        120, min=1, help="Seconds that a kernel may take to start; the first waits for `warm`."
    ).tag(config=True)
    warm_socket = Unicode(
        help="The socket of a warm process that another grading process has started; empty to "
        "start one."
    ).tag(config=True)
    allow_unsandboxed = Bool(
        False, help="Whether to run kernels without a sandbox where none can be made."
    ).tag(config=True)

    @classmethod
    def of(cls, config: Config) -> "KernelSettings":
        """Return what a configuration sets, without the kernels' own class, which takes long."""
        return cls(config=Config({cls.__name__: config.ContainedProvisioner}))

    @property
    def limits(self) -> Limits:
        """What a kernel may use."""
        return Limits(**{name: getattr(self, name) for name in Limits.__dataclass_fields__})

    def warmth(self, *, sandboxed: bool) -> Warmth:
        """Return what the warm process is to be made of."""
        return Warmth(
            tuple(self.warm),
            self.kernel_class,
            tuple(self.bind),
            tuple(self.hide),
            tuple(sorted(self.environment.items())),
            self.user,
            self.cores,
            sandboxed,
        )


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
