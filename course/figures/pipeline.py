"""The runs of a pipeline as a table, and the end of what one stage has printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from course.pipeline import STAGES, Run, Stage

LINES = 40  # of a log: its end, where the reason stands
WIDTH = 200  # characters of a line
MESSAGE = 60  # characters of a commit's message
SHORT = 7  # characters of a commit, as git shortens it
MARKS = {"waiting": "○", "running": "●", "passed": "✓", "failed": "✗", "skipped": "-"}
# What a terminal takes for colors and the like, and what no page should show.
CONTROL = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
)


def pipeline_board(runs: Sequence[Run], shown: Run | None, stage: str | None) -> str:
    """Return HTML for runs and their stages, and the log of one of them.

    Parameters
    ----------
    runs : sequence of Run
        The oldest first; the newest will stand on top.
    shown : Run or None
        The run whose log is shown; None where there is no run yet.
    stage : str or None
        The stage whose log is shown, None for no log.

    Returns
    -------
    str
        A table, and the log below it. Messages and logs are escaped.
    """
    head = "".join(f"<th scope='col'>{name}</th>" for name in ("Push", *STAGES))
    rows = "".join(_row(run, shown) for run in reversed(runs))
    table = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
    board = f"<table class='pipeline'><caption>Pushes, the newest first</caption>{table}</table>"
    return board if stage is None else board + _log(shown, stage)


def _row(run: Run, shown: Run | None) -> str:
    where = "" if run.branch == "main" else f" on {_line(run.branch, MESSAGE)}"
    commit, message = run.commit[:SHORT] + where, _line(run.message, MESSAGE)
    current = " aria-current='true'" if run == shown else ""
    about = f"{run.number} <span>{escape(commit)}</span> <span>{escape(message)}</span>"
    cells = "".join(map(_cell, run.stages))
    return f"<tr{current}><th scope='row'>{about}</th>{cells}</tr>"


def _cell(stage: Stage) -> str:
    mark = f"<span aria-hidden='true'>{MARKS[stage.state]}</span>"
    state, _, more = told(stage).partition(" ")
    return f"<td class='{stage.state}'>{mark} {state} <span>{more}</span></td>"


def told(stage: Stage) -> str:
    """Return the state of a stage in words.

    Examples
    --------
    >>> from pathlib import Path
    >>> told(Stage("lint", "passed", 0, 1.23, Path()))
    'passed 1.2 s'
    >>> told(Stage("test", "failed", 1, 2.5, Path()))
    'FAILED exit 1'
    """
    if stage.state == "passed" and stage.seconds is not None:
        return f"passed {stage.seconds:.1f} s"
    if stage.state == "failed":
        return f"FAILED exit {stage.exit_code}"
    return stage.state


def _log(run: Run | None, name: str) -> str:
    if run is None:
        title, text = "Log", "(nothing has been pushed)"
    else:
        stage = next(stage for stage in run.stages if stage.name == name)
        title = f"Log of {name}, push {run.number}"
        lines = stage.log.rstrip().splitlines()
        text = "\n".join(_line(line, WIDTH) for line in lines[-LINES:])
        text = text or f"({name} has printed nothing: {told(stage)})"
        if len(lines) > LINES:
            title += f": its last {LINES} of {len(lines):,} lines"
    return (
        f"<p class='log-title'>{title}</p>"
        f"<div class='log' tabindex='0' role='region' aria-label='{title}'>"
        f"<pre>{escape(text)}</pre></div>"
    )


def _line(text: str, width: int) -> str:
    plain = CONTROL.sub("", text).expandtabs(4)
    return plain if len(plain) <= width else plain[: width - 1] + "…"
