"""Find the lines of hidden tests in a notebook, and mask them wherever they turn up."""

import ast
import html
import re
from collections.abc import Iterable

from nbconvert.filters import strip_ansi

MASK = "[a line of a hidden test is not shown]"
GUTTER = re.compile(r"^[->\s]*\d+\s")  # what a traceback puts before a line of code
SHORT = 8  # a fingerprint with fewer characters also occurs inside lines that have nothing to hide


def split(source: str, begin: str, end: str) -> tuple[str, list[str]]:
    r"""Part a cell's source into what learners were given and what was held back.

    Parameters
    ----------
    source : str
        The source of a cell.
    begin, end : str
        What the lines that open and close a hidden region contain. A region that is never closed
        reaches to the end of the cell.

    Returns
    -------
    visible : str
        The source without its hidden regions.
    hidden : list of str
        The lines of the regions. The text of an assertion's message is not among them: it is
        written to be read by whoever fails.

    Examples
    --------
    >>> split("a = 1\n# BEGIN\nassert a == 2\n# END", "BEGIN", "END")
    ('a = 1', ['assert a == 2'])
    """
    visible, hidden, inside = [], [], False
    messages = _message_lines(source)
    for number, line in enumerate(source.split("\n"), start=1):
        if begin in line:
            inside = True
        elif end in line:
            inside = False
        elif not inside:
            visible.append(line)
        elif number not in messages:
            hidden.append(line)
    return "\n".join(visible), hidden


def _message_lines(source: str) -> set[int]:
    """Return the numbers of the lines that hold nothing but the message of an assertion."""
    try:
        tree = ast.parse(source)
    except SyntaxError:  # the cell has a magic
        return set()
    return {
        number
        for node in ast.walk(tree)
        if isinstance(node, ast.Assert) and node.msg and node.test.end_lineno
        for number in range(node.test.end_lineno + 1, (node.msg.end_lineno or 0) + 1)
    }


class HiddenLines:
    r"""The lines that feedback must not show.

    Lines are compared by what is left of them without colours, white space, quotes and
    backslashes, so that an indented, coloured, quoted or escaped copy is found too.

    Parameters
    ----------
    hidden : iterable of str
        The lines to hide.
    visible : iterable of str
        Text that learners have anyway: a hidden line that also stands in there is not hidden.

    Examples
    --------
    >>> lines = HiddenLines(["secret = [17, -23]"], visible=["import math"])
    >>> print(lines.mask("one\n----> 3 secret = [17, -23]\ntwo"))
    one
    [a line of a hidden test is not shown]
    two
    """

    def __init__(self, hidden: Iterable[str], visible: Iterable[str] = ()) -> None:
        public = "\n".join(_fingerprint(text) for block in visible for text in block.split("\n"))
        prints = {_fingerprint(line) for line in hidden}
        prints = {p for p in prints if re.search(r"\w", p) and p not in public}
        self._short = {p for p in prints if len(p) < SHORT}
        self._long = prints - self._short

    def shown_in(self, text: str) -> bool:
        """Tell whether `text`, a line or a whole page, shows a hidden line."""
        for line in strip_ansi(text).split("\n"):
            if {_fingerprint(line), _fingerprint(GUTTER.sub("", line))} & self._short:
                return True
        forms = (_fingerprint(text), _fingerprint(html.unescape(re.sub(r"<[^<>]*>", "", text))))
        return any(secret in form for secret in self._long for form in forms)

    def mask(self, text: str) -> str:
        """Return `text` with every line replaced that shows a hidden one."""
        masked = "\n".join(MASK if self.shown_in(line) else line for line in text.split("\n"))
        return MASK if self.shown_in(masked) else masked


def _fingerprint(text: str) -> str:
    return re.sub(r"[\s\"'\\]", "", strip_ansi(text))
