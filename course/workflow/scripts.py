"""The commands in the `run:` of a step, the nox sessions they run, and what a failure comes to."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from course.workflow.running import State, Watch
from course.workflow.shell import ASSIGNMENT, TOKEN, Simple, inlined, parse, unquoted

LAUNCHERS = re.compile(r"(uvx?|pipx|poetry|pdm|hatch|python[\d.]*|py|time|timeout|env|exec|sudo)$")
NOT_RUNNING = {"-l", "--list", "--list-sessions", "--install-only", "-h", "--help", "--version"}
STOPPING = {"-x", "--stop-on-first-error"}
RESERVED = {"if", "then", "elif", "else", "while", "until", "do", "!", "{"}
PICKING = re.compile(r"-[xrRv]*[kt]|--(?:keywords|tags)\b")  # only some of the sessions it names
NOXFILE = re.compile(r"(?:-f|--noxfile)=?")
# The shells that GitHub knows, and the options with which bash runs the script, all of it.
SHELL = re.compile(
    r"pwsh|powershell|cmd|(?:(?:/usr)?/bin/)?(?:ba)?sh"
    r"(?:(?: --(?:noprofile|norc|login|posix)| -[abeEhilmpuvxo]+| pipefail| errexit| nounset"
    r"| xtrace| errtrace)* \{0\})?"
)
ENDINGS = {(":",), ("true",), ("/bin/true",), ("exit", "0")}

IGNORED = "is ignored"
LOST = "can be lost: before it stands `set +e`, or the script ends with `true` or `exit 0`"


@dataclass(frozen=True)
class Command:
    """A command: its words as written, and the operator behind it ("" at the end)."""

    words: tuple[str, ...]
    after: str
    kept: bool = False  # what it prints goes into a variable


@dataclass(frozen=True)
class NoxCall:
    """A command that runs nox.

    Parameters
    ----------
    words : tuple of str
        The command, with the variables that are known.
    number : int
        Its place among the commands of the script, counted from 0.
    names : tuple of str
        The sessions that it names, in order.
    lost : str
        What becomes of its failure, if it does not stop the script; "" if it does.
    sure : bool
        Whether the script cannot succeed without it.
    early : frozenset of int
        The numbers of the commands that can run before it is done.
    """

    words: tuple[str, ...]
    number: int
    names: tuple[str, ...]
    lost: str
    sure: bool
    early: frozenset[int]


def commands(script: str) -> list[Command]:
    """Split a script into its commands.

    Examples
    --------
    >>> install, lint = commands("pip install nox && nox -s lint  # cheap first")
    >>> install.after, lint.words
    ('&&', ('nox', '-s', 'lint'))
    """
    found: list[Command] = []
    words: list[str] = []
    within: list[bool] = []  # of each parenthesis, whether it is that of X=$( )
    for match in TOKEN.finditer(inlined(script)):
        if match[0] == "(":
            within.append(bool(words) and words[-1].endswith("=$"))
        if match.lastgroup == "word" and (words or match[0] not in RESERVED):
            words.append(match[0])
        elif match.lastgroup == "operator" and words:
            found.append(
                Command(tuple(words), match[0], any(within[:-1] if match[0] == "(" else within))
            )
            words = []
        if match[0] == ")" and within:
            within.pop()
    return [*found, Command(tuple(words), "", any(within))] if words else found


def sessions(command: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the nox sessions that a command names, in order, without Python versions.

    It is None where the command runs no nox, and empty where it does not say which it runs.

    Examples
    --------
    >>> sessions(("python", "-m", "nox", "-rs", "'test-3.12'", "lint", "--", "-q"))
    ('test', 'lint')
    """
    words = [unquoted(word) for word in command]
    while words and re.match(r"[A-Za-z_]\w*=", words[0]):
        del words[0]
    at = next((i for i, word in enumerate(words) if re.search(r"(^|/)nox$", word)), None)
    if at is None or (at > 0 and not LAUNCHERS.search(words[0])):
        return None
    own = words[at + 1 : words.index("--", at) if "--" in words[at:] else None]
    if NOT_RUNNING & {*words[:at], *own}:
        return None
    if picks(own):
        return ()
    named: list[str] = []
    collecting = False
    for word in own:
        if match := re.match(r"--sessions?=(.*)|-[es](.+)", word):
            named.append(match[1] or match[2])
        elif word.startswith("-"):
            collecting = bool(re.match(r"--sessions?$|-[a-zA-Z]*[es]$", word))
        elif collecting:
            named.append(word)
    return tuple(re.sub(r"(-\d+(\.\d+)?)?(\(.*)?$", "", name) for name in named)


def picks(words: Iterable[str]) -> bool:
    """Return whether options of nox leave open what the sessions are that a command names.

    Examples
    --------
    >>> picks(["-s", "lint", "-k", "slow"]), picks(["-f", "./noxfile.py", "-s", "lint"])
    (True, False)
    """
    given = [unquoted(word) for word in words]
    files = [
        word[match.end() :] or after
        for word, after in zip(given, [*given[1:], ""], strict=False)
        if (match := NOXFILE.match(word))
    ]
    return any(map(PICKING.match, given)) or any(
        re.search(r"(^|/)noxfile\.py$", file) is None for file in files
    )


def readable(shell: str | None) -> bool:
    """Return whether it is known what a shell makes of a script; None is GitHub's default.

    Examples
    --------
    >>> readable("bash -el {0}"), readable("bash -n {0}"), readable("true {0}")
    (True, False, False)
    """
    return shell is None or SHELL.fullmatch(" ".join(shell.split())) is not None


def stops_at_first(words: tuple[str, ...]) -> bool:
    """Return whether nox, given many sessions, runs none after one that failed."""
    return any(word in STOPPING or re.match(r"-[a-z]*x[a-z]*$", word) for word in words)


def nox_calls(script: str, values: Mapping[str, str], shell: str | None) -> list[NoxCall]:
    """Return the commands of a script that run nox, and what becomes of their failures.

    Parameters
    ----------
    script : str
        What stands in `run:`.
    values : mapping of str to str
        The environment, as far as it is known.
    shell : str or None
        What stands in `shell:`.

    Returns
    -------
    list of NoxCall
        The calls, in order. What can never be reached is left out, and so is what stands in a
        function that is not called or in a here-document, or stands behind an alias.

    Examples
    --------
    >>> [call.lost for call in nox_calls("nox -s gate | tee log", {}, None)]
    ['is ignored']
    >>> [call.lost for call in nox_calls("nox -s gate | tee log", {}, "bash")]
    ['']
    """
    if not readable(shell):
        return []
    tree, found = parse(script, values)
    aliases, pardoned = _aliases(found), _pardoned(found)
    numbers = {command: number for number, command in enumerate(found)}
    ends_well = bool(found) and found[-1].words in ENDINGS
    start = _start(shell)
    calls = []
    for command in found:
        names = sessions(command.words)
        if names is None or _program(command) in aliases:
            continue
        watch = Watch(command)
        last = watch.run(tree, {start})
        if command not in watch.reached:
            continue
        lost = IGNORED if pardoned else _lost(last)
        if ends_well and not lost:  # under -e that ending is never reached, but who relies on it?
            without = replace(start, errexit=None)
            lost = LOST if _lost(Watch(command).run(tree, {without})) else ""
        sure = all(state.ran for state in last if state.ok)
        early = frozenset(numbers[other] for other in watch.early & numbers.keys())
        calls.append(NoxCall(command.words, numbers[command], names, lost, sure, early))
    return calls


def _program(command: Simple) -> str:
    """Return the first word of a command that is not an assignment, nor `time`."""
    words = (unquoted(word) for word in command.words)
    return next((w for w in words if w != "time" and not ASSIGNMENT.match(w)), "")


def _aliases(found: list[Simple]) -> set[str]:
    return {
        unquoted(word).partition("=")[0]
        for command in found
        if command.words[:1] == ("alias",)
        for word in command.words[1:]
    }


def _pardoned(found: list[Simple]) -> bool:
    """Return whether a trap makes a success of a script that failed."""
    bodies = {
        command.words[1]: " ".join(command.words[2:])
        for command in found
        if command.words[:1] == ("function",)
    }
    for command in found:
        words = [unquoted(word) for word in command.words]
        if words[:1] == ["trap"] and {"EXIT", "ERR", "0"} & set(words[2:]):
            action = " ".join([*words[1:], *(bodies.get(word, "") for word in words[1:])])
            if re.search(r"\bexit\s+0+\b|\bexec\s+(?![\d<>&])", action):
                return True
    return False


def _start(shell: str | None) -> State:
    """Return the state in which GitHub starts a shell."""
    if shell is None or shell == "sh":
        return State(errexit=True, pipefail=False)
    name, *options = shell.removeprefix("/usr").removeprefix("/bin/").split()
    if name not in ("bash", "sh") or not options:
        return State(errexit=True, pipefail=name == "bash")
    told = any(re.match(r"-\w*e|errexit", option) for option in options)
    return State(errexit=told or None, pipefail="pipefail" in options)


def _lost(last: set[State]) -> str:
    failed = [state for state in last if state.failed]
    if any(state.ok for state in failed):
        return IGNORED
    # As the last command it counts even after `set +e`, until somebody adds a line.
    return LOST if any(state.errexit is False and not state.ended for state in failed) else ""


def filled_in(text: str, values: Mapping[str, str]) -> str:
    """Return a text with the expressions in place that are known: "matrix.x" and "env.X"."""
    pattern = r"\$\{\{\s*((?:matrix|env)\.[\w-]+)\s*\}\}"
    return re.sub(pattern, lambda found: values.get(found[1], found[0]), text)
