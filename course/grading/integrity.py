"""Look into a kernel for what a notebook has changed of the things that decide about its checks.

A check calls libraries, and the kernel runs it. A notebook that puts functions of its own in their
place may be honest, but its passed checks show nothing. What was there before the notebook began is
noted by `take_baseline`; the kernel tells the grader the difference over its control channel, where
no cell's source is compiled and so nothing that changes cells has a part.

This is done inside the learner's own process: it finds what is changed openly, and is no wall
against code that is written to deceive it. `docs/grading.md` says what is.
"""

import ast
import builtins
import gc
import re
import sys

# A notebook may replace Python's own functions: what looks for that keeps the true ones.
from builtins import (  # noqa: UP029
    all,
    any,
    callable,
    getattr,
    hasattr,
    id,
    isinstance,
    len,
    list,
    map,
    str,
    type,
    vars,
)
from collections.abc import Iterable, Iterator
from ctypes import c_uint64, c_void_p, sizeof
from operator import is_
from types import FunctionType, MethodType, ModuleType
from typing import Any, NamedTuple

from course.grading.kernel.settings import PRIVATE

ALWAYS = (
    "builtins",
    "IPython",
    "ipykernel",
    "traitlets",
    "math",
    "unittest",
    "operator",
    "course.grading",
)
STRICT = ("builtins", "math", "operator")  # nobody has a reason to change anything in there
WRITABLE = ("<", *(f"{folder}/" for folder in PRIVATE))  # what a notebook's code can lie in
INSTALLED = tuple(f"{path}/" for path in {sys.prefix, sys.base_prefix, *sys.path} if path)
# What decides nothing: the kernel, a plot and a module that is loaded again replace some.
FREE = ("input", "print", "draw_if_interactive", "__spec__", "__loader__", "__file__", "__cached__")


class _Noted(NamedTuple):
    """A module or a class, what it held, and the version of the dictionary that holds it."""

    thing: ModuleType | type
    before: dict[str, Any]
    version: c_uint64
    number: int


_baseline: dict[str, list[_Noted]] = {}  # by packages
_modules: dict[str, ModuleType] = {}
_recoded: list[str] = []  # functions of libraries whose code a notebook has changed


def take_baseline() -> None:
    """Note what all loaded modules and their classes hold; call it before any notebook runs."""
    held: dict[int, _Noted] = {}
    packages: dict[str, set[int]] = {}
    for name, module in list(sys.modules.items()):
        if not isinstance(module, ModuleType):
            continue
        parts = name.split(".")
        for thing in _things(module):
            if id(thing) not in held:
                version = _version(_dictionary(thing))
                held[id(thing)] = _Noted(thing, dict(vars(thing)), version, version.value)
            for package in (name, parts[0], ".".join(parts[:2])):
                packages.setdefault(package, set()).add(id(thing))
    sys.addaudithook(_note_code)
    _baseline.update({name: [held[key] for key in keys] for name, keys in packages.items()})
    _modules.update(sys.modules)


def _note_code(event: str, arguments: tuple[Any, ...]) -> None:
    """Hear from Python that a function, which stays where it is, is to do something else."""
    if event == "object.__setattr__" and arguments[1] == "__code__":
        function = arguments[0]
        if isinstance(function, FunctionType) and not is_made_here(function):
            _recoded.append(f"{function.__module__}.{function.__qualname__}")


def noted() -> tuple[int, int]:
    """Return how much `take_baseline` noted; less than before, and somebody has wiped it out."""
    return sum(map(len, _baseline.values())), len(_modules)


def strangers(modules: Iterable[str], home: str, given: Iterable[str]) -> list[str]:
    """Say which modules are not those that an import would have found before the notebook began.

    Parameters
    ----------
    modules : iterable of str
        The modules that checks import from.
    home : str
        The folder that the notebook can write to.
    given : iterable of str
        Modules that the course itself has put beside the notebook.

    Returns
    -------
    list of str
        A clause each.
    """
    found = [
        f"it changes how modules are found ({finder!r})"
        for finder in sys.meta_path
        if is_made_here(finder)
    ]
    for name in {*modules, *(module.partition(".")[0] for module in modules)}:
        module = sys.modules.get(name)
        file = str(getattr(module, "__file__", None) or "")
        replaced = name in _modules and module is not _modules[name]
        brought = name not in _modules and name not in given and file.startswith(home)
        if replaced or brought or (module is not None and not isinstance(module, ModuleType)):
            found.append(f"the notebook brings a module `{name}` of its own")
    return found


def changes(packages: Iterable[str]) -> list[str]:
    """Say what was put into modules and classes in place of what they held.

    Parameters
    ----------
    packages : iterable of str
        Names of top-level packages to look into, beside those that all checks depend on.

    Returns
    -------
    list of str
        A clause each, such as "the notebook replaces numpy.mean".
    """
    found = [f"the notebook replaces the code of {name}" for name in _recoded]
    for package in {*packages, *ALWAYS}:
        for thing, before, version, number in _baseline.get(package, ()):
            if _VERSIONED and version.value == number:
                continue
            now = vars(thing)
            if len(now) == len(before) and all(map(is_, now.values(), before.values())):
                continue
            where = thing.__name__ if isinstance(thing, ModuleType) else _path(thing)
            for name, value in list(now.items()):
                if _takes_a_place(thing, name, value, before) and (
                    where in STRICT
                    or is_made_here(value)
                    or _is_foreign(name, value, before.get(name), package)
                ):
                    found.append(f"the notebook replaces {where}.{name}")
    return found


def rebound(imports: dict[str, tuple[str, str | None]], namespace: dict[str, Any]) -> list[str]:
    """Return the names that stand for something of the notebook's and not for what was imported.

    Parameters
    ----------
    imports : dict of str to (str, str or None)
        For each name the module and the attribute; see `imported_names`.
    namespace : dict
        The notebook's variables.

    Returns
    -------
    list of str
    """
    return [
        name
        for name, (module, attribute) in imports.items()
        if name in namespace
        and name not in FREE
        and (value := namespace[name]) is not _imported(module, attribute)
        and (is_made_here(value) or _stands_in(value, attribute))
    ]


def imported_names(cells: Iterable[str]) -> dict[str, tuple[str, str | None]]:
    """Return what the import statements of cells bind.

    Parameters
    ----------
    cells : iterable of str
        The sources of code cells.

    Returns
    -------
    dict of str to (str, str or None)
        For each name the module, and the attribute of it that the name stands for; None if it
        stands for the module.

    Examples
    --------
    >>> imported_names(["import numpy as np, os.path", "from math import pi as circle"])
    {'np': ('numpy', None), 'os': ('os', None), 'circle': ('math', 'pi')}
    """
    found: dict[str, tuple[str, str | None]] = {}
    for source in cells:
        for statement in parsed(source).body:
            if isinstance(statement, ast.Import):
                for alias in statement.names:
                    module = alias.name if alias.asname else alias.name.split(".")[0]
                    found[alias.asname or module] = (module, None)
            elif isinstance(statement, ast.ImportFrom) and statement.module and not statement.level:
                for alias in statement.names:
                    found[alias.asname or alias.name] = (statement.module, alias.name)
    return found


def imported_inside(source: str) -> set[str]:
    r"""Return the modules that a cell imports, at any depth.

    Examples
    --------
    >>> sorted(imported_inside("def f():\n    import json\nfrom os.path import join"))
    ['json', 'os.path']
    """
    found: set[str] = set()
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def parsed(source: str) -> ast.Module:
    r"""Return a cell's syntax tree without its magics; an empty one if it is no Python.

    Examples
    --------
    >>> len(parsed("%%time\n%matplotlib inline\nimport math\n!ls").body)
    4
    """
    plain = re.sub(r"(?m)^(\s*)[%!?].*$", r"\1pass", source)
    try:
        return ast.parse(plain)
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def names_read(source: str) -> set[str]:
    """Return the names that a cell reads.

    Examples
    --------
    >>> sorted(names_read("assert isclose(double(x), 4)"))
    ['double', 'isclose', 'x']
    """
    nodes = ast.walk(parsed(source))
    return {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}


def names_bound(source: str) -> set[str]:
    r"""Return the names that a cell gives a meaning to, wherever in it.

    Examples
    --------
    >>> sorted(names_bound("import math\nfor n in (1, 2):\n    total = (lambda sum: sum)(n)"))
    ['math', 'n', 'sum', 'total']
    """
    found: set[str] = set()
    for node in ast.walk(parsed(source)):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        else:
            found.add(str(getattr(node, "name", None) or ""))
    return found - {""}


def _imported(module: str, attribute: str | None) -> Any:
    """Return what an import would bind now; None if it would fail."""
    found = sys.modules.get(module)
    if attribute is None:
        return found
    return getattr(found, attribute, sys.modules.get(f"{module}.{attribute}"))


def _stands_in(value: Any, attribute: str | None) -> bool:
    """Tell whether a thing is neither what a library calls so nor mere data.

    `from numpy import isclose` is honest where the course took that of `math`; `isclose = max` is
    not, and nor is anything but an installed module, as it is, in the place of a module.
    """
    if attribute is None:
        return not (isinstance(value, ModuleType) and _is_installed(value) and _is_whole(value))
    return callable(value) and not _is_offered(value, attribute)


def _is_installed(module: ModuleType) -> bool:
    name = module.__name__
    if sys.modules.get(name) is not module:
        return False
    return name in _modules or str(getattr(module, "__file__", "")).startswith(INSTALLED)


def _is_whole(module: ModuleType) -> bool:
    """Tell whether a notebook has put nothing into a module."""
    noted = _baseline.get(module.__name__, ())
    before = next((each.before for each in noted if each.thing is module), None)
    if before is None:
        return not any(map(is_made_here, list(vars(module).values())))
    new = {name: value for name, value in vars(module).items() if before.get(name) is not value}
    return all(name in FREE or isinstance(value, ModuleType) for name, value in new.items())


def _dictionary(thing: ModuleType | type) -> dict[str, Any]:
    """Return the dictionary itself, which classes show a view of only."""
    if isinstance(thing, ModuleType):
        return vars(thing)
    dictionary: dict[str, Any] = gc.get_referents(vars(thing))[0]
    return dictionary


def _version(dictionary: dict[Any, Any]) -> c_uint64:
    """Return where Python counts a dictionary's changes, behind its type and its length.

    To compare what thousands of dictionaries hold would count references to all of it, and so copy
    the memory that a kernel shares with the process that it was forked from.
    """
    return c_uint64.from_address(id(dictionary) + 3 * sizeof(c_void_p))


def _is_versioned() -> bool:
    """Try whether this Python counts changes there."""
    tried: dict[str, int] = {}
    version = _version(tried)
    numbers = [version.value]
    for key, value in (("a", 1), ("b", 2), ("a", 3)):
        tried[key] = value
        numbers.append(version.value)
    del tried["a"]
    return len({*numbers, version.value}) == len(numbers) + 1


_VERSIONED = _is_versioned()


def _things(module: ModuleType) -> Iterator[ModuleType | type]:
    """Yield a module, and the classes written in Python that it holds."""
    yield module
    for value in list(vars(module).values()):
        if isinstance(value, type) and value.__flags__ & _HEAP:
            yield value


_HEAP = 1 << 9  # Py_TPFLAGS_HEAPTYPE: of other types nothing can be replaced


def _takes_a_place(thing: ModuleType | type, name: str, value: Any, before: dict[str, Any]) -> bool:
    """Tell whether something now comes before what its name stood for."""
    if name in before:
        return before[name] is not value and name not in FREE
    if isinstance(thing, ModuleType):
        return thing is not builtins and hasattr(builtins, name)
    return any(name in vars(base) for base in thing.__mro__[1:])


def _is_foreign(name: str, value: Any, before: Any, package: str) -> bool:
    """Tell whether a package's function was replaced by what is neither its own nor a namesake."""
    if not callable(before):
        return False
    if not _home(before).startswith(package.partition(".")[0]):
        return False
    # A library may wrap a function of its own anew, which then keeps its name.
    same = _home(value).partition(".")[0] == _home(before).partition(".")[0]
    alike = getattr(value, "__name__", name) == getattr(before, "__name__", name)
    return not ((same and alike) or _is_offered(value, name))


def _is_offered(value: Any, name: str) -> bool:
    """Tell whether a thing is what its own library calls so."""
    homes = (_home(value), _home(value).partition(".")[0])
    return any(getattr(sys.modules.get(home), name, None) is value for home in homes)


def _home(value: Any) -> str:
    """Return the module that a thing, or else its class, was made in."""
    return str(getattr(value, "__module__", None) or type(value).__module__)


def _path(thing: type) -> str:
    return f"{thing.__module__}.{thing.__qualname__}"


def is_made_here(value: Any) -> bool:
    """Tell whether a thing was made by a notebook, as far as it can be seen from outside."""
    if isinstance(value, MethodType):
        value = value.__func__
    if isinstance(value, FunctionType):
        file = value.__code__.co_filename
        return (
            value.__module__ in ("__main__", None)
            or value.__globals__ is vars(sys.modules["__main__"])
            or (file.startswith(WRITABLE) and not file.startswith(INSTALLED))
        )
    kind = value if isinstance(value, type) else type(value)
    if kind.__module__ == "functools":
        return is_made_here(getattr(value, "func", None))
    return kind.__module__ == "__main__" or (
        bool(kind.__flags__ & _HEAP)
        and any(
            isinstance(part, FunctionType) and part.__globals__ is vars(sys.modules["__main__"])
            for part in vars(kind).values()  # who says that its class is another module's
        )
    )
