"""Look through a folder that strangers filled, without following anything in it."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from course.grading.intake.limits import IntakeLimits, megabytes

Skip = Callable[[str, os.stat_result], bool]


@dataclass(frozen=True)
class Item:
    """Something in a folder.

    Parameters
    ----------
    parent : int
        A descriptor of the folder that it is in; open until the next item is asked for.
    path : PurePosixPath
        Where it is, from the folder that is looked through.
    status : os.stat_result
        What it is; of a symbolic link, not of where it points to.
    fault : str
        What is wrong with it, as the end of a sentence; empty if nothing is.
    """

    parent: int
    path: PurePosixPath
    status: os.stat_result
    fault: str

    @property
    def is_folder(self) -> bool:
        """Whether it is a plain folder."""
        return is_folder(self.status)


def is_folder(status: os.stat_result) -> bool:
    """Return whether this is the status of a plain folder."""
    return stat.S_ISDIR(status.st_mode)


def open_folder(name: str | Path, parent: int | None = None) -> int:
    """Return a descriptor of a folder, which is no symbolic link.

    Parameters
    ----------
    name : str or Path
        Its path, or its name in `parent`.
    parent : int, optional
        A descriptor of the folder that it is in.

    Raises
    ------
    OSError
        If it is anything else, or cannot be read.
    """
    return os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=parent)


def open_file(item: Item) -> int:
    """Return a descriptor of a file, which is plain and still the one that was found.

    Raises
    ------
    OSError
        If it cannot be read, is not plain, or is another one by now.
    """
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY
    descriptor = os.open(item.path.name, flags, dir_fd=item.parent)
    status = os.fstat(descriptor)
    if not (stat.S_ISREG(status.st_mode) and _same(status, item.status)):
        os.close(descriptor)
        raise OSError(f"{item.path.name!r} is no plain file, or another one by now")
    return descriptor


def survey(
    folder: int, limits: IntakeLimits, skip: Skip = lambda name, status: False
) -> Iterator[Item]:
    """Yield all that is in a folder, a folder before what it holds and notebooks first.

    What is in a folder that has a fault is not looked at.

    Parameters
    ----------
    folder : int
        A descriptor of it.
    limits : IntakeLimits
        What files and folders may be at most.
    skip : callable, optional
        Called with the name and status of each; those for which it is true are passed over.

    Yields
    ------
    Item
    """
    yield from _Survey(limits, os.fstat(folder).st_uid, skip).within(folder, PurePosixPath())


@dataclass
class _Survey:
    """What has been seen of a folder so far."""

    limits: IntakeLimits
    owner: int
    skip: Skip
    files: int = field(default=0, init=False)
    size: int = field(default=0, init=False)

    def within(self, folder: int, inside: PurePosixPath) -> Iterator[Item]:
        for name in sorted(os.listdir(folder), key=lambda name: (not _is_notebook(name), name)):
            path = inside / name
            try:
                status = os.stat(name, dir_fd=folder, follow_symlinks=False)
            except OSError as error:
                yield Item(folder, path, os.fstat(folder), f"cannot be read ({error.strerror})")
                continue
            if self.skip(name, status):
                continue
            if fault := self._fault(path, status):
                yield Item(folder, path, status, fault)
            elif not is_folder(status):
                yield Item(folder, path, status, "")
            else:
                yield from self._enter(folder, path, status)

    def _enter(self, parent: int, path: PurePosixPath, status: os.stat_result) -> Iterator[Item]:
        try:
            folder = open_folder(path.name, parent)
        except OSError as error:
            yield Item(parent, path, status, f"cannot be opened ({error.strerror})")
            return
        try:
            yield Item(parent, path, status, "")
            yield from self.within(folder, path)
        finally:
            os.close(folder)

    def _fault(self, path: PurePosixPath, status: os.stat_result) -> str:
        limits, size = self.limits, 0
        if stat.S_ISREG(status.st_mode):
            size = status.st_size
            if status.st_nlink > 1 and status.st_uid != self.owner:
                return "is a hard link to a file of somebody else"
        elif stat.S_ISLNK(status.st_mode):
            return "is a symbolic link"
        elif not is_folder(status):
            return "is a pipe, a socket or a device"
        if size > limits.file_bytes:
            return f"is {megabytes(size)} and at most {megabytes(limits.file_bytes)} is taken"
        if self.size + size > limits.folder_bytes:
            return f"would make the folder larger than {megabytes(limits.folder_bytes)}"
        if self.files == limits.files:
            return f"is one more than {limits.files:,} files and folders"
        if len(path.parts) > limits.folder_depth:
            return f"lies more than {limits.folder_depth} folders deep"
        self.files += 1
        self.size += size
        return ""


def _is_notebook(name: str) -> bool:
    return name.endswith(".ipynb")


def _same(one: os.stat_result, other: os.stat_result) -> bool:
    parts = ("st_dev", "st_ino", "st_mode", "st_size", "st_nlink", "st_uid")
    return all(getattr(one, part) == getattr(other, part) for part in parts)
