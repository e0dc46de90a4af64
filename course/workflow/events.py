"""The events that can start a workflow: what `on:` lets through, each with what it makes known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from course.workflow.conditions import UNKNOWN, Facts

MAIN = "main"
OTHER = "fix-typo"  # any branch that is not main
ON_BRANCH = "refs/heads/"
PULLED = {"pull_request", "pull_request_target", "pull_request_review"}


@dataclass(frozen=True)
class Event:
    """Something that starts the workflow: its name, the git ref it is about, and what is known."""

    name: str
    ref: str

    @property
    def is_main(self) -> bool:
        """Whether it is about a commit that is on main."""
        return self.ref == ON_BRANCH + MAIN and self.name not in PULLED

    @property
    def facts(self) -> Facts:
        """What a condition can know of it; every job before has succeeded."""
        short = self.ref.removeprefix(ON_BRANCH).removeprefix("refs/tags/")
        pulled = self.name in PULLED
        return {
            "github.event_name": self.name,
            "github.ref": self.ref,
            "github.ref_name": short.removeprefix("refs/pull/"),
            "github.ref_type": "tag" if self.ref.startswith("refs/tags/") else "branch",
            "github.base_ref": MAIN if pulled else "",
            "github.head_ref": UNKNOWN if pulled else "",
            "github.event.ref": self.ref if self.name == "push" else None,
            "github.event.pull_request": UNKNOWN if pulled else None,
            "github.event.pull_request.base.ref": MAIN if pulled else None,
            "github.event.repository.default_branch": MAIN,
            "always": True,
            "success": True,
            "failure": False,
            "cancelled": False,
        }

    @property
    def told(self) -> str:
        """What it is called in a sentence."""
        if self.name in PULLED:
            return f"a {self.name}"
        return f"{self.name} on {self.ref}"


def triggers(on: Any) -> dict[str, dict[str, Any]]:
    """Return the events of `on:` with their filters, however it is written.

    Examples
    --------
    >>> triggers(["push", "pull_request"]) == triggers({"push": None, "pull_request": {}})
    True
    """
    if isinstance(on, dict):
        return {name: value if isinstance(value, dict) else {} for name, value in on.items()}
    return {name: {} for name in ([on] if isinstance(on, str) else on)}


def admits(filters: dict[str, Any], branch: str) -> bool:
    """Return whether the branch filters of an event let a branch through.

    Examples
    --------
    >>> admits({"branches": ["m*", "!main"]}, "main")
    False
    """
    if "branches" in filters:
        admitted = False
        for pattern in _patterns(filters["branches"]):
            if _matches(pattern.removeprefix("!"), branch):
                admitted = not pattern.startswith("!")
        return admitted
    if "branches-ignore" in filters:
        ignored = _patterns(filters["branches-ignore"])
        return not any(_matches(pattern, branch) for pattern in ignored)
    return not {"tags", "tags-ignore"} & filters.keys()  # a filter of tags alone leaves only tags


def events(on: Any) -> Iterator[Event]:
    """Return one event of each sort that `on:` lets through."""
    for name, filters in triggers(on).items():
        if name in ("pull_request", "pull_request_review"):
            yield Event(name, "refs/pull/1/merge")
        elif name == "merge_group":
            yield Event(name, f"{ON_BRANCH}gh-readonly-queue/main/pr-1")
        elif name in ("push", "workflow_dispatch", "workflow_call", "create"):
            for branch in (MAIN, OTHER, *_examples(filters)):
                if branch not in (MAIN, OTHER) or admits(filters, branch):
                    yield Event(name, ON_BRANCH + branch)
            if "tags" in filters or not {"branches", "branches-ignore"} & filters.keys():
                yield Event(name, "refs/tags/main")  # a tag may have that name, too
        elif name == "release":
            yield Event(name, "refs/tags/v1")
        else:  # schedule and the like run on the default branch
            yield Event(name, ON_BRANCH + MAIN)


def _patterns(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [str(pattern) for pattern in value or []]


def _examples(filters: dict[str, Any]) -> Iterator[str]:
    """Return for each pattern a branch that it lets through, other than main."""
    for pattern in _patterns(filters.get("branches")):
        example = re.sub(r"\*+", "x", re.sub(r"[?+]|\[[^]]*\]", "", pattern))
        if example not in (MAIN, "x") and not pattern.startswith("!"):
            yield example


def _matches(pattern: str, branch: str) -> bool:
    pattern = re.sub(r"\*\*+", "**", pattern)
    if len(re.findall(r"[*?+[]", pattern)) > 8:  # no branch needs more, and a regex could take long
        return False
    wild = {"**": ".*", "*": "[^/]*"}
    parts = re.findall(r"\*\*|[*?+]|\[[^]]*\]|.", pattern, re.DOTALL)
    source = "".join(
        wild.get(
            part, part if part in "?+" or (part[0] == "[" and len(part) > 1) else re.escape(part)
        )
        for part in parts
    )
    try:
        return re.fullmatch(source, branch) is not None
    except re.error:
        return False
