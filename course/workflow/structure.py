"""Our own judge of a workflow: triggers, order, permissions, pins, secrets, and the deployment."""

import re
from collections.abc import Iterator
from typing import Any

from course.pipeline import STAGES
from course.workflow import scripts
from course.workflow.events import MAIN, admits, events, triggers
from course.workflow.finding import Finding, broken
from course.workflow.jobs import PUSH_TO_MAIN, Job, Jobs, Step, deploys_on
from course.workflow.reading import Document

# What a stage stands on. Lint, test and validate-data stand on nothing; a model that is registered
# stands on all that came before.
STANDS_ON = {
    "train": ("test", "validate-data"),
    "gate": ("train",),
    "register": ("lint", "gate"),
    "deploy": ("register", "gate"),
}
WRITING = {"register", "deploy"}  # the stages that change something outside
PIN = re.compile(r"[^@]+@[0-9a-fA-F]{40}|docker://[^@]+@sha256:[0-9a-f]{64}|(\./|\$/).*")
SECRET = re.compile(
    r"\$\{\{(?:(?!\}\}).){0,500}?\b(?:secrets\b|github\.token\b)", re.IGNORECASE | re.DOTALL
)
PRINTING = {"echo", "printf", "cat", "tee", "print", "base64", "printenv", "Write-Host"}
PRINTING |= {"base32", "cut", "fold", "head", "hexdump", "nl", "od", "rev", "tac", "tail", "tr"}
PRINTING |= {"xxd"}
# Without a name behind it, each of these prints all variables; `declare -p` may have one.
LISTING = re.compile(r"set|(?:env|printenv)(?: -0| --null)?|export(?: -p)?")
DECLARING = re.compile(r"(?:declare|typeset)(?P<options>(?: -\w+)*)(?P<names>(?: \w+)*)")
EVERY_VARIABLE = re.compile(r"/proc/[^/\s]+/environ\b")
PYTHON_LISTING = re.compile(r"\bprint\([^\n]*\benviron\b(?!\s*(?:\[|\.get\b))")
NAMED_SECRET = re.compile(r"(^|_)(TOKEN|PASSWORD|SECRET|API_?KEY)$", re.IGNORECASE)
LOOKS_SECRET = re.compile(
    r"\b(gh[pousr]_\w{30,}|github_pat_\w{30,}|AKIA[0-9A-Z]{16}|xox[abp]-[\w-]{20,}|sk_live_\w{16,})"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY"
)


def by_structure(document: Document) -> list[Finding]:
    """Return which of our rules a workflow breaks; it must fit GitHub's schema."""
    jobs = Jobs(document)
    found = [
        *_triggers(document.data),
        *_stages(jobs),
        *_order(jobs),
        *_failures(jobs),
        *_permissions(document.data, jobs),
        *_pins(jobs),
        *_secrets(document, jobs),
        *_deployment(document.data, jobs),
    ]
    return list(dict.fromkeys(found))


def _triggers(data: dict[str, Any]) -> Iterator[Finding]:
    started = triggers(data["on"])
    if "push" not in started or not admits(started["push"], MAIN):
        yield broken("trigger-push", "Under `on`, no push to main starts this workflow.")
    pull = started.get("pull_request")
    types = (pull or {}).get("types") or ["opened", "synchronize"]
    types = [types] if isinstance(types, str) else types
    if pull is None or not admits(pull, MAIN):
        text = "Under `on`, no pull request to main starts this workflow."
        yield broken("trigger-pull-request", text)
    elif not {"opened", "synchronize"} <= set(types):
        text = "Under `on`, `types` leaves out that a pull request is opened or gets new commits."
        yield broken("trigger-pull-request", text)


def _stages(jobs: Jobs) -> Iterator[Finding]:
    for stage in STAGES:
        running = jobs.running(stage)
        if stage not in WRITING and running and all(job.for_some_only for job in running):
            text = (
                f"In {running[0].place}, `if:` lets {stage} run for the pushes of some people only."
            )
            yield broken("stages", text)
    missing = [f"`nox -s {stage}`" for stage in STAGES if not jobs.running(stage)]
    if not missing:
        return
    yield broken("stages", f"No job has a step that runs {', '.join(missing)}.")
    for job in jobs.jobs.values():
        for step, call in job.unread:
            hint = "name the sessions with -s"
            if scripts.picks(call.split()):
                hint += ", and leave out what picks among them"
            text = f"In {step.place}, `{call}` hides which stages it runs: {hint}."
            yield broken("stages", text)
        for step, shell in job.in_other_shells:
            text = f"In {step.place}, it is not known what `shell: {shell}` runs: leave it out."
            yield broken("stages", text)


def _order(jobs: Jobs) -> Iterator[Finding]:
    for job in jobs.jobs.values():
        for name in job.needs:
            if name not in jobs.jobs:
                yield broken("needs", f"In {job.place}, `needs` names {name!r}, which is no job.")
    if circle := jobs.circle():
        yield broken(
            "needs", f"Through `needs`, these jobs wait for each other: {', '.join(circle)}."
        )
    for stage, grounds in STANDS_ON.items():
        for job in jobs.running(stage):
            for ground in grounds:
                if jobs.running(ground) and not jobs.stands_on(job, stage, ground):
                    rule = "deploy-after-gate" if (stage, ground) == ("deploy", "gate") else "needs"
                    yield broken(rule, f"In {job.place}, {stage} can run though {ground} failed.")


def _failures(jobs: Jobs) -> Iterator[Finding]:
    for job in jobs.jobs.values():
        for call in job.calls:
            if call.lost and call.stage in STAGES:
                text = f"In {job.steps[call.step].place}, a failure of {call.stage} {call.lost}."
                yield broken("failure-ignored", text)


def _permissions(data: dict[str, Any], jobs: Jobs) -> Iterator[Finding]:
    general = data.get("permissions")
    if "permissions" in data:
        for text in _too_much(general):
            yield broken("permissions", f"At the top, `permissions` has {text}.")
    for job in jobs.jobs.values():
        stages = {call.stage for call in job.calls} & set(STAGES)
        if "permissions" not in job.data:
            if "permissions" not in data:
                text = f"Neither the top nor {job.place} has `permissions`."
                yield broken("permissions", text)
            continue
        for text in _too_much(
            job.data["permissions"], writing=bool(stages & WRITING or not stages)
        ):
            yield broken("permissions", f"In {job.place}, `permissions` has {text}.")


def _too_much(permissions: Any, writing: bool = False) -> Iterator[str]:
    if isinstance(permissions, dict):
        for scope, level in permissions.items():
            if level == "write" and not writing:
                yield f"`{scope}: write`, which nothing here needs"
    elif permissions is not None:
        yield f"`{permissions}`, which is every scope there is"


def _pins(jobs: Jobs) -> Iterator[Finding]:
    for job in jobs.jobs.values():
        parts: list[Job | Step] = [job, *job.steps]
        for part in parts:
            uses = part.data.get("uses")
            if uses is not None and not PIN.fullmatch(str(uses).strip()):
                text = f"In {part.place}, {str(uses).strip()!r} is not pinned to a full commit."
                yield broken("pinned-actions", text)


def _secrets(document: Document, jobs: Jobs) -> Iterator[Finding]:
    for path, line in document.lines.items():
        value: Any = document.data
        for key in path:
            value = value[key]
        named = len(path) > 1 and path[-2] == "env" and NAMED_SECRET.search(str(path[-1]))
        if not isinstance(value, str):
            continue
        if LOOKS_SECRET.search(value) or (named and len(value) > 5 and "${{" not in value):
            text = f"Line {line}, {'.'.join(map(str, path))}: a secret stands in the text."
            yield broken("secret-in-text", text)
    for job in jobs.jobs.values():
        for step in job.steps:
            yield from _in_script(job, step)


def _in_script(job: Job, step: Step) -> Iterator[Finding]:
    held = {name for name, value in job.environment(step).items() if SECRET.search(str(value))}
    names = "|".join(map(re.escape, held)) or r"(?!)"
    in_shell = re.compile(
        rf"\$(?:{names})\b|\$\{{(?:{names})(?!:?\+)\b|\$\{{\{{\s*env\.(?:{names})\b|\$env:(?:{names})\b"
    )
    in_python = re.compile(rf"\bprint\(.*\b(?:{names})\b")
    found = scripts.commands(step.script)
    printed = bool(in_python.search(step.script))
    printed |= bool(held and PYTHON_LISTING.search(step.script))
    traced = bool(re.search(r" -\w*x| xtrace", job.shell(step, {}) or ""))
    for index, command in enumerate(found):
        text = " ".join(command.words)
        traced = _traces(command.words, traced)
        shows = SECRET.search(text) or in_shell.search(re.sub(r"'[^']*'", "", text))
        lists = held and (_lists(text, held) or EVERY_VARIABLE.search(text))
        named = command.words[0] == "printenv" and held & set(command.words)
        seen = command.words[0] in PRINTING and _is_seen(found, index)
        if (shows and (seen or traced)) or lists or named:
            printed = True
        elif SECRET.search(text):
            what = f"In {step.place}, a secret is put into a command; hand it over through `env`."
            yield broken("secret-in-command", what)
    if printed:
        yield broken("secret-echoed", f"In {step.place}, a secret is printed.")


def _lists(text: str, held: set[str]) -> bool:
    """Return whether a command prints all variables, or one that holds a secret."""
    if LISTING.fullmatch(text):
        return True
    declared = DECLARING.fullmatch(text)
    if declared is None:
        return False
    names = declared["names"].split()
    return not names or ("p" in declared["options"] and bool(held & set(names)))


def _traces(words: tuple[str, ...], traced: bool) -> bool:
    """Return whether the shell prints each command from here on."""
    if words[0] == "set":
        for place, option in enumerate(words[1:], start=1):
            names = words[place + 1 : place + 2] if option.endswith("o") else ()
            if option[0] in "-+" and ("x" in option or "xtrace" in names):
                traced = option[0] == "-"
    return traced


def _is_seen(found: list[scripts.Command], index: int) -> bool:
    """Return whether what a command prints comes to light, and not into a program or a file."""
    text = " ".join(found[index].words)
    if found[index].kept or "::add-mask::" in text:
        return False
    while found[index].after == "|" and index + 1 < len(found):
        index += 1
        if found[index].words[0] not in PRINTING:
            return False
    target = re.search(r"(?<!<)>+\s*(\S+)", " ".join(found[index].words))
    if target is None:
        return True
    return bool(re.match(r"""["']?(&|/dev/(?!null)|\$\{?GITHUB_)""", target[1]))


def _deployment(data: dict[str, Any], jobs: Jobs) -> Iterator[Finding]:
    if jobs.circle():
        return
    started = list(events(data["on"]))
    for job in jobs.running("deploy"):
        tested = not any(call.nox.sure for call in job.calls if call.stage == "deploy")
        hint = " A test in the script is not read: say it in `if:`." if tested else ""
        for event in started:
            if not event.is_main and deploys_on(jobs, job, event):
                text = f"In {job.place}, deploy can run for {event.told}.{hint}"
                yield broken("deploy-only-main", text)
                break
        if PUSH_TO_MAIN in started and not deploys_on(jobs, job, PUSH_TO_MAIN):
            yield broken(
                "deploy-only-main", f"In {job.place}, deploy never runs, not even on main."
            )
