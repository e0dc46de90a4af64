"""What becomes of a script when one of its commands fails: every way it can go is gone through."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from course.workflow.shell import (
    ASSIGNMENT,
    Called,
    Chain,
    Choice,
    Node,
    Pipe,
    Sequence,
    Simple,
    Subshell,
    unquoted,
)

SUCCEEDING = {
    ":",
    "true",
    "/bin/true",
    "/usr/bin/true",
    "echo",
    "printf",
    "break",
    "continue",
    "function",
}
REMEMBERED = 4  # tests and variables: each may double the ways


@dataclass(frozen=True)
class State:
    """How far a script came: what its last command said, its options, and what it remembers."""

    errexit: bool | None  # None: the shell was never told -e; False: the script says `set +e`
    pipefail: bool
    ok: bool = True
    ended: bool = False
    returned: bool = False  # ended, and by `return`
    ran: bool = False  # the watched command
    failed: bool = False  # the watched command
    background: bool | None = None  # whether it failed in the background; None: it is not there
    latest: bool = False  # whether `$!` is the watched command
    tests: frozenset[tuple[str, bool]] = frozenset()  # so that the same test says the same again
    nonzero: frozenset[str] = frozenset()  # variables that hold the exit code of a failure


class Watch:
    """Goes through a script in every way, with an eye on one of its commands.

    Parameters
    ----------
    command : Simple
        The command that is watched.

    Attributes
    ----------
    reached, early : set of Simple
        The commands that are run at all, and those that can run before the watched one is done.
    """

    def __init__(self, command: Simple) -> None:
        self.command = command
        self.reached: set[Simple] = set()
        self.early: set[Simple] = set()

    def run(self, node: Node, states: set[State], quiet: bool = False) -> set[State]:
        """Return the states that a node can lead to; `quiet` where the shell passes over -e."""
        ended = {state for state in states if state.ended}
        going = states - ended
        if not going:
            return ended
        match node:
            case Simple():
                after = {new for state in going for new in self._simple(node, state, quiet)}
            case Sequence():
                after = going if node.items else {replace(state, ok=True) for state in going}
                for item, background in node.items:
                    after = (
                        self._behind(item, after) if background else self.run(item, after, quiet)
                    )
            case Chain():
                after = self._chain(node, going, quiet)
            case Pipe():
                after = self._pipe(node, going, quiet)
            case Choice():
                after = self._choice(node, going, quiet)
            case Subshell():
                after = {_stopped(new, quiet) for new in self._inside(node.body, going, quiet)}
            case Called():
                after = {
                    _stopped(replace(new, ended=False, returned=False), quiet)
                    if new.returned
                    else new
                    for new in self.run(node.body, going, quiet)
                }
        return ended | after

    def _chain(self, node: Chain, states: set[State], quiet: bool) -> set[State]:
        for number, (mark, item) in enumerate(node.items):
            taken = {s for s in states if number == 0 or s.ok == (mark == "&&")}
            last = number + 1 == len(node.items)
            states = (states - taken) | self.run(item, taken, quiet or not last)
        return states

    def _inside(self, node: Node, states: set[State], quiet: bool) -> set[State]:
        """Return the states after a shell of its own, whose options and variables are lost."""
        return {
            replace(
                new,
                ended=False,
                returned=False,
                errexit=state.errexit,
                pipefail=state.pipefail,
                nonzero=state.nonzero,
            )
            for state in states
            for new in self.run(node, {state}, quiet)
        }

    def _pipe(self, node: Pipe, states: set[State], quiet: bool) -> set[State]:
        quiet = quiet or node.negated
        if len(node.parts) == 1:
            after = self.run(node.parts[0], states, quiet)
        else:
            ways = {(state, True) for state in states}
            for part in node.parts:
                ways = {
                    (new, fine and new.ok)
                    for state, fine in ways
                    for new in self._inside(part, {state}, quiet)
                }
            after = {
                _stopped(replace(state, ok=fine if state.pipefail else state.ok), quiet)
                for state, fine in ways
            }
        return {s if s.ended else replace(s, ok=s.ok != node.negated) for s in after}

    def _choice(self, node: Choice, states: set[State], quiet: bool) -> set[State]:
        after: set[State] = set()
        for condition, body in node.arms:
            asked = self.run(condition, states, quiet=True)
            taken = {state for state in asked if state.ok and not state.ended}
            after |= self.run(body, taken, quiet) | {state for state in asked if state.ended}
            states = {state for state in asked if not state.ok and not state.ended}
        return after | self.run(node.otherwise, states, quiet)

    def _behind(self, node: Node, states: set[State]) -> set[State]:
        after = {state for state in states if state.ended}
        for state in states - after:
            for new in self._inside(node, {state}, quiet=False):
                background = not new.ok if new.ran else state.background
                after.add(
                    replace(
                        state, ok=True, failed=new.failed, background=background, latest=new.ran
                    )
                )
        return after

    def _simple(self, node: Simple, state: State, quiet: bool) -> Iterable[State]:
        self.reached.add(node)
        if not state.ran:
            self.early.add(node)
        if node is self.command:
            states = [
                replace(state, ok=True, ran=True),
                replace(state, ok=False, ran=True, failed=True),
            ]
        else:
            states = list(_said([unquoted(word) for word in node.words], state))
        return [_stopped(new, quiet) for new in states]


def _stopped(state: State, quiet: bool) -> State:
    """Return a state after a command, ended if the shell was told -e and the command failed."""
    stops = state.errexit and not state.ok and not quiet
    return replace(state, ended=True) if stops else state


def _said(words: list[str], state: State) -> Iterable[State]:
    """Return what a command other than the watched one can lead to."""
    assigned = [match for word in words if (match := ASSIGNMENT.match(word))]
    if words and len(assigned) == len(words):
        yield _assigned(assigned, state)
        return
    name, *rest = words[len(assigned) :] or ["?"]
    if name in SUCCEEDING:
        yield replace(state, ok=True)
    elif name == "false":
        yield replace(state, ok=False)
    elif name in ("exit", "return"):
        for left in _exits(rest[0] if rest else "$?", state):
            yield replace(left, returned=name == "return")
    elif name == "exec" and rest and not re.match(r"\d*[<>&]", rest[0]):
        yield from (replace(state, ok=ok, ended=True) for ok in (True, False))
    elif name == "set":
        yield _told(rest, state)
    elif name == "wait":
        watched = state.background is not None and (state.latest or rest != ["$!"])
        for ok in (True, False) if rest and not watched else (not (rest and state.background),):
            yield replace(state, ok=ok, ran=state.ran or watched)
    else:
        test = " ".join(words) if name in ("[", "[[", "test") else ""
        known = dict(state.tests).get(test)
        for ok in (True, False) if known is None else (known,):
            tests = state.tests
            if test and known is None and len(tests) < REMEMBERED:
                tests |= {(test, ok)}
            yield replace(state, ok=ok, tests=tests)


def _assigned(assigned: list[re.Match[str]], state: State) -> State:
    nonzero = state.nonzero
    for name, value in (match.groups() for match in assigned):
        bad = not state.ok if value == "$?" else re.fullmatch(r"0*[1-9]\d*", value) is not None
        nonzero = nonzero | {name} if bad and len(nonzero) < REMEMBERED else nonzero - {name}
    return replace(state, ok=True, nonzero=nonzero)


def _exits(code: str, state: State) -> Iterable[State]:
    variable = re.fullmatch(r"\$\{?(\w+)\}?", code)
    ok = state.ok if code == "$?" else re.fullmatch(r"0+", code) is not None
    if variable:
        ok = variable[1] not in state.nonzero
    yield replace(state, ok=ok, ended=True)


def _told(options: list[str], state: State) -> State:
    """Return a state after `set`."""
    for place, option in enumerate(options):
        on = option[:1] == "-"
        if option[:1] not in ("-", "+"):
            continue
        names = options[place + 1 : place + 2] if option.endswith("o") else []
        if "e" in option or "errexit" in names:
            state = replace(state, errexit=on)
        if "pipefail" in names:
            state = replace(state, pipefail=on)
    return replace(state, ok=True)
