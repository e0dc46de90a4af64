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
NAME = re.compile(r"[A-Za-z_][\w.-]*")  # of a function
HERE = re.compile(r"""<<(-?)[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|(\\?)([A-Za-z_]\w*))""")
QUOTED = re.compile(r"""'[^']*'|"(?:\\.|[^"\\])*"|\\.|<<<""", re.DOTALL)
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


@dataclass(eq=False)
class Called:
    """The body of a function, where it is called; a `return` leaves it."""

    body: "Node"


Node = Simple | Sequence | Chain | Pipe | Choice | Subshell | Called


def unquoted(word: str) -> str:
    """Return a word without its quotes."""
    return re.sub(r"""["']""", "", word)


def inlined(script: str) -> str:
    r"""Return a script with each here-document as a here-string: its lines are no commands.

    Examples
    --------
    >>> inlined("cat <<EOF > note\nnox -s lint\nEOF\nnox -s test")
    'cat <<< "nox -s lint\n" > note\nnox -s test'
    """
    done: list[str] = []
    waiting: list[tuple[int, re.Match[str]]] = []  # where in `done` its text will stand
    position = 0
    while match := TOKEN.match(script, position):
        position = match.end()
        line = script[script.rfind("\n", 0, position) + 1 : position]
        shifts = line.count("((") > line.count("))")  # then << is arithmetic
        plain = QUOTED.sub(lambda found: "_" * len(found[0]), match[0])
        at = match.start() + plain.find("<<")
        redirects = match.lastgroup == "word" and "<<" in plain and not shifts
        if redirects and (here := HERE.match(script, at)):
            done += [script[match.start() : at], "<<<"]
            waiting.append((len(done) - 1, here))
            position = here.end()
            continue
        done.append(match[0])
        if match[0] == "\n":
            for place, one in waiting:
                text, position = _document(script, position, one)
                done[place] = f"<<< {text}"
            waiting = []
    return "".join(done)


def _document(script: str, start: int, here: re.Match[str]) -> tuple[str, int]:
    """Return the text of a here-document in quotes, and where the script goes on."""
    tabs, single, double, escaped, bare = here.groups()
    word = re.escape(single or double or bare)
    end = re.compile(rf"^{tabs and chr(9) + '*'}{word}\r?$", re.MULTILINE).search(script, start)
    text = script[start : end.start() if end else len(script)]
    after = end.end() + 1 if end else len(script)
    if bare and not escaped:  # variables are filled in
        return '"' + re.sub(r'["\\]', r"\\\g<0>", text) + '"', after
    return "'" + text.replace("'", "") + "'", after


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
            for match in TOKEN.finditer(inlined(script))
            if match.lastgroup in kinds
        ]
        self.values = dict(values)
        self.position = 0
        self.depth = 0
        self.rounds = 0
        self.found: list[Simple] = []
        self.functions: dict[str, int] = {}  # where the body of each begins

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

    def simple(self) -> Node:
        ahead = [text for _, text in self.tokens[self.position : self.position + 3]]
        if ahead[1:] == ["(", ")"] and NAME.fullmatch(ahead[0]):
            self.position += 3
            return self.function(ahead[0])
        if ahead[:1] == ["function"] and NAME.fullmatch(" ".join(ahead[1:2])):
            self.position += 2
            if self.take("("):
                self.take(")")
            return self.function(ahead[1])
        words: list[str] = []
        while self.kind == "word":
            words += _expanded(self.text, self.values)
            self.position += 1
        assigned = [match[1] for word in words if (match := ASSIGNMENT.match(word))]
        if len(assigned) == len(words):
            for name in assigned:
                self.values.pop(name, None)  # from here on it is something else
        else:
            program = unquoted(words[len(assigned)])
            if program in self.functions and self.depth < MAX_DEPTH and self.rounds < MAX_COMMANDS:
                return self.call(program)
        self.found.append(Simple(tuple(words)))
        return self.found[-1]

    def function(self, name: str) -> Simple:
        """Read a definition; the commands in it count where it is called."""
        while self.take("\n"):
            pass
        known, values = len(self.found), dict(self.values)
        self.functions.pop(name, None)
        start = self.position
        if self.depth < MAX_DEPTH and self.kind != "end":
            self.depth += 1
            self.command()
            self.depth -= 1
            self.functions[name] = start
        self.values = values
        body = [word for command in self.found[known:] for word in (*command.words, ";")]
        self.found[known:] = [Simple(("function", name, *body))]
        return self.found[-1]

    def call(self, name: str) -> Node:
        after, self.position = self.position, self.functions[name]
        self.rounds += 1
        self.depth += 1
        body = self.command()
        self.depth -= 1
        self.position = after
        return Called(body)

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
