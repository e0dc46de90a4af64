"""The commands in the pages of docs/, and a shell to run them in as a reader would.

In a page, an indented block, or a fenced one without a language or with `sh`, holds commands; a
block in another language is fenced and says which. What is typed can stand in running text, too.
"""

import re
import secrets
import subprocess
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PROGRAMS = "apt-get|git|make|mlops-course|nbgrader|pip|systemctl"
TYPED = re.compile(rf"(?:{PROGRAMS}|--[\w-]+) \S+.*|c\.\w+\.\w+ = .+")
PATIENCE = 300  # seconds for one command, on a loaded machine


class Command(NamedTuple):
    """A command, and the heading of the section that it stands in."""

    heading: str
    text: str


def commands(page: str) -> Iterator[Command]:
    """Yield the commands of a page, in its order.

    Examples
    --------
    >>> page = '''## Look
    ... At what is here:
    ...
    ...     cat > new <<END
    ...     hello
    ...     END
    ...     ls  # what is here
    ...
    ... ```python
    ... c = get_config()
    ... ```
    ... '''
    >>> [(heading, text) for heading, text in commands(page)]
    [('Look', 'cat > new <<END\\nhello\\nEND'), ('Look', 'ls')]
    """
    heading = ""
    tokens = MarkdownIt().parse(page)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if before and before.type == "heading_open":
            heading = token.content
        if token.type == "code_block" or (token.type == "fence" and token.info in ("", "sh")):
            yield from (Command(heading, text) for text in _split(token.content))


def typed(page: str) -> Iterator[str]:
    """Yield the commands, options with a value, and settings that stand in running text.

    Examples
    --------
    >>> list(typed("Type `make start`, with `--port 9`, not `make`; *or* `c.X.y = 1` in `z`."))
    ['make start', '--port 9', 'c.X.y = 1']
    """
    for token in MarkdownIt().enable("table").parse(page):
        for part in token.children or ():
            if part.type == "code_inline" and TYPED.fullmatch(part.content):
                yield part.content


def _split(block: str) -> Iterator[str]:
    """Yield the commands of a block, without remarks, with the here-documents that are for them."""
    lines = iter(block.splitlines())
    for line in lines:
        whole = [line.partition("  # ")[0].rstrip()]
        while whole[-1].endswith("\\"):
            whole.append(next(lines))
        if here := re.search(r"<<'?(\w+)", line):
            while whole[-1] != here[1]:
                whole.append(next(lines))
        if line.strip():
            yield "\n".join(whole)


class Shell:
    """A bash that goes on from one command to the next, as the one in a terminal does."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._bash = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, command: str) -> tuple[int, str]:
        """Run a command; return its exit status, and what it printed."""
        assert self._bash.stdin
        assert self._bash.stdout
        mark = secrets.token_hex(8)
        self._bash.stdin.write(f'{{\n{command}\n}} </dev/null\necho "{mark} $?"\n')
        self._bash.stdin.flush()
        printed = []
        clock = threading.Timer(PATIENCE, self._bash.kill)
        clock.start()
        try:
            for line in self._bash.stdout:
                text, marked, status = line.partition(mark)
                printed.append(text)
                if marked:
                    return int(status), "".join(printed)
        finally:
            clock.cancel()
        raise RuntimeError(f"The shell ended, or was ended, in {command}:\n{''.join(printed)}")

    def close(self) -> None:
        """End it."""
        self._bash.communicate()
