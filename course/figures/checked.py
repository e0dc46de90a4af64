"""What a check found in a notebook, and how far a learner is in all lessons, as tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import Any

from course.progress.standing import Standing

WIDTH = 400  # characters of what an answer says: its errors can be of any length
CHECKED = {"wrong", "partly"}  # where the questions are about an answer that ran


def running_board(ran: int, cells: int) -> str:
    """Return HTML that says how many cells of a notebook have run.

    Examples
    --------
    >>> running_board(3, 40)[-31:]
    'Cell 3 of 40 has run.</p></div>'
    """
    told = f"Cell {ran} of {cells} has run." if cells else "A kernel for the check is starting."
    amount = f" value='{ran}' max='{cells}'" if cells else ""
    return (
        "<div class='checking'>"
        f"<progress aria-label='Cells that have run'{amount}></progress><p>{told}</p></div>"
    )


def report_board(report: Mapping[str, Any]) -> str:
    """Return HTML for the exercises of a notebook: their claims, and questions where one fails.

    Parameters
    ----------
    report : mapping
        What `mlops-course check --json` prints.

    Returns
    -------
    str
        A table, and notes below it. All texts are escaped.
    """
    head = "<thead><tr><th scope='col'>Result</th><th scope='col'>Claim</th></tr></thead>"
    bodies = "".join(map(_exercise, report["exercises"]))
    notes = "".join(f"<li>{_text(note)}</li>" for note in report["notes"])
    table = f"<table class='claims'><caption>Your answers</caption>{head}{bodies}</table>"
    return table + (f"<ul class='notes'>{notes}</ul>" if notes else "")


def standings_board(standings: Sequence[Standing], here: str) -> str:
    """Return HTML for how far a learner is in all lessons.

    Parameters
    ----------
    standings : sequence of Standing
        The lessons, in order.
    here : str
        The folder of the lesson that is open.

    Returns
    -------
    str
        A table. All texts are escaped.
    """
    head = "".join(
        f"<th scope='col'>{name}</th>" for name in ("Lesson", "Claims that hold", "Last checked")
    )
    rows = "".join(_standing(standing, here) for standing in standings)
    return (
        "<table class='standings'><caption>All lessons</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _standing(standing: Standing, here: str) -> str:
    current = " aria-current='true'" if standing.lesson == here else ""
    this = " <span>(this one)</span>" if current else ""
    done = standing.result is not None and standing.result.passed == standing.claims
    mark = "<span aria-hidden='true'>✓</span> " if done else ""
    return (
        f"<tr{current}><th scope='row'>{escape(standing.name)}{this}</th>"
        f"<td{' class=passed' if done else ''}>{mark}{escape(standing.held)}</td>"
        f"<td>{escape(standing.when)}</td></tr>"
    )


def _exercise(exercise: Mapping[str, Any]) -> str:
    worth = exercise["max_points"]
    points = f"{exercise['points']:g} of {worth:g} point{'' if worth == 1 else 's'}"
    about = f"<span>{_text(exercise['state'])}, {points}</span>"
    head = f"<tr><th scope='rowgroup' colspan='2'>{_text(exercise['title'])} {about}</th></tr>"
    rows = "".join(_rows(exercise))
    return f"<tbody>{head}{rows}</tbody>"


def _rows(exercise: Mapping[str, Any]) -> Iterator[str]:
    if exercise["reason"]:
        yield f"<tr><td></td><td class='question'>{_text(exercise['reason'])}</td></tr>"
    asked = exercise["state"] in CHECKED
    for claim in exercise["claims"]:
        state, mark = ("passed", "✓") if claim["passed"] else ("not yet", "✗")
        question = asked and claim["question"]
        more = f"<span class='question'>{_text(question)}</span>" if question else ""
        yield (
            f"<tr><td class='{state.replace(' ', '-')}'><span aria-hidden='true'>{mark}</span> "
            f"{state}</td><td>{_text(claim['text'])}{more}</td></tr>"
        )


def _text(text: str) -> str:
    return escape(shortened(text))


def shortened(text: str) -> str:
    """Return a text, or its beginning where it is longer than anybody reads."""
    return text if len(text) <= WIDTH else text[: WIDTH - 1] + "…"


def counted(exercises: Iterable[Mapping[str, Any]]) -> tuple[int, int]:
    """Return how many claims of some exercises hold, and of how many."""
    claims = [claim["passed"] for exercise in exercises for claim in exercise["claims"]]
    return sum(claims), len(claims)
