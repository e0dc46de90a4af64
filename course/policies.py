"""Retraining policies: when to retrain (trigger), on what (strategy), and what then (action)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True, eq=False)
class Evidence:
    """What is known at the end of a week, when it is decided whether to retrain.

    Attributes
    ----------
    week : int
        The week that has ended.
    psi : pandas.Series, shape (n_features,)
        How far the week's features are from those that the champion learned from.
    score_psi : float
        The same of the champion's probabilities.
    promised : float
        The champion's AUC on the golden set when it was promoted.
    estimated : float
        The AUC of the week that its own probabilities let one expect (CBPE).
    measured : float or None
        Its AUC in the newest week whose labels have arrived; None before there is one.
    weeks_since : int
        Weeks since the last training.
    """

    week: int
    psi: pd.Series
    score_psi: float
    promised: float
    estimated: float
    measured: float | None
    weeks_since: int

    def __eq__(self, other: object) -> bool:
        """Tell whether the other evidence says the same."""
        return isinstance(other, Evidence) and (
            self.numbers() == other.numbers() and self.psi.equals(other.psi)
        )

    def numbers(self) -> dict[str, float | None]:
        """Return the evidence as plain numbers: of the PSIs, the largest."""
        return {
            "max_psi": round(float(self.psi.max()), 3),
            "score_psi": round(self.score_psi, 3),
            "promised": round(self.promised, 3),
            "estimated": round(self.estimated, 3),
            "measured": None if self.measured is None else round(self.measured, 3),
            "weeks_since": self.weeks_since,
        }


Trigger = Callable[[Evidence], bool]
Strategy = Callable[[int], int]


def never(evidence: Evidence) -> bool:
    """Trigger never."""
    return False


def every(weeks: int) -> Trigger:
    """Return a trigger that fires on a schedule: so many weeks after the last training.

    Parameters
    ----------
    weeks : int
        1 retrains every week.

    Returns
    -------
    callable
        A trigger.
    """
    return lambda evidence: evidence.weeks_since >= weeks


def on_drift(threshold: float = 0.25) -> Trigger:
    """Return a trigger that fires when any feature has drifted.

    Parameters
    ----------
    threshold : float
        A PSI.

    Returns
    -------
    callable
        A trigger.
    """
    return lambda evidence: bool(evidence.psi.max() > threshold)


def on_quality(drop: float = 0.05) -> Trigger:
    """Return a trigger that fires when labels have shown that quality has dropped.

    Parameters
    ----------
    drop : float
        AUC below what the golden set promised.

    Returns
    -------
    callable
        A trigger.
    """
    return lambda evidence: (
        evidence.measured is not None and evidence.measured < evidence.promised - drop
    )


def last_weeks(weeks: int) -> Strategy:
    """Return a strategy: learn from so many of the newest labelled weeks.

    Parameters
    ----------
    weeks : int
        The length of the window.

    Returns
    -------
    callable
        Takes the newest labelled week, and returns the first week of the window.
    """
    return lambda newest: newest - weeks + 1


@dataclass(frozen=True)
class Policy:
    """When to retrain, on what, and what then happens.

    Parameters
    ----------
    trigger : callable
        Takes an `Evidence` and returns whether to retrain.
    strategy : callable, default last_weeks(9)
        Takes the newest labelled week, and returns the first week to learn from.
    action : {"retrain", "alert"}
        Train a challenger and let it pass or fail by itself; or only call a person.
    cooldown : int, default 1
        Weeks that must pass between two triggers that are followed.
    """

    trigger: Trigger
    strategy: Strategy = field(default_factory=lambda: last_weeks(9))
    action: str = "retrain"
    cooldown: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot be followed."""
        if self.action not in ("retrain", "alert"):
            raise ValueError(f"action is 'retrain' or 'alert', not {self.action!r}.")
        if self.cooldown < 1:
            raise ValueError(f"cooldown is 1 week or more, not {self.cooldown}.")
