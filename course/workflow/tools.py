"""The two judges that are not ours: GitHub's schema from check-jsonschema, and zizmor."""

import json
import re
import subprocess
import sysconfig
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from course.workflow.finding import Finding, broken
from course.workflow.reading import Document

MAX_FINDINGS = 10  # one slip can break many branches of the schema; after ten nobody reads on
KINDS = {dict: "mapping", list: "list", str: "string", bool: "boolean", type(None): "nothing"}
# zizmor's defaults, but for two things. What it grades low or informational is advice, such as a
# newer spelling of a local path. And a comment must not be enough to silence it.
ZIZMOR = ["--offline", "--no-config", "--no-ignores", "--min-severity=medium", "--format=json-v1"]


def by_schema(document: Document) -> list[Finding]:
    """Return where a workflow does not fit the schema of GitHub's workflows."""
    findings = []
    for error in _validator().iter_errors(document.data):
        for leaf in _leaves(error):
            path = tuple(leaf.absolute_path)
            line = document.lines.get((*path, *_strange(leaf)[:1]), 1)
            where = ", ".join([f"Line {line}", *([".".join(map(str, path))] if path else [])])
            findings.append(broken("schema", f"{where}: {_told(leaf)}."))
    return list(dict.fromkeys(findings))[:MAX_FINDINGS]


@cache
def _validator() -> Any:
    # Imported late: a second on a slow machine, and only who judges a workflow needs it.
    from check_jsonschema.builtin_schemas import (  # type: ignore[import-untyped]
        get_builtin_schema,
    )
    from jsonschema.validators import validator_for  # type: ignore[import-untyped]

    schema = get_builtin_schema("vendor.github-workflows")
    return validator_for(schema)(schema)


def _leaves(error: Any) -> Iterator[Any]:
    """Return the errors within the alternative that was most likely meant."""
    if not error.context:
        yield error
        return
    branches: dict[int, list[Any]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    fitting = [errors for errors in branches.values() if _fits(error.instance, errors)]
    if not fitting:
        yield error
        return
    for inner in min(fitting, key=lambda errors: _strangers(error.instance, errors)):
        yield from _leaves(inner)


def _fits(instance: object, errors: list[Any]) -> bool:
    return not any(inner.instance is instance and inner.validator == "type" for inner in errors)


def _strangers(instance: object, errors: list[Any]) -> int:
    """Return how many keys of a mapping an alternative does not know."""
    return sum(len(_strange(inner)) for inner in errors if inner.instance is instance)


def _strange(error: Any) -> list[str]:
    """Return the keys that an error says are unknown."""
    if error.validator != "additionalProperties":
        return []
    known, patterns = (error.schema.get(name, {}) for name in ("properties", "patternProperties"))
    return [
        key
        for key in error.instance
        if key not in known and not any(re.search(pattern, key) for pattern in patterns)
    ]


def _told(error: Any) -> str:
    match error.validator:
        case "required":
            missing = [key for key in error.validator_value if key not in error.instance]
            return f"{' and '.join(map(repr, missing))} is missing"
        case "additionalProperties":
            return f"GitHub knows no key {' and '.join(map(repr, _strange(error)))} here"
        case "type":
            meant = error.validator_value
            meant = meant if isinstance(meant, str) else " or ".join(meant)
            return f"this is a {_kind(error.instance)}, and {meant} is meant"
        case "enum" | "oneOf" | "anyOf" | "not" if not isinstance(error.instance, dict | list):
            return f"{error.instance!r} cannot stand here"[:200]
        case "oneOf":
            return "its keys do not go together"
    return str(error.message)[:200]


def _kind(instance: object) -> str:
    return KINDS.get(type(instance), "number")


def by_zizmor(text: str) -> list[Finding]:
    """Return what zizmor says of a workflow, each once, with its own name, severity and page."""
    program = Path(sysconfig.get_path("scripts"), "zizmor")
    ran = subprocess.run(  # noqa: S603 - our own program, and the text is only read
        [program, *ZIZMOR, "-"], input=text.encode(), capture_output=True, env={}, check=False
    )
    if not ran.stdout:
        *_, reason = ran.stderr.decode(errors="replace").split("Caused by:")
        return [Finding("zizmor", f"zizmor cannot read it: {' '.join(reason.split())[:200]}", "")]
    return list(dict.fromkeys(_found(item) for item in json.loads(ran.stdout)))


def _found(item: dict[str, Any]) -> Finding:
    place = next(one for one in item["locations"] if one["symbolic"]["kind"] == "Primary")
    line = place["concrete"]["location"]["start_point"]["row"] + 1
    severity = item["determinations"]["severity"].lower()
    annotation = place["symbolic"]["annotation"]
    message = f"{item['ident']} ({severity} severity), line {line}: {annotation}."
    return Finding("zizmor", message, f"It warns of {item['desc']}: {item['url']}")
