"""Import what a process needs without what it can do without."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def absent(*modules: str) -> Iterator[None]:
    """Make modules that are not imported yet seem not to be installed.

    Parameters
    ----------
    *modules : str
        What whoever imports it can do without.

    Examples
    --------
    >>> with absent("antigravity"):
    ...     import antigravity
    Traceback (most recent call last):
    ModuleNotFoundError: import of antigravity halted; None in sys.modules
    """
    hidden = [name for name in modules if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None is what hides it
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
