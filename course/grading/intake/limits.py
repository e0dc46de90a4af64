"""How much of what is handed in is read, and no more."""

from dataclasses import dataclass


@dataclass(frozen=True)
class IntakeLimits:
    """What a submission may be at most; whatever exceeds it is refused before it is read.

    The defaults are several times what honest people hand in. At these limits the worst notebook
    takes 2 s and 400 MB to read.

    Parameters
    ----------
    notebook_bytes : int
        The size of a notebook, embedded outputs included.
    notebook_depth : int
        How deep lists and objects are nested in its JSON. A notebook itself needs 6 levels; the
        data of a chart, 20.
    notebook_parts : int
        How many lists and objects its JSON has: an object of two bytes takes 500 in memory.
    cells : int
        The cells of a notebook.
    source_chars : int
        The characters in one cell.
    file_bytes, folder_bytes : int
        The size of one file, and of a folder with all that is in it; nbgrader's own defaults.
    files : int
        The files and folders in a folder, at any depth.
    folder_depth : int
        How deep folders are nested.
    """

    notebook_bytes: int = 20_000_000
    notebook_depth: int = 100
    notebook_parts: int = 200_000
    cells: int = 2_000
    source_chars: int = 1_000_000
    file_bytes: int = 100_000_000
    folder_bytes: int = 100_000_000
    files: int = 1_000
    folder_depth: int = 10


DEFAULT_LIMITS = IntakeLimits()


def megabytes(size: float) -> str:
    """Return a size in bytes for people.

    Examples
    --------
    >>> megabytes(104_857_600), megabytes(20_000_000)
    ('104.9 MB', '20 MB')
    """
    return f"{size / 1e6:.1f}".removesuffix(".0") + " MB"
