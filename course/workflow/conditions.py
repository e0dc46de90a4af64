"""Work out an `if:` of GitHub Actions for a given event, as far as it can be known beforehand."""

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

MAX_LENGTH = 1000
MAX_NESTING = 30
STATUS = {"always", "success", "failure", "cancelled"}

TOKEN = re.compile(
    r"\s*(?:(?P<string>'(?:[^']|'')*')|(?P<number>-?(?:0x[0-9a-fA-F]+|\d+(?:\.\d*)?|\.\d+))"
    r"|(?P<name>[A-Za-z_][\w-]*)|(?P<mark>==|!=|<=|>=|&&|\|\||[!<>()\[\],.*]))"
)


class _Unknown:
    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN = _Unknown()  # what only the run will tell, such as an output, a variable, a secret
Facts = Mapping[str, Any]


def holds(condition: object, facts: Facts) -> bool | None:
    """Work out a condition.

    Parameters
    ----------
    condition : object
        The value of `if:`, with or without ``${{ }}``; None where there is none.
    facts : mapping of str to object
        What is known: contexts by their path in lower case, such as "github.ref", and the status
        functions by their name.

    Returns
    -------
    bool or None
        Whether it holds, or None where that cannot be known, or where it cannot be read.

    Examples
    --------
    >>> facts = {"github.event_name": "push", "github.ref": "refs/heads/main", "success": True}
    >>> holds("github.ref == 'refs/heads/main' && github.event_name != 'pull_request'", facts)
    True
    >>> holds("github.ref == 'main'", facts)
    False
    >>> holds("vars.READY == 'yes'", facts) is None
    True
    """
    if condition is None:
        return _known(facts.get("success", True))
    if not isinstance(condition, str):
        return bool(condition)
    expression = unwrapped(condition)
    if expression is None:  # ${{ }} with text around it is text, and text is true
        return True
    try:
        value = _Parser(expression, facts).parse()
    except _SyntaxError:
        return None
    if asks_for_status(condition):
        return _known(_truth(value))
    return _known(_and(facts.get("success", True), value))  # success() is implied


def unwrapped(condition: str) -> str | None:
    """Return the expression of a condition; None where it is text with expressions in it."""
    if "${{" not in condition:
        return condition
    match = re.fullmatch(r"\$\{\{((?:(?!\$\{\{|\}\}).)*)\}\}", condition, re.DOTALL)
    return match[1] if match else None


def asks_for_status(condition: object) -> bool:
    """Return whether a condition names a status function, so that success() is not implied."""
    if not isinstance(condition, str):
        return False
    code = re.sub(r"'[^']*'", "", condition)
    return any(re.search(rf"\b{name}\s*\(", code, re.IGNORECASE) for name in STATUS)


class _SyntaxError(ValueError):
    pass


class _Parser:
    """Reads an expression by recursive descent, and computes while it reads."""

    def __init__(self, text: str, facts: Facts) -> None:
        if len(text) > MAX_LENGTH or sum(map(text.count, "([!")) > MAX_NESTING:
            raise _SyntaxError
        self.facts = facts
        self.tokens: list[tuple[str, str]] = []
        text, position = text.strip(), 0
        while position < len(text):
            match = TOKEN.match(text, position)
            if match is None:
                raise _SyntaxError
            self.tokens.append((str(match.lastgroup), match[str(match.lastgroup)]))
            position = match.end()
        self.tokens.append(("end", ""))

    def parse(self) -> Any:
        value = self.either()
        self.expect("")
        return value

    def take(self, *marks: str) -> str | None:
        kind, text = self.tokens[0]
        if kind == "mark" and text in marks:
            del self.tokens[0]
            return text
        return None

    def expect(self, mark: str) -> None:
        if self.tokens.pop(0)[1] != mark or (mark and not self.tokens):
            raise _SyntaxError

    def either(self) -> Any:
        value = self.both()
        while self.take("||"):
            value = _or(value, self.both())
        return value

    def both(self) -> Any:
        value = self.equality()
        while self.take("&&"):
            value = _and(value, self.equality())
        return value

    def equality(self) -> Any:
        value = self.order()
        while mark := self.take("==", "!="):
            same = _same(value, self.order())
            value = same if mark == "==" else _not(same)
        return value

    def order(self) -> Any:
        value = self.unary()
        while self.take("<", "<=", ">", ">="):
            self.unary()
            value = UNKNOWN  # nobody orders branches
        return value

    def unary(self) -> Any:
        return _not(self.unary()) if self.take("!") else self.primary()

    def primary(self) -> Any:
        if self.take("("):
            value = self.either()
            self.expect(")")
            return value
        kind, text = self.tokens.pop(0)
        if kind == "string":
            return text[1:-1].replace("''", "'")
        if kind == "number":
            return float(int(text, 16)) if "x" in text else float(text)
        if kind != "name":
            raise _SyntaxError
        if self.take("("):
            return self.call(text.lower())
        return self.context(text.lower())

    def call(self, name: str) -> Any:
        arguments = []
        while not self.take(")"):
            arguments.append(self.either())
            if not self.take(","):
                self.expect(")")
                break
        if name in STATUS:
            return self.facts.get(name, UNKNOWN)
        if any(argument is UNKNOWN for argument in arguments) or name not in FUNCTIONS:
            return UNKNOWN
        try:
            return FUNCTIONS[name](*arguments)
        except (TypeError, ValueError, IndexError, RecursionError):
            raise _SyntaxError from None

    def context(self, path: str) -> Any:
        if path in ("true", "false", "null"):
            return {"true": True, "false": False, "null": None}[path]
        while True:
            if self.take("."):
                kind, text = self.tokens.pop(0)
                if kind != "name" and text != "*":
                    raise _SyntaxError
                path += f".{text.lower()}"
            elif self.take("["):
                key = self.either()
                self.expect("]")
                path += f".{key.lower() if isinstance(key, str) else '?'}"
            else:
                return self.facts.get(path, UNKNOWN)


def _truth(value: Any) -> Any:
    return UNKNOWN if value is UNKNOWN else value not in (False, None, "", 0)


def _known(value: Any) -> bool | None:
    return None if value is UNKNOWN else bool(value)


def _not(value: Any) -> Any:
    return UNKNOWN if value is UNKNOWN else not _truth(value)


def _and(left: Any, right: Any) -> Any:
    if _truth(left) is False or _truth(left) is True:
        return right if _truth(left) else left
    return False if _truth(right) is False else UNKNOWN


def _or(left: Any, right: Any) -> Any:
    if _truth(left) is False or _truth(left) is True:
        return left if _truth(left) else right
    return True if _truth(right) is True else UNKNOWN


def _same(left: Any, right: Any) -> Any:
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    if isinstance(left, str) and isinstance(right, str):
        return left.casefold() == right.casefold()
    if left is None and right is None:
        return True
    return _number(left) == _number(right)


def _number(value: Any) -> float:
    if isinstance(value, str | float | bool | None):
        try:
            return float(value or 0)
        except ValueError:
            pass
    return math.nan


def _text(value: Any) -> str:
    return "" if value is None else str(value).casefold()


def _contains(where: Any, what: Any) -> bool:
    if isinstance(where, list):
        return any(_same(item, what) is True for item in where)
    return _text(what) in _text(where)


def _format(pattern: str, *values: Any) -> str:
    return re.sub(r"\{(\d{1,2})\}", lambda found: str(values[int(found[1])]), pattern)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "contains": _contains,
    "startswith": lambda text, start: _text(text).startswith(_text(start)),
    "endswith": lambda text, end: _text(text).endswith(_text(end)),
    "format": _format,
    "fromjson": json.loads,
}
