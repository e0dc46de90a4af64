"""The versions of a registered model as two tables: how good they are, and where one comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from course.lineage import Version

NAMED = {"data_hash": "Data hash", "git_commit": "Git commit", "run": "Run"}
MISSING = "not recorded"
SHORT = 12  # characters of a hash: enough to tell it from the others


def registry_board(name: str, versions: Sequence[Version], shown: int) -> str:
    """Return HTML for all versions of a model, and the lineage of one of them.

    Parameters
    ----------
    name : str
        The registered model's name.
    versions : sequence of Version
        All of its versions.
    shown : int
        The version whose lineage is shown.

    Returns
    -------
    str
        Two tables. Every name and value is escaped.
    """
    slices = list(dict.fromkeys(place for version in versions for place in version.auc))
    champion = next((version for version in versions if "champion" in version.aliases), None)
    rows = [
        [
            f"{version.number}{' (shown)' if version.number == shown else ''}",
            ", ".join(version.aliases) or "none",
            *(_compared(version, champion, place) for place in slices),
        ]
        for version in versions
    ]
    about = next((_lineage(version) for version in versions if version.number == shown), {})
    head = ["Version", "Alias", *(f"AUC {place}" for place in slices)]
    columns = "".join(f"<th scope='col'>{escape(text)}</th>" for text in head)
    return (
        f"<table><caption>{escape(name)}</caption>"
        f"<thead><tr>{columns}</tr></thead>{_body(rows)}</table>"
        f"<table><caption>Where version {shown} comes from</caption>{_body(about.items())}</table>"
    )


def _body(rows: Iterable[Sequence[str]]) -> str:
    """Return rows of texts, of which the first is the name of its row."""
    lines = [
        f"<tr><th scope='row'>{escape(first)}</th>"
        + "".join(f"<td>{escape(text)}</td>" for text in rest)
        + "</tr>"
        for first, *rest in rows
    ]
    return f"<tbody>{''.join(lines)}</tbody>"


def _compared(version: Version, champion: Version | None, place: str) -> str:
    """Return a slice's AUC, and by how much it differs from the champion's."""
    if place not in version.auc:
        return "not measured"
    auc = version.auc[place]
    if champion is None or champion is version or place not in champion.auc:
        return f"{auc:.3f}"
    return f"{auc:.3f}\N{NO-BREAK SPACE}({auc - champion.auc[place]:+.3f})"


def _lineage(version: Version) -> dict[str, str]:
    known = {words: version.lineage.get(key, MISSING) for key, words in NAMED.items()}
    parameters = ", ".join(f"{key} = {value}" for key, value in version.parameters.items())
    return {
        "Trained on": version.lineage.get("trained_on", MISSING),
        **{words: text if text == MISSING else text[:SHORT] for words, text in known.items()},
        "Parameters": parameters or MISSING,
        "Registered": f"{version.registered:%Y-%m-%d %H:%M}",
    }
