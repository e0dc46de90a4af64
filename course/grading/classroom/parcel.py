"""Files and what is to be said of them as one string of bytes, which can be read without risk."""

import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

_LENGTH = 8  # bytes that say how long the header is


class File(NamedTuple):
    """A file's permissions, as `os.chmod` takes them, and its content."""

    mode: int
    content: bytes


def pack(document: Mapping[str, Any], files: Mapping[str, File]) -> bytes:
    """Join a JSON document and files.

    Parameters
    ----------
    document : mapping
        Only dicts, lists, strings, finite numbers, bools and None.
    files : mapping of str to File
        By their paths, with `/` between the parts.

    Returns
    -------
    bytes
        What `unpack` takes apart.

    Examples
    --------
    >>> data = pack({"student": "ana"}, {"a.txt": File(0o444, b"1")})
    >>> unpack(data)
    ({'student': 'ana'}, {'a.txt': File(mode=292, content=b'1')})
    """
    listed = [[path, file.mode, len(file.content)] for path, file in files.items()]
    header = json.dumps([document, listed], allow_nan=False).encode()
    contents = (file.content for file in files.values())
    return b"".join([len(header).to_bytes(_LENGTH, "big"), header, *contents])


def unpack(data: bytes) -> tuple[dict[str, Any], dict[str, File]]:
    """Take apart what `pack` joined.

    Parameters
    ----------
    data : bytes
        A parcel.

    Returns
    -------
    dict
        The document.
    dict of str to File
        The files.
    """
    at = _LENGTH + int.from_bytes(data[:_LENGTH], "big")
    document, listed = json.loads(data[_LENGTH:at])
    files = {}
    for path, mode, length in listed:
        files[path] = File(mode, data[at : at + length])
        at += length
    return document, files


def read_files(folder: Path) -> dict[str, File]:
    """Read all plain files of a folder, at any depth, and follow no link.

    Parameters
    ----------
    folder : Path
        A folder; one that is missing holds no files.

    Returns
    -------
    dict of str to File
        By their paths in the folder, sorted.
    """
    files = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = Path(parent, name)
            if stat.S_ISREG(path.lstat().st_mode):
                descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
                with open(descriptor, "rb") as file:  # noqa: PTH123 - not to be looked up again
                    mode = stat.S_IMODE(os.fstat(descriptor).st_mode)
                    files[path.relative_to(folder).as_posix()] = File(mode, file.read())
    return dict(sorted(files.items()))


def write_files(folder: Path, files: Mapping[str, File], durably: bool = False) -> None:
    """Write files into a folder, which is made if it is missing.

    Parameters
    ----------
    folder : Path
        Where to write; a file of the same name is replaced.
    files : mapping of str to File
        By their paths in the folder.
    durably : bool, optional
        Whether to return only when a power failure would leave them whole.

    Raises
    ------
    ValueError
        If a path would lead out of the folder.
    """
    folders = {folder}
    folder.mkdir(parents=True, exist_ok=True)
    for name, file in files.items():
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts:
            raise ValueError(f"{name!r} is no path inside a folder")
        path = folder / parts
        path.parent.mkdir(parents=True, exist_ok=True)
        folders.update(parent for parent in path.parents if parent.is_relative_to(folder))
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with open(descriptor, "wb") as opened:  # noqa: PTH123 - as above
            opened.write(file.content)
            opened.flush()
            os.fchmod(descriptor, file.mode)
            if durably:
                os.fsync(descriptor)
    if durably:
        for each in folders:
            sync_folder(each)


def sync_folder(folder: Path) -> None:
    """Return when what was made, renamed or removed in a folder would outlive a power failure."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
