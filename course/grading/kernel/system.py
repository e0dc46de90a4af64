"""What Linux can do and Python's library does not offer."""

import ctypes
import fcntl
import os
import platform
import signal
import socket
import struct

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_NOSUID, MS_NODEV, MS_NOEXEC = 2, 4, 8
MS_BIND, MS_REC, MS_PRIVATE = 4096, 16384, 1 << 18

PR_SET_DUMPABLE = 4
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_MODE_FILTER = 2

_HUGE, _MADV_COLLAPSE = 1 << 21, 25
_CAPABILITY_VERSION_3 = 0x20080522
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 1

_ZERO = ctypes.c_ulong(0)
_libc = ctypes.CDLL(None, use_errno=True)
_python = ctypes.PyDLL(None, use_errno=True)  # which holds Python's lock during a call
_SYS_CLONE = {"x86_64": 56, "aarch64": 220}


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Data(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def fork(flags: int) -> int:
    """Fork as `os.fork` does, into namespaces of its own; return 0 in the new process.

    To unshare them and fork afterwards would take a second fork, as a process is never in the
    namespace of processes that it makes; and with this much memory a fork takes 20 ms.
    """
    number = _SYS_CLONE[platform.machine()]
    _python.PyOS_BeforeFork()
    process: int = _python.syscall(number, flags | signal.SIGCHLD, _ZERO, _ZERO, _ZERO, _ZERO)
    if process == 0:
        _python.PyOS_AfterFork_Child()
        return 0
    error = ctypes.get_errno()
    _python.PyOS_AfterFork_Parent()
    if process < 0:
        raise OSError(error, f"clone: {os.strerror(error)}")
    return process


def mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """Mount a file system, or bind a folder to a second place."""
    _call(
        "mount",
        os.fsencode(source),
        os.fsencode(target),
        kind and kind.encode(),
        ctypes.c_ulong(flags),
        options.encode() or None,
    )


def prctl(option: int, first: int = 0, second: object = _ZERO) -> None:
    """Set a property of this process."""
    _call("prctl", option, ctypes.c_ulong(first), second, _ZERO, _ZERO)


def drop_capabilities() -> None:
    """Give up every privilege for good, also over programs that are run later."""
    last = int(_read("/proc/sys/kernel/cap_last_cap"))
    for capability in range(last + 1):
        prctl(PR_CAPBSET_DROP, capability)
    header = _Header(_CAPABILITY_VERSION_3, 0)
    _call("capset", ctypes.byref(header), (_Data * 2)())
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def merge_pages() -> None:
    """Move this process's memory into huge pages, as far as the system can.

    A fork copies the table of pages, and huge ones are 512 times fewer.
    """
    for line in _read("/proc/self/maps").splitlines():
        fields = line.split()
        if fields[1] != "rw-p" or fields[5:] not in ([], ["[heap]"]):
            continue
        start, end = (int(address, 16) for address in fields[0].split("-"))
        for page in range(-(-start // _HUGE) * _HUGE, end - _HUGE + 1, _HUGE):
            _libc.madvise(ctypes.c_void_p(page), ctypes.c_size_t(_HUGE), _MADV_COLLAPSE)


def loopback_up() -> None:
    """Switch on the loopback interface of this network namespace."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        request = struct.pack("16sH14x", b"lo", 0)
        flags = struct.unpack("16xH14x", fcntl.ioctl(sock, _SIOCGIFFLAGS, request))[0]
        fcntl.ioctl(sock, _SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", flags | _IFF_UP))


def _read(path: str) -> str:
    with open(path) as file:  # noqa: PTH123 - a fork that is to be quick
        return file.read()


def _call(name: str, *args: object) -> None:
    if getattr(_libc, name)(*args) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
