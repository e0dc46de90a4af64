"""Tell by content whether anything has changed that decides the scores of a submission."""

import importlib.util
import json
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from traitlets.config import Config

from course.grading.classroom.configuration import fit_to_travel, to_json
from course.grading.classroom.parcel import File


def digest(*parts: Any) -> str:
    """Return the SHA-256 of values that JSON can hold, in hexadecimal.

    Examples
    --------
    >>> digest("a", [1]) == digest("a", [1]) != digest("a", [2])
    True
    """
    return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def digest_files(files: Mapping[str, File]) -> str:
    """Return one digest of the names, permissions and contents of files."""
    return digest(
        [
            [path, file.mode, sha256(file.content).hexdigest()]
            for path, file in sorted(files.items())
        ]
    )


def digest_settings(config: Config) -> str:
    """Return a digest of the settings that have to do with grading."""
    return digest(to_json(fit_to_travel(config)))


@cache
def own_code() -> str:
    """Return a digest of `course.grading`, the same wherever the same version is installed."""
    return digest(sys.version_info[:2], _contents(Path(__file__).parents[1], "*.py"))


def engine(warm: Iterable[str]) -> str:
    """Return a digest of the code that grades, and of the packages that submissions may import.

    Parameters
    ----------
    warm : iterable of str
        What kernels have imported already, as `module` or `module:function`. Where that is no
        installed package, but code in a folder that somebody works in, the code itself counts.

    Returns
    -------
    str
        In hexadecimal.
    """
    installed = {
        entry.name
        for folder in map(Path, sys.path)
        if folder.is_dir()
        for entry in folder.iterdir()
        if entry.suffix in (".dist-info", ".egg-info")
    }
    worked_on = {}
    for package in {entry.partition(":")[0].partition(".")[0] for entry in warm}:
        spec = importlib.util.find_spec(package)
        origin = [spec.origin] if spec and spec.origin and spec.has_location else []
        for place in map(Path, (spec and spec.submodule_search_locations) or origin):
            if not {"site-packages", "dist-packages"} & set(place.parts):
                worked_on[package] = _contents(place)
    return digest(own_code(), sys.version, sorted(installed), worked_on)


def _contents(place: Path, pattern: str = "*") -> list[list[str]]:
    """List a file, or those in a folder, with their digests; what Python makes of them is left."""
    return [
        [path.relative_to(place).as_posix(), sha256(path.read_bytes()).hexdigest()]
        for path in sorted([place, *place.rglob(pattern)])
        if path.is_file() and path.suffix != ".pyc"
    ]
