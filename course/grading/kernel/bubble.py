"""The sandbox of the warm process: what it, and so every kernel, can see of this machine."""

import os
import platform
import shutil
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from course.grading.kernel import seccomp
from course.grading.kernel.settings import HOME, PRIVATE, Warmth

SYSTEM = ("/usr",)
LINKS = ("/bin", "/lib", "/lib32", "/lib64", "/libx32", "/sbin")  # folders on old systems
ETC = (
    "alternatives",
    "fonts",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "mime.types",
    "protocols",
    "services",
    "ssl/certs",
    "ssl/openssl.cnf",
    "timezone",
)
CPUS = "/sys/devices/system/cpu"  # joblib asks how many there are, and complains if it cannot
HOSTS = "127.0.0.1 localhost sandbox\n::1 localhost\n"
NSSWITCH = "passwd: files\ngroup: files\nhosts: files dns\n"

MISSING = (
    "Learners' code is run in a sandbox that bubblewrap makes, and it is not installed: "
    "install it (Debian and Ubuntu: apt-get install bubblewrap)."
)


def refusal(warmth: Warmth) -> str | None:
    """Say what is missing for the sandbox; the cure is in the sentence."""
    if not shutil.which("bwrap"):
        return MISSING
    if not seccomp.known():
        return (
            f"Learners' code cannot be contained on this processor ({platform.machine()}): "
            "grade on one with x86-64 or 64-bit ARM."
        )
    missing = [
        path for path in map(Path, warmth.bind) if not (path.is_absolute() and path.exists())
    ]
    if missing:
        return f"There is no `{missing[0]}`, which ContainedProvisioner.bind names: take it out."
    return None


@cache
def exposed(path: str, what: str, warmth: Warmth) -> str | None:
    """Say that what is private lies in what kernels may read; the cure is in the sentence."""
    place = os.path.realpath(path)
    if _inside(place, map(os.path.realpath, warmth.hide)):
        return None
    for folder in [*SYSTEM, *bound(warmth)]:
        if _inside(place, [os.path.realpath(folder)]):
            return (
                f"Learners' code may read {folder}, and {what} lies in it: put {what}, or the "
                "Python environment, somewhere else."
            )
    return None


def command(warmth: Warmth, data: dict[str, int]) -> list[str]:
    """Return the start of a command that runs the rest of it in the sandbox.

    Parameters
    ----------
    warmth : Warmth
        What is to be bound and hidden.
    data : dict of str to int
        For each of the files of `synthetic`, an open file that holds it.

    Returns
    -------
    list of str
    """
    root = os.getuid() == 0
    made = [shutil.which("bwrap") or "bwrap"]
    made += ["--unshare-net", "--unshare-pid", "--unshare-ipc", "--unshare-uts"]
    made += ["--unshare-cgroup-try", "--hostname", "sandbox"]
    if root:
        # Root of this machine needs no user namespace, and a mount of /proc in one, which each
        # kernel makes, is allowed only where bubblewrap has covered nothing of it.
        made += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
        made += ["--dev-bind", "/proc", "/proc"]
    else:
        made += ["--unshare-user", "--proc", "/proc"]
    made += ["--dev", "/dev"]
    for folder in SYSTEM:
        made += ["--ro-bind", folder, folder]
    for link in LINKS:
        if Path(link).is_symlink():
            made += ["--symlink", str(Path(link).readlink()), link]
        elif Path(link).is_dir():
            made += ["--ro-bind", link, link]
    for folder in PRIVATE:  # for imports; a kernel covers them by its own
        made += ["--perms", "1777", "--tmpfs", folder]
    made += ["--dir", "/etc", "--dir", "/etc/ssl"]
    for name in ETC:
        made += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    made += [*_way(CPUS), "--ro-bind-try", CPUS, CPUS]
    for path, fd in data.items():
        made += ["--perms", "0644", "--ro-bind-data", str(fd), path]
    for path in bound(warmth):
        made += [*_way(path), "--ro-bind", path, path]
    for link, target in _links(sys.executable):
        if not _inside(link, [*SYSTEM, *pythons()]):
            made += [*_way(link), "--symlink", target, link]
    for path in warmth.hide:
        if Path(path).is_dir():
            made += ["--tmpfs", path, "--remount-ro", path]
    made += ["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/", "--"]
    return made


def synthetic(user: int, group: int) -> dict[str, str]:
    """Return the files that stand in for this machine's own, which would tell of its people."""
    return {
        "/etc/passwd": f"learner:x:{user}:{group}::{HOME}:/bin/sh\n",
        "/etc/group": f"learner:x:{group}:\n",
        "/etc/hosts": HOSTS,
        "/etc/nsswitch.conf": NSSWITCH,
    }


def bound(warmth: Warmth) -> list[str]:
    """Return what is bound beside the system."""
    return [*pythons(), *packages(warmth), *warmth.bind]


def shown(warmth: Warmth) -> list[str]:
    """Return what is bound in folders that each kernel has its own of."""
    return [path for path in _outermost(bound(warmth)) if _inside(path, PRIVATE)]


def pythons() -> list[str]:
    """Return the folders that this Python and its packages lie in, but for the system's."""
    found = []
    for prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix):
        found += [prefix, os.path.realpath(prefix)]
    found.append(str(Path(sys.executable).resolve().parent.parent))
    return list(_outermost(found))


def packages(warmth: Warmth) -> list[str]:
    """Return the folders, or files, of what is named and lies outside of Python's own folders."""
    names = [*warmth.warm, warmth.kernel_class, "course.grading.kernel"]
    tops = dict.fromkeys(name.partition(":")[0].partition(".")[0] for name in names)
    found: list[str] = []
    for top in tops:
        spec = find_spec(top)
        if spec and spec.submodule_search_locations:
            found += spec.submodule_search_locations
        elif spec and spec.has_location and spec.origin:
            found.append(spec.origin)
    covered = [*SYSTEM, *pythons()]
    return [path for path in found if not _inside(path, covered)]


def environment(warmth: Warmth) -> dict[str, str]:
    """Return the environment variables of the warm process, and so of every kernel."""
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    parents = {str(Path(path).parent) for path in packages(warmth)}
    paths = [path for path in given if path and os.path.realpath(path) in parents]
    return {
        "HOME": HOME,
        "LANG": "C.UTF-8",
        "LOGNAME": "learner",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        # Threads that have nothing to do sleep at once: by default they spin for 25 ms, on a core
        # that another kernel could use.
        "OPENBLAS_THREAD_TIMEOUT": "4",
        "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
        "USER": "learner",
        **({"PYTHONPATH": os.pathsep.join(paths)} if paths else {}),
        **dict(warmth.environment),
    }


def _way(path: str) -> list[str]:
    """Make the folders around a path, for everybody: bubblewrap makes them for their owner only."""
    around = [str(folder) for folder in reversed(Path(path).parents)][1:]
    return [word for folder in around for word in ("--dir", folder)]


def _links(path: str) -> Iterator[tuple[str, str]]:
    """Yield every link on the way from a path to what it leads to, and what it points at."""
    link = Path(path)
    while link.is_symlink():
        target = link.readlink()
        yield str(link), str(target)
        link = link.parent / target


def _outermost(paths: Iterable[str]) -> Iterator[str]:
    """Yield those of some folders that lie neither in the system's nor in one another."""
    kept: list[str] = []
    for path in sorted({os.path.normpath(path) for path in paths}, key=len):
        if path != "/" and not _inside(path, [*SYSTEM, *kept]):
            kept.append(path)
    yield from kept


def _inside(path: str, folders: Iterable[str]) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)
