"""The `run:` of a step as a shell reads it: words, commands, lists, pipes, `if`, `for`, `case`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

MAX_COMMANDS = 200  # with loops unrolled; no step has more than a few dozen
MAX_DEPTH = 20

# A word of a shell, an operator, or a comment; a lone quote is skipped, so that any text is split.
TOKEN = re.compile(
    r"""(?P<space>(?:[ \t\r]|\\\r?\n)+)
    |(?P<comment>\#[^\n]*)
    |(?P<operator>\|\||&&|;;|\|&|&(?!>)|[;|\n()])
    |(?P<word>(?:\$\{\{(?:(?!\}\}).){0,500}\}\}|\\.|'[^']*'|"(?:\\.|[^"\\])*"|[<>]&|&>
        |[^\s;&|()'"\\])+)
    |(?P<rest>.)""",
    re.VERBOSE | re.DOTALL,
)
VARIABLE = re.compile(r"'[^']*'|\$\{(\w+)\}|\$([A-Za-z_]\w*)")
ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)


@dataclass(eq=False)
class Simple:
    """A command without a structure: its words as written, with the variables that are known."""

    words: tuple[str, ...]


@dataclass(eq=False)
class Sequence:
    """Nodes one after the other, each perhaps in the background."""

    items: list[tuple["Node", bool]]


@dataclass(eq=False)
class Chain:
    """Nodes joined by ``&&`` and ``||``; the first has "&&" before it."""

    items: list[tuple[str, "Node"]]


@dataclass(eq=False)
class Pipe:
    """Nodes joined by ``|``, perhaps with ``!`` before them."""

    parts: list["Node"]
    negated: bool


@dataclass(eq=False)
class Choice:
    """The first arm whose condition succeeds; a `while` is one that is gone through once."""

    arms: list[tuple["Node", "Node"]]
    otherwise: "Node"


@dataclass(eq=False)
class Subshell:
    """Nodes in a shell of their own, which an `exit` within does not leave."""

    body: "Node"


Node = Simple | Sequence | Chain | Pipe | Choice | Subshell


def unquoted(word: str) -> str:
    """Return a word without its quotes."""
    return re.sub(r"""["']""", "", word)


def parse(script: str, values: Mapping[str, str]) -> tuple[Node, list[Simple]]:
    """Read a script; any text at all gives a tree.

    Parameters
    ----------
    script : str
        The script, as bash or sh would get it.
    values : mapping of str to str
        The variables that are known.

    Returns
    -------
    tuple of Node and list of Simple
        The tree, and its simple commands in order; a loop over known words is unrolled.

    Examples
    --------
    >>> _, found = parse('for s in lint "$LAST"; do nox -s "$s" || exit 1; done', {"LAST": "gate"})
    >>> [" ".join(command.words) for command in found]
    ['nox -s "lint"', 'exit 1', 'nox -s "gate"', 'exit 1']
    """
    parser = _Parser(script, values)
    return parser.sequence(), parser.found


class _Parser:
    """Reads a script by recursive descent, and passes over what it does not know."""

    def __init__(self, script: str, values: Mapping[str, str]) -> None:
        kinds = ("word", "operator")
        self.tokens = [
            (str(match.lastgroup), match[0])
            for match in TOKEN.finditer(script)
            if match.lastgroup in kinds
        ]
        self.values = dict(values)
        self.position = 0
        self.depth = 0
        self.rounds = 0
        self.found: list[Simple] = []

    @property
    def kind(self) -> str:
        return self.tokens[self.position][0] if self.position < len(self.tokens) else "end"

    @property
    def text(self) -> str:
        return self.tokens[self.position][1] if self.position < len(self.tokens) else ""

    def take(self, *texts: str) -> bool:
        if self.kind == "end" or self.text not in texts:
            return False
        self.position += 1
        return True

    def sequence(self, *ends: str) -> Sequence:
        items: list[tuple[Node, bool]] = []
        while self.kind != "end" and self.text not in ends and len(self.found) < MAX_COMMANDS:
            if self.kind == "operator" and self.text != "(":
                self.position += 1
                continue
            node = self.chain()
            items.append((node, self.text == "&"))
        return Sequence(items)

    def chain(self) -> Node:
        items = [("&&", self.pipe())]
        while (mark := self.text) in ("&&", "||"):
            self.position += 1
            while self.take("\n"):
                pass
            items.append((mark, self.pipe()))
        return items[0][1] if len(items) == 1 else Chain(items)

    def pipe(self) -> Node:
        negated = False
        while self.take("!"):
            negated = not negated
        parts = [self.command()]
        while self.take("|", "|&"):
            while self.take("\n"):
                pass
            parts.append(self.command())
        return Pipe(parts, negated) if negated or len(parts) > 1 else parts[0]

    def command(self) -> Node:
        readers = {
            "if": self.choice,
            "for": self.loop,
            "while": self.repetition,
            "until": self.repetition,
            "case": self.cases,
            "{": self.group,
            "(": self.subshell,
        }
        if self.text not in readers:
            return self.simple()
        if self.depth == MAX_DEPTH:
            self.position += 1
            return Sequence([])
        self.depth += 1
        node = readers[self.text]()
        self.depth -= 1
        while self.kind == "word" and (match := re.match(r"\d*[<>&]+", self.text)):
            self.position += 1 if match[0] != self.text else 2  # where its output goes
        return node

    def simple(self) -> Simple:
        words: list[str] = []
        while self.kind == "word":
            words += _expanded(self.text, self.values)
            self.position += 1
        assigned = [match[1] for word in words if (match := ASSIGNMENT.match(word))]
        if len(assigned) == len(words):
            for name in assigned:
                self.values.pop(name, None)  # from here on it is something else
        self.found.append(Simple(tuple(words)))
        return self.found[-1]

    def group(self) -> Node:
        self.position += 1
        body = self.sequence("}")
        self.take("}")
        return body

    def subshell(self) -> Node:
        self.position += 1
        body = self.sequence(")")
        self.take(")")
        return Subshell(body)

    def choice(self) -> Node:
        arms: list[tuple[Node, Node]] = []
        while self.take("if", "elif"):
            condition = self.sequence("then")
            self.take("then")
            arms.append((condition, self.sequence("elif", "else", "fi")))
        otherwise = self.sequence("fi") if self.take("else") else Sequence([])
        self.take("fi")
        return Choice(arms, otherwise)

    def repetition(self) -> Node:
        until = self.text == "until"
        self.position += 1
        condition: Node = self.sequence("do")
        self.take("do")
        body = self.sequence("done")
        self.take("done")
        return Choice([(Pipe([condition], until), body)], Sequence([]))

    def loop(self) -> Node:
        self.position += 1
        name = self.text
        words: list[str] = []
        while self.kind == "word":
            words += _expanded(self.text, self.values)
            self.position += 1
        while self.take(";", "\n"):
            pass
        self.take("do")
        start = self.position
        known = words[2:] if not any(re.search(r"[$`*?{]", word) for word in words) else []
        items: list[tuple[Node, bool]] = []
        for word in known or [""]:
            self.position = start
            self.values.pop(name, None)
            if known:
                self.values[name] = unquoted(word)
            items.append((self.sequence("done"), False))
            self.rounds += 1
            if self.rounds > MAX_COMMANDS:
                break
        self.take("done")
        return Sequence(items) if known else Choice([(Simple(()), items[0][0])], Sequence([]))

    def cases(self) -> Node:
        arms: list[tuple[Node, Node]] = []
        while self.kind != "end" and not self.take("in"):
            self.position += 1
        while self.kind != "end" and not self.take("esac"):
            if self.take(")"):
                arms.append((Simple(()), self.sequence(";;", "esac")))
            else:
                self.position += 1
        return Choice(arms, Sequence([]))


def _expanded(word: str, values: Mapping[str, str]) -> Iterator[str]:
    """Return the words that a word becomes when its variables are filled in."""
    text = VARIABLE.sub(lambda found: values.get(found[1] or found[2], found[0]), word)
    if text == word:
        yield word
    else:
        yield from (match[0] for match in TOKEN.finditer(text) if match.lastgroup == "word")
