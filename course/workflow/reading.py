"""Read a workflow as GitHub does: YAML 1.2, where `on` is a word, with anchors, without merging."""

import re
from dataclasses import dataclass
from typing import Any

import yaml  # type: ignore[import-untyped]

MAX_CHARACTERS = 50_000  # a workflow has a few thousand
MAX_DEPTH = 40
MAX_NODES = 10_000  # with aliases followed: a few lines of them can stand for billions

Path = tuple[str | int, ...]

TAG = "tag:yaml.org,2002:"
# The core schema of YAML 1.2. PyYAML's own is 1.1: there `on`, `yes` and 12:30 are no strings.
SCALARS = {
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?[0-9]{1,18}", list("-+0123456789")),
    "float": (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", list("-+.0123456789")),
}


class UnreadableError(ValueError):
    """A text that is no workflow; the message says why, in one sentence."""


@dataclass(frozen=True)
class Document:
    """A workflow as plain data, and the line on which each part of it begins, counted from 1."""

    data: Any
    lines: dict[Path, int]


class _Loader(yaml.SafeLoader):  # type: ignore[misc]  # PyYAML is untyped
    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own name and form
    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise UnreadableError(f"It is nested more than {MAX_DEPTH} levels deep.")
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


for _name, (_pattern, _first) in SCALARS.items():
    _Loader.add_implicit_resolver(TAG + _name, re.compile(f"(?:{_pattern})$"), _first)


def read(text: object) -> Document:
    r"""Return what a text says, as plain data; nothing in it is run.

    Parameters
    ----------
    text : str
        A workflow in YAML.

    Returns
    -------
    Document
        Its data, with strings for keys, and the lines of its parts.

    Raises
    ------
    UnreadableError
        If it is not text, not YAML, or more than a workflow can be.

    Examples
    --------
    >>> document = read("on: push\njobs: {}")
    >>> document.data, document.lines["jobs",]
    ({'on': 'push', 'jobs': {}}, 2)
    """
    if not isinstance(text, str):
        raise UnreadableError(f"A workflow is text, and this is of type {type(text).__name__}.")
    if len(text) > MAX_CHARACTERS:
        raise UnreadableError(f"It has {len(text):,} characters, more than {MAX_CHARACTERS:,}.")
    try:
        node = _Loader(text).get_single_node()
    except yaml.YAMLError as error:
        raise UnreadableError(_reason(error)) from None
    if node is None:
        raise UnreadableError("It is empty.")
    lines: dict[Path, int] = {}
    return Document(_plain(node, (), lines), lines)


def _reason(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it is not YAML"
    return f"Line {mark.line + 1}: {problem}." if mark else f"This is no YAML: {problem}."


def _plain(node: yaml.Node, path: Path, lines: dict[Path, int]) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(path, line)  # the line of its key, where it has one
    if len(lines) > MAX_NODES or len(path) > MAX_DEPTH:
        raise UnreadableError("Its aliases stand for more than a workflow can hold.")
    kind = node.tag.removeprefix(TAG)
    if isinstance(node, yaml.SequenceNode) and kind == "seq":
        return [_plain(item, (*path, i), lines) for i, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode) and kind == "map":
        plain: dict[str, Any] = {}
        for key, value in node.value:
            here = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise UnreadableError(
                    f"Line {here}: a key must be a word, not a list or a mapping."
                )
            if key.value in plain:
                raise UnreadableError(f"Line {here}: the key {key.value!r} is there twice.")
            lines[*path, key.value] = here
            plain[key.value] = _plain(value, (*path, key.value), lines)
        return plain
    if isinstance(node, yaml.ScalarNode) and kind in ("str", *SCALARS):
        return _scalar(kind, node.value, line)
    raise UnreadableError(f"Line {line}: GitHub knows no tag {node.tag!r}.")


def _scalar(kind: str, value: str, line: int) -> Any:
    try:
        if kind == "int":
            return int(value)
        if kind == "float":
            return float(value)
    except ValueError:
        raise UnreadableError(
            f"Line {line}: {value[:40]!r} is not of the type of its tag."
        ) from None
    return {"null": None, "bool": value.lower() == "true"}.get(kind, value)
