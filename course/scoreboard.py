"""Policies side by side, on worlds that nobody has seen: quality, worst week, trainings, cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import pandas as pd

from course.policies import Policy
from course.retraining import run
from course.workbench import Workbench
from course.worlds import KINDS, World

HOUR = 100.0  # euros for an hour of predictions that are no better than a coin's
TRAINING = 4000.0  # euros for a training, its evaluation and its canary


def scoreboard(
    policies: Mapping[str, Policy], seeds: Iterable[int], kinds: Iterable[str] = tuple(KINDS)
) -> pd.DataFrame:
    """Run each policy on worlds of each kind.

    Parameters
    ----------
    policies : mapping of str to Policy
        The policies, by name.
    seeds : iterable of int
        One world of each kind for each seed.
    kinds : iterable of str, default all of `course.worlds.KINDS`
        The kinds of worlds.

    Returns
    -------
    pandas.DataFrame, shape (n_policies * n_kinds * n_seeds, 7)
        For each run `policy`, `kind`, `seed`; the `mean` and the `worst` of its weeks' AUC; its
        `trainings`; and its `cost` in euros, at €100 for an hour and €4,000 for a training (see
        `course.retraining.Year.cost`).

    Examples
    --------
    >>> from course.policies import every, never
    >>> runs = scoreboard({"never": Policy(never), "every 8": Policy(every(8))}, [1], ["concept"])
    >>> runs[["policy", "mean", "trainings"]].round(2)
        policy  mean  trainings
    0    never  0.63          0
    1  every 8  0.70          3
    """
    rows = []
    for kind in kinds:
        for seed in seeds:
            for name, policy in policies.items():
                year = run(policy, _bench(kind, seed))
                cost = year.cost(HOUR, TRAINING).sum()
                quality = year.quality.mean(), year.quality.min()
                rows.append((name, kind, seed, *quality, len(year.trainings), cost))
    columns = ["policy", "kind", "seed", "mean", "worst", "trainings", "cost"]
    return pd.DataFrame(rows, columns=columns)


@lru_cache(maxsize=64)
def _bench(kind: str, seed: int) -> Workbench:
    return Workbench(World(kind, seed))
