"""What the lessons claim of policies, over six worlds of each kind."""

import pandas as pd
import pytest

from course.policies import Policy, every, never, on_drift, on_quality
from course.retraining import run
from course.workbench import Workbench
from course.worlds import KINDS, World

POLICIES = {
    "never": Policy(never),
    "every week": Policy(every(1)),
    "on drift": Policy(on_drift(0.25), cooldown=4),
    "on large drift": Policy(on_drift(1.0)),
    "on quality": Policy(on_quality(0.05), cooldown=4),
}


@pytest.fixture(scope="module")
def years() -> pd.DataFrame:
    """Mean quality, cost in euros and trainings: a row for each world and policy."""
    rows = []
    for kind in KINDS:
        for seed in range(6):
            bench = Workbench(World(kind, seed))
            for name, policy in POLICIES.items():
                year = run(policy, bench)
                cost = year.cost(hour=100, training=2000).sum()
                rows.append((kind, seed, name, year.quality.mean(), cost, len(year.trainings)))
    columns = ["kind", "seed", "policy", "quality", "cost", "trainings"]
    return pd.DataFrame(rows, columns=columns).set_index(["kind", "seed", "policy"])


@pytest.fixture(scope="module")
def means(years) -> pd.DataFrame:
    """The means over the seeds: a row for each kind and policy."""
    return years.groupby(["kind", "policy"]).mean()


def test_where_the_concept_changes_only_measured_quality_helps(years, means):
    quality = means["quality"]["concept"]
    assert quality["on quality"] > quality["never"] + 0.04
    assert quality["on quality"] > quality["on drift"] + 0.04
    # No input moves, so no alarm is raised, on any seed.
    assert (years["trainings"].xs("on drift", level="policy")["concept"] == 0).all()
    assert quality["on drift"] == quality["never"]


def test_where_the_feed_is_broken_retraining_makes_it_worse(years, means):
    quality = means["quality"]["unit bug"]
    assert quality.idxmax() == "never"
    assert quality["never"] > quality["every week"] + 0.02
    assert quality["never"] > quality["on large drift"] + 0.02
    cost = years["cost"]["unit bug"].unstack("policy")
    assert (cost["never"] < cost["every week"]).all()


@pytest.mark.parametrize("kind", ["stable", "unused feature"])
def test_where_nothing_is_wrong_no_policy_gains_and_every_week_costs_most(kind, years):
    quality = years["quality"][kind].groupby("policy").mean()
    assert (quality - quality["never"]).abs().max() < 0.003
    cost = years["cost"][kind].unstack("policy")
    assert (cost.idxmax(axis=1) == "every week").all()
    assert cost.mean().idxmin() == "never"


def test_an_unused_feature_makes_drift_pay_for_nothing(means):
    trainings = means["trainings"]["unused feature"]
    assert trainings["on drift"] > 2
    assert trainings["on quality"] < 1


def test_with_the_seasons_a_drift_trigger_is_right(means):
    quality = means["quality"]["season"]
    assert quality["on large drift"] > quality["never"] + 0.01
    assert means["cost"]["season"]["on large drift"] < means["cost"]["season"]["never"]


def test_where_labels_are_poisoned_the_gate_keeps_every_policy_from_harm(means):
    quality = means["quality"]["poisoned"]
    assert (quality - quality["never"]).abs().max() < 0.003


def test_over_all_worlds_measured_quality_is_the_cheapest_trigger(years):
    cost = years["cost"].groupby("policy").mean()
    assert cost.idxmin() == "on quality"
    for other in ("never", "every week", "on drift"):
        assert cost["on quality"] < cost[other] - 5000
    assert cost.idxmax() == "every week"
