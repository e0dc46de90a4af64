"""Find the lines of hidden tests in a notebook, and mask them wherever they turn up."""

import ast
import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from nbconvert.filters import strip_ansi

MASK = "[a line of a hidden test is not shown]"
GUTTER = re.compile(r"^[->\s]*\d+\s")  # what a traceback puts before a line of code
SHORT = 8  # a fingerprint with fewer characters also occurs inside lines that have nothing to hide
PART = 16  # letters and digits in a row that no text shares with a hidden line by chance


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
        The lines of the regions, without the text of assertions' messages, which are written to
        be read by whoever fails.

    Examples
    --------
    >>> split("a = 1\n# BEGIN\nassert a == 2\n# END", "BEGIN", "END")
    ('a = 1', ['assert a == 2'])
    >>> split("# BEGIN\nassert a == 2, 'Is it two?'\n# END", "BEGIN", "END")[1]
    ['assert a == 2']
    """
    visible, hidden, inside = [], [], False
    messages, tests = _messages(source)
    for number, line in enumerate(source.split("\n"), start=1):
        if begin in line:
            inside = True
        elif end in line:
            inside = False
        elif not inside:
            visible.append(line)
        elif number not in messages:
            hidden.append(line.encode()[: tests.get(number)].decode(errors="ignore"))
    return "\n".join(visible), hidden


def _messages(source: str) -> tuple[set[int], dict[int, int]]:
    """Return where messages of assertions stand.

    First the numbers of the lines that hold nothing else; then, of lines in which one begins
    behind what is asserted, the number and at which byte that ends.
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:  # the cell has a magic
        return set(), {}
    found = [
        (node.test.end_lineno, node.test.end_col_offset, node.msg.lineno, node.msg.end_lineno or 0)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assert) and node.msg
        if node.test.end_lineno and node.test.end_col_offset
    ]
    alone = {line for last, _, _, end in found for line in range(last + 1, end + 1)}
    return alone, {last: column for last, column, begin, _ in found if begin == last}


class HiddenLines:
    r"""The lines that feedback must not show.

    Lines are compared by what is left of them without colours, white space, quotes and
    backslashes, so that an indented, coloured, quoted or escaped copy is found too; and a part of
    a line by its letters and digits, sixteen in a row.

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
        hidden, visible = list(hidden), list(visible)
        public = "\n".join(_fingerprint(text) for block in visible for text in block.split("\n"))
        prints = {_fingerprint(line) for line in hidden}
        prints = {p for p in prints if re.search(r"\w", p) and p not in public}
        self._short = {p for p in prints if len(p) < SHORT}
        self._long = prints - self._short
        self._parts = {part for line in hidden for part in _parts(_letters(line))}
        self._parts.difference_update(_parts("".join(map(_letters, visible))))

    def shown_in(self, text: str) -> bool:
        """Tell whether `text`, a line or a whole page, shows a hidden line."""
        for line in strip_ansi(text).split("\n"):
            if {_fingerprint(line), _fingerprint(GUTTER.sub("", line))} & self._short:
                return True
        return bool(self._whole(text)) or any(
            part in self._parts for form in _forms(text) for part in _parts(_letters(form))
        )

    def mask(self, text: str) -> str:
        """Return `text` with every line replaced that shows a hidden one."""
        lines = text.split("\n")
        masked = "\n".join(MASK if self.shown_in(line) else line for line in lines)
        broken = self._whole(text).difference(*map(self._whole, lines))  # over several lines
        return MASK if broken or self.shown_in(masked) else masked

    def _whole(self, text: str) -> set[str]:
        """Return what of the longer hidden lines a text shows from its beginning to its end."""
        forms = [_fingerprint(form) for form in _forms(text)]
        return {secret for secret in self._long if any(secret in form for form in forms)}


def _forms(text: str) -> set[str]:
    """Return a text as it is, and as it may come to be shown."""
    return {text, html.unescape(re.sub(r"<[^<>]*>", "", text)), unquote(text)}


def _fingerprint(text: str) -> str:
    return re.sub(r"[\s\"'\\]", "", strip_ansi(text))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", strip_ansi(text))


def _parts(letters: str) -> Iterator[str]:
    return (letters[start : start + PART] for start in range(len(letters) - PART + 1))
