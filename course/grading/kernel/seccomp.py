"""A filter of system calls: what a notebook never needs and a sandbox is better without.

Files in memory and System V's shared memory would escape the limits of memory and disk, a choice of
its own the share of the cores; the calls that mount, trace, load or make namespaces are how
sandboxes are left. Each fails with EPERM, as it
does for lack of privileges, and so is nothing that a library cannot bear.
"""

import ctypes
import errno
import platform
import socket
import struct

from course.grading.kernel import system

# The number of each call on x86-64 and on 64-bit ARM; None where an architecture has it not.
DENIED: dict[str, tuple[int | None, int | None]] = {
    "acct": (163, 89),
    "add_key": (248, 217),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "delete_module": (176, 106),
    "fanotify_init": (300, 262),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "kcmp": (312, 272),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "lookup_dcookie": (212, 18),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "move_pages": (279, 239),
    "mq_open": (240, 180),
    "msgget": (68, 186),
    "nfsservctl": (180, 42),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "pidfd_getfd": (438, 438),
    "pivot_root": (155, 41),
    "process_madvise": (440, 440),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "sched_setaffinity": (203, 122),
    "semget": (64, 190),
    "setns": (308, 268),
    "shmat": (30, 196),
    "shmget": (29, 194),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
    "uselib": (134, None),
    "vhangup": (153, 58),
    "vmsplice": (278, 75),
}
CLONE = (56, 220)
CLONE3 = (435, 435)
SOCKET = (41, 198)
SETSOCKOPT = (54, 208)
X32 = 0x40000000  # calls of x86-64's other convention, with numbers of their own

# Others, such as virtual machines' sockets, do not end at a network namespace.
FAMILIES = (socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, 16)  # 16: netlink

NAMESPACES = (
    system.CLONE_NEWNS
    | system.CLONE_NEWUTS
    | system.CLONE_NEWIPC
    | system.CLONE_NEWUSER
    | system.CLONE_NEWPID
    | system.CLONE_NEWNET
    | 0x02000000  # CLONE_NEWCGROUP
)

_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
# Offsets in seccomp's data.
_NUMBER, _ARCH, _FIRST_ARGUMENT, _SECOND_ARGUMENT, _THIRD_ARGUMENT = 0, 4, 16, 24, 32
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_FAIL = 0x00050000


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def known() -> bool:
    """Tell whether there is a filter for this machine's processor."""
    return platform.machine() in _ARCHITECTURES


def program(machine: str) -> bytes:
    """Return the filter as instructions of the kernel's packet filter.

    Parameters
    ----------
    machine : str
        The processor, as `platform.machine` calls it.

    Returns
    -------
    bytes
        Eight for each instruction.

    Examples
    --------
    >>> len(program("aarch64")) % 8
    0
    """
    column, architecture = _ARCHITECTURES[machine]
    code = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if machine == "x86_64":
        code += [(_AT_LEAST, 0, 1, X32), (_RETURN, 0, 0, _FAIL | errno.ENOSYS)]
    code += [(_EQUAL, 0, 1, CLONE3[column]), (_RETURN, 0, 0, _FAIL | errno.ENOSYS)]
    for numbers in DENIED.values():
        number = numbers[column]
        if number is not None:
            code += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _FAIL | errno.EPERM)]
    code += [  # who asks for larger buffers than `init` counts is told that he has them
        (_EQUAL, 0, 7, SETSOCKOPT[column]),
        (_LOAD, 0, 0, _SECOND_ARGUMENT),
        (_EQUAL, 0, 3, socket.SOL_SOCKET),
        (_LOAD, 0, 0, _THIRD_ARGUMENT),
        (_EQUAL, 2, 0, socket.SO_SNDBUF),
        (_EQUAL, 1, 0, socket.SO_RCVBUF),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _FAIL),
    ]
    code += [
        (_EQUAL, 0, 4, CLONE[column]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
        (_ANY_BIT, 0, 1, NAMESPACES),
        (_RETURN, 0, 0, _FAIL | errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
        (_EQUAL, 0, 2 + len(FAMILIES), SOCKET[column]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT),
    ]
    for left, family in zip(range(len(FAMILIES), 0, -1), FAMILIES, strict=True):
        code.append((_EQUAL, left, 0, int(family)))
    code += [(_RETURN, 0, 0, _FAIL | errno.EPERM), (_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in code)


def install() -> None:
    """Put this process, and all that it will start, behind the filter for good."""
    code = program(platform.machine())
    instructions = ctypes.create_string_buffer(code)
    address = ctypes.cast(instructions, ctypes.c_void_p)
    filter_program = ctypes.byref(_Program(len(code) // 8, address))
    system.prctl(system.PR_SET_SECCOMP, system.SECCOMP_MODE_FILTER, filter_program)
