"""Enter the sandbox of one kernel, from the warm process's, after a fork.

What a kernel can see is decided once, by the warm process's own sandbox; here each kernel gets what
must not be shared: processes, network, files of its own.
"""

import os
from collections.abc import Iterable
from contextlib import suppress

from course.grading.kernel import seccomp, system
from course.grading.kernel.init import SOCKET
from course.grading.kernel.settings import PRIVATE, Limits

INODE = 16 * 1024  # one file for so many bytes of disk: empty files take memory too


def fork() -> int:
    """Fork, into new namespaces; return 0 in the new process, which is process 1 of them.

    Raises
    ------
    OSError
        If this system does not allow it; then there is no new process.
    """
    return system.fork(
        system.CLONE_NEWUSER
        | system.CLONE_NEWNS
        | system.CLONE_NEWPID
        | system.CLONE_NEWNET
        | system.CLONE_NEWIPC
        | system.CLONE_NEWUTS
    )


def close_doors(user: int, group: int, limits: Limits, shown: Iterable[str]) -> None:
    """Mount what is this kernel's own, then give up every privilege.

    Parameters
    ----------
    user, group : int
        Whose the process was that forked this one, and whose this one is to be.
    limits : Limits
        Of these, what the disk holds.
    shown : iterable of str
        Paths in the kernel's own folders that stay as they are.

    Raises
    ------
    OSError
        If this system does not allow it.
    """
    _write("/proc/self/setgroups", "deny")
    _write("/proc/self/uid_map", f"{user} {user} 1")
    _write("/proc/self/gid_map", f"{group} {group} 1")
    system.mount("none", "/", None, system.MS_REC | system.MS_PRIVATE)
    system.mount("proc", "/proc", "proc", system.MS_NOSUID | system.MS_NODEV | system.MS_NOEXEC)
    disk = "/dev/shm"  # noqa: S108 - one file system, and its folders in all the places
    options = f"size={limits.disk},nr_inodes={limits.disk // INODE},mode=0755"
    system.mount("tmpfs", disk, "tmpfs", system.MS_NOSUID | system.MS_NODEV, options)
    folders = {target: f"{disk}/{number}" for number, target in enumerate(PRIVATE)}
    for folder in folders.values():
        os.mkdir(folder)  # noqa: PTH102
        os.chmod(folder, 0o1777)  # noqa: PTH101, S103 - as /tmp is; the kernel is alone in it
    for path in shown:
        target = next(target for target in PRIVATE if path.startswith(f"{target}/"))
        place = folders[target] + path.removeprefix(target)
        os.makedirs(os.path.dirname(place), exist_ok=True)  # noqa: PTH103, PTH120
        if os.path.isdir(path):  # noqa: PTH112
            os.mkdir(place)  # noqa: PTH102
        else:
            _write(place, "")
        system.mount(path, place, None, system.MS_BIND | system.MS_REC)
    for target in sorted(PRIVATE, key=lambda target: target == disk):  # last, it covers the others
        system.mount(folders[target], target, None, system.MS_BIND | system.MS_REC)
    options = "newinstance,ptmxmode=0666,mode=0600"
    system.mount("devpts", "/dev/pts", "devpts", system.MS_NOSUID | system.MS_NOEXEC, options)
    system.loopback_up()
    with suppress(OSError):  # very old systems have one setting for all
        for name in ("tcp_rmem", "tcp_wmem"):
            _write(f"/proc/sys/net/ipv4/{name}", f"4096 {SOCKET // 4} {SOCKET // 2}")
    system.drop_capabilities()
    seccomp.install()


def why_not(what: str) -> str:
    """Say what a system must be changed in so that a sandbox can be made.

    Parameters
    ----------
    what : str
        What the system said.
    """
    return (
        f"Learners' code cannot be contained here, as programs may not make namespaces ({what}): "
        "allow it by `sysctl user.max_user_namespaces=10000 kernel.unprivileged_userns_clone=1 "
        "kernel.apparmor_restrict_unprivileged_userns=0`, as far as these exist, or in a container "
        "by its options `--security-opt seccomp=unconfined --security-opt apparmor=unconfined "
        "--security-opt systempaths=unconfined`."
    )


def _write(path: str, text: str) -> None:
    with open(path, "w") as file:  # noqa: PTH123 - a fork that is to be quick
        file.write(text)
