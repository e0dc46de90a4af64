"""Unpack an archive that strangers made: plain files of a sensible size, or nothing of it."""

import bz2
import errno
import gzip
import lzma
import os
import stat
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any, NamedTuple

from course.grading.intake.limits import IntakeLimits, megabytes

RATIO = 20  # how many times its own size an archive may hold; notebooks compress to a tenth
FILE_BYTES = 1_000  # that an archive must have for each file in it, once there are many
TAR_BYTES = 4_000  # for what a tar archive notes of each file, and fills up
CHUNK = 1_000_000  # bytes

_COMPRESSIONS: dict[bytes, Callable[[IO[bytes]], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ": lzma.open,
}
# What the readers of archives raise for one that is damaged, locked or of a kind unknown to them.
_DAMAGED = (
    *(EOFError, OSError, OverflowError, RuntimeError, ValueError),
    *(lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile, zlib.error),
)
_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EIO)


class RefusedError(Exception):
    """Why something is not unpacked, as the end of a sentence."""


class _Member(NamedTuple):
    """A file or folder in an archive."""

    name: str
    size: int
    is_folder: bool
    open: Callable[[], IO[bytes] | None]


class Allowance:
    """What an archive may hold, and what it has taken of that.

    Parameters
    ----------
    size : int
        That of the archive; the more it has, the more it may hold.
    limits : IntakeLimits
        What any archive may hold.
    outer : Allowance, optional
        That of the archive which holds it, and from which it takes too.
    """

    def __init__(self, size: int, limits: IntakeLimits, outer: "Allowance | None") -> None:
        self.size = max(limits.folder_bytes, RATIO * size)
        self.files = max(limits.files, size // FILE_BYTES)
        self.depth = limits.folder_depth
        self.outer = outer
        if outer:
            self.size, self.files = min(self.size, outer.size), min(self.files, outer.files)
        self._given = self.size, self.files

    def take(self, size: int) -> None:
        """Count a file or folder of this size."""
        check_size(size, self.size)
        if not self.files:
            raise RefusedError("it holds more files than an archive of its size may")
        self.size -= size
        self.files -= 1

    def settle(self) -> None:
        """Count for the outer archive all that was counted; nothing is of one that is refused."""
        if self.outer:
            self.outer.size -= self._given[0] - self.size
            self.outer.files -= self._given[1] - self.files


def open_plain(path: Path) -> IO[bytes]:
    """Open a plain file, and nothing that a link leads to."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError as error:
        raise RefusedError(f"it is a link or cannot be read ({error.strerror})") from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise RefusedError("it is no plain file")
    return open(descriptor, "rb")  # noqa: PTH123 - the path may lead elsewhere by now


def unpack(file: IO[bytes], folder: Path, allowance: Allowance) -> None:
    """Unpack a whole archive into a new folder, or nothing of it.

    Parameters
    ----------
    file : file object
        The archive: zip, or tar with or without compression; its content decides.
    folder : Path
        The new folder.
    allowance : Allowance
        What may come out of the archive; what did is taken from it.

    Raises
    ------
    RefusedError
        If it is damaged, larger than it may be, or holds anything but plain files and folders
        that belong into the new one.
    """
    if os.path.lexists(folder):
        raise RefusedError("something of its name is there already")
    with tempfile.TemporaryDirectory(prefix=".unpacking-", dir=folder.parent) as scratch:
        whole = Path(scratch) / "whole"
        whole.mkdir()
        try:
            for member in _members(file, allowance):
                allowance.take(member.size)
                if len(PurePosixPath(member.name).parts) > allowance.depth:
                    raise RefusedError(f"its folders are more than {allowance.depth} levels deep")
                _place(member, whole)
            whole.rename(folder)
        except _DAMAGED as error:
            if isinstance(error, OSError) and error.errno in _OF_THE_DISK:
                raise
            raise RefusedError("it is damaged, locked or no archive of a known kind") from None


def _place(member: _Member, folder: Path) -> None:
    if not is_inside(member.name):
        raise RefusedError(f"it holds {member.name!r}, which leads out of it")
    target = folder / member.name
    if member.is_folder:
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    source = member.open()
    if source:
        with closing(source):
            write(source, target, member.size)


def write(source: IO[bytes], target: Path, size: int) -> None:
    """Write a file that must have this size."""
    with target.open("xb") as copy:
        while size > 0 and (chunk := source.read(min(size, CHUNK))):
            copy.write(chunk)
            size -= len(chunk)
        if size or source.read(1):
            raise RefusedError("it does not have the size that it states")


def _members(file: IO[bytes], allowance: Allowance) -> Iterator[_Member]:
    """Yield what is in an archive, as it states it, with a way to read each."""
    start = file.read(6)
    file.seek(0)
    if start.startswith(b"PK"):
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                kind = stat.S_IFMT(info.external_attr >> 16)
                if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
                    raise RefusedError(f"it holds {info.filename!r}, which is no plain file")
                yield _Member(
                    info.filename, info.file_size, info.is_dir(), partial(archive.open, info)
                )
        return
    readers = [kind for magic, kind in _COMPRESSIONS.items() if start.startswith(magic)]
    plain = _Bounded(
        readers[0](file) if readers else file, allowance.size + TAR_BYTES * allowance.files
    )
    with tarfile.open(fileobj=plain, mode="r|") as tar:  # type: ignore[call-overload]
        for entry in tar:
            if not (entry.isfile() or entry.isdir()):
                raise RefusedError(f"it holds {entry.name!r}, which is no plain file")
            yield _Member(entry.name, entry.size, entry.isdir(), partial(tar.extractfile, entry))


class _Bounded:
    """A file that ends the reading when more comes out of it than it may hold."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self.file, self.left = file, most

    def read(self, size: int) -> bytes:
        """Return up to so many bytes."""
        data = self.file.read(min(size, self.left + 1))
        self.left -= len(data)
        if self.left < 0:
            raise RefusedError("it holds more than an archive of its size may")
        return data


def check_size(size: int, most: int) -> None:
    """Refuse what has more bytes than it may."""
    if size > most:
        raise RefusedError(f"it holds {megabytes(size)} where {megabytes(most)} are left to it")


def is_inside(name: str) -> bool:
    """Tell whether a relative path stays in the folder that it is relative to.

    Examples
    --------
    >>> is_inside("data/a.csv"), is_inside("../a.csv"), is_inside("/etc/passwd")
    (True, False, False)
    """
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts
