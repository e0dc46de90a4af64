"""Load nbgrader's settings as its own commands do, and make them fit to travel."""

import json
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_config_path
from traitlets.config import Config, ConfigFileNotFound, JSONFileConfigLoader, PyFileConfigLoader
from traitlets.config.loader import LazyConfigValue

from course.grading.errors import GradingError

_OTHER_STEPS = ("Exchange", "Generate", "NbGrader", "Jupyter", "Server", "Zip")
_OTHER_PROGRAMS = ("App", "Hub", "Spawner", "Authenticator")
_PLACES = ("root", "db_url")
_LAZY = "lazy value"  # marks `c.Class.trait.append(...)`, which is not worked out yet


def load(folder: Path) -> Config:
    """Load the settings that hold for a course.

    Parameters
    ----------
    folder : Path
        The course's folder, where `nbgrader_config.py` is.

    Returns
    -------
    Config
        The machine's and the user's settings, and above them the course's;
        `CourseDirectory.root` is always set.

    Raises
    ------
    GradingError
        If a file with settings cannot be run.
    """
    sys.path.insert(0, str(folder))  # as nbgrader does: settings may name the course's own modules
    config = Config()
    for place in [*reversed(jupyter_config_path()), str(folder)]:
        _merge(config, place)
    root = str(config.CourseDirectory.get("root", folder))
    if root != str(folder):
        _merge(config, root)
    config.CourseDirectory.root = root
    return config


def _merge(config: Config, folder: str) -> None:
    """Lay the settings in a folder above those that are loaded already."""
    for name in ("jupyter_config", "nbgrader_config"):
        for loader in (
            PyFileConfigLoader(f"{name}.py", path=folder),
            JSONFileConfigLoader(f"{name}.json", path=folder),
        ):
            try:
                config.merge(loader.load_config())
            except ConfigFileNotFound:
                continue
            except Exception as error:
                raise GradingError(
                    f"{loader.full_filename} cannot be read ({type(error).__name__}: {error}): "
                    "mend it and try again."
                ) from error


def fit_to_travel(config: Config) -> Config:
    """Return the settings that have to do with grading, without any place or password.

    Parameters
    ----------
    config : Config
        nbgrader's settings.

    Returns
    -------
    Config
        A copy, for workers elsewhere and for telling whether anything has changed.

    Examples
    --------
    >>> config = Config()
    >>> config.CourseDirectory.db_url = "postgresql://teacher:secret@host/mlops"
    >>> config.JupyterHub.cookie_secret = "secret"
    >>> config.Execute.timeout = 60
    >>> fit_to_travel(config)
    {'CourseDirectory': {}, 'Execute': {'timeout': 60}}
    """
    kept = deepcopy(config)
    for name in list(kept):
        if name.startswith(_OTHER_STEPS) or name.endswith(_OTHER_PROGRAMS):
            del kept[name]
    for place in _PLACES:
        kept.CourseDirectory.pop(place, None)
    return kept


def to_json(config: Config) -> str:
    """Return settings as text that another process, or another machine, can read.

    Parameters
    ----------
    config : Config
        What to send.

    Returns
    -------
    str
        For `from_json`. Classes and functions are in it by the names they are imported by, which
        nbgrader takes as well.

    Raises
    ------
    GradingError
        If a value has no such name.

    Examples
    --------
    >>> config = Config()
    >>> config.Autograde.sanitize_preprocessors = [Path]
    >>> config.CourseDirectory.ignore.append("*.tmp")
    >>> from_json(to_json(config)).Autograde.sanitize_preprocessors
    ['pathlib.Path']
    >>> from_json(to_json(config)).CourseDirectory.ignore.get_value(["*.pyc"])
    ['*.pyc', '*.tmp']
    """
    return json.dumps(_plain(config), sort_keys=True)


def from_json(text: str) -> Config:
    """Return the settings that `to_json` wrote."""
    return Config(_restored(json.loads(text)))


def _plain(value: Any) -> Any:
    if isinstance(value, LazyConfigValue):
        return {_LAZY: _plain(value.to_dict())}
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(_plain(item) for item in value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Path):
        return str(value)
    module, name = getattr(value, "__module__", ""), getattr(value, "__qualname__", "")
    if getattr(sys.modules.get(module), name, None) is value:
        return f"{module}.{name}"
    raise GradingError(
        f"The setting {value!r} cannot be sent to another process: move it to a module and name "
        'it by its import path, as in "package.module.name".'
    )


def _restored(value: Any) -> Any:
    if isinstance(value, list):
        return [_restored(item) for item in value]
    if not isinstance(value, dict):
        return value
    if _LAZY in value:
        return _restored_lazy(value[_LAZY])
    return {key: _restored(item) for key, item in value.items()}


def _restored_lazy(calls: dict[str, Any]) -> LazyConfigValue:
    lazy = LazyConfigValue()
    for method, argument in calls.items():
        if method == "inserts":
            for index, item in argument:
                lazy.insert(index, item)
        else:
            getattr(lazy, method)(argument)
    return lazy
