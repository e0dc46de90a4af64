"""The commands in the `run:` of a step, the nox sessions they run, and what a failure comes to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from course.workflow.running import State, Watch
from course.workflow.shell import TOKEN, parse, unquoted

LAUNCHERS = re.compile(r"(uvx?|pipx|poetry|pdm|hatch|python[\d.]*|py|time|timeout|env|exec|sudo)$")
NOT_RUNNING = {"-l", "--list", "--list-sessions", "--install-only", "-h", "--help", "--version"}
STOPPING = {"-x", "--stop-on-first-error"}
RESERVED = {"if", "then", "elif", "else", "while", "until", "do", "!", "{"}
ENDINGS = {(":",), ("true",), ("/bin/true",), ("exit", "0")}

IGNORED = "is ignored"
LOST = "can be lost: before it stands `set +e`, or the script ends with `true` or `exit 0`"


@dataclass(frozen=True)
class Command:
    """A command: its words as written, and the operator behind it ("" at the end)."""

    words: tuple[str, ...]
    after: str


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
    for match in TOKEN.finditer(script):
        if match.lastgroup == "word" and (words or match[0] not in RESERVED):
            words.append(match[0])
        elif match.lastgroup == "operator" and words:
            found.append(Command(tuple(words), match[0]))
            words = []
    return [*found, Command(tuple(words), "")] if words else found


def sessions(command: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the nox sessions that a command names, in order, without Python versions.

    It is None where the command runs no nox.

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
    if NOT_RUNNING & set(words):
        return None
    named: list[str] = []
    collecting = False
    for word in words[at + 1 :]:
        if word == "--":
            break
        if match := re.match(r"--sessions?=(.*)|-[es](.+)", word):
            named.append(match[1] or match[2])
        elif word.startswith("-"):
            collecting = bool(re.match(r"--sessions?$|-[a-zA-Z]*[es]$", word))
        elif collecting:
            named.append(word)
    return tuple(re.sub(r"(-\d+(\.\d+)?)?(\(.*)?$", "", name) for name in named)


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
        The calls, in order. What can never be reached is left out.

    Examples
    --------
    >>> [call.lost for call in nox_calls("nox -s gate | tee log", {}, None)]
    ['is ignored']
    >>> [call.lost for call in nox_calls("nox -s gate | tee log", {}, "bash")]
    ['']
    """
    tree, found = parse(script, values)
    numbers = {command: number for number, command in enumerate(found)}
    ends_well = bool(found) and found[-1].words in ENDINGS
    start = _start(shell)
    calls = []
    for command in found:
        names = sessions(command.words)
        if names is None:
            continue
        watch = Watch(command)
        last = watch.run(tree, {start})
        if command not in watch.reached:
            continue
        lost = _lost(last)
        if ends_well and not lost:  # under -e that ending is never reached, but who relies on it?
            without = replace(start, errexit=None)
            lost = LOST if _lost(Watch(command).run(tree, {without})) else ""
        sure = all(state.ran for state in last if state.ok)
        early = frozenset(numbers[other] for other in watch.early & numbers.keys())
        calls.append(NoxCall(command.words, numbers[command], names, lost, sure, early))
    return calls


def _start(shell: str | None) -> State:
    """Return the state in which GitHub starts a shell."""
    if shell is None or shell == "sh":
        return State(errexit=True, pipefail=False)
    name, *options = shell.split()
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
