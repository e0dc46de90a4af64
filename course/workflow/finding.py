"""What a judge of a workflow found: the rule, what is wrong and where, and why it matters."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 110
TWINS = {"unpinned-uses": "pinned-actions", "excessive-permissions": "permissions"}  # zizmor's

WHY = {
    "yaml": "GitHub reads the whole file before it runs any of it, and this one it cannot read.",
    "schema": "GitHub refuses a workflow that does not fit its schema, and then nothing runs.",
    "trigger-push": "What reaches main without a run has been tested by nobody.",
    "trigger-pull-request": "A pull request is the last moment at which a bad change costs little.",
    "stages": "A stage that no job runs cannot stop a bad change.",
    "needs": "Jobs run at the same time unless `needs` orders them, so a failure stops nothing.",
    "failure-ignored": "A check whose failure is ignored is no check: what follows runs anyway.",
    "permissions": "A stolen token can do what the job may do, so a job may do what it needs.",
    "pinned-actions": "A tag or a branch can be moved to other code; a full commit cannot.",
    "secret-echoed": "Logs and outputs are read by many, and GitHub masks only the exact value.",
    "secret-in-command": "It becomes part of the script, and commands are seen by other processes.",
    "secret-in-text": "Everyone who can read the repository, now or in its history, has it.",
    "deploy-only-main": "What is not on main has not been reviewed, and must not serve anyone.",
    "deploy-after-gate": "The gate is what keeps a worse model from production.",
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a workflow.

    Parameters
    ----------
    rule : str
        The rule that failed, in kebab-case, such as "pinned-actions".
    message : str
        What is wrong and where, in one sentence.
    why : str
        Why it matters, in one sentence.
    """

    rule: str
    message: str
    why: str


def broken(rule: str, message: str) -> Finding:
    """Return the finding that a rule of ours is broken."""
    return Finding(rule, message, WHY[rule])


def report(findings: Iterable[Finding]) -> str:
    """Return findings as text to print.

    Parameters
    ----------
    findings : iterable of Finding
        What `judge` returned.

    Returns
    -------
    str
        A paragraph for each rule: why it matters, and what breaks it. What zizmor says of a thing
        that a rule of ours says, too, is left out. Or the sentence that there is no finding.

    Examples
    --------
    >>> print(report([broken("trigger-push", "Nothing runs on a push to main.")]))
    trigger-push: What reaches main without a run has been tested by nobody.
      - Nothing runs on a push to main.
    >>> report([])
    'Accepted: schema, zizmor and structure find nothing wrong.'
    """
    found = list(findings)
    rules = {finding.rule for finding in found}
    groups: dict[str, list[str]] = {}
    for finding in found:
        if finding.rule == "zizmor" and TWINS.get(finding.message.split(" ")[0]) in rules:
            continue
        lines = groups.setdefault(_folded(f"{finding.rule}: {finding.why}"), [])
        lines.append(_folded(f"  - {finding.message}"))
    told = [line for head, lines in groups.items() for line in (head, *dict.fromkeys(lines))]
    return "\n".join(told) or "Accepted: schema, zizmor and structure find nothing wrong."


def _folded(text: str) -> str:
    return textwrap.fill(
        text, WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )
