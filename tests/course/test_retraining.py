"""The loop does what its policy says, writes down why, and knows nothing before its time."""

from copy import copy
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import roc_auc_score

from course import drift
from course.policies import Evidence, Policy, every, last_weeks, never, on_drift, on_quality
from course.production import Production, is_golden
from course.registry import MemoryRegistry, MlflowRegistry
from course.retraining import Decision, Year, run
from course.workbench import Traffic, Workbench
from course.workspace import ROOT_VARIABLE, open_workspace
from course.worlds import World


@cache
def world_bench(kind, seed) -> Workbench:
    return Workbench(World(kind, seed))


@cache
def flightdesk() -> Workbench:
    return Workbench(Production(), thin=10)


def always(evidence) -> bool:
    return True


def evidence(**known) -> Evidence:
    quiet = Evidence(
        week=5,
        psi=pd.Series({"load": 0.02, "fare": 0.01}),
        score_psi=0.01,
        promised=0.8,
        estimated=0.8,
        measured=0.8,
        weeks_since=5,
    )
    return replace(quiet, **known)


# Policies


def test_triggers_fire_on_what_they_are_named_after():
    assert not never(evidence(measured=0.5, psi=pd.Series({"load": 9.0}), weeks_since=99))
    assert [every(4)(evidence(weeks_since=weeks)) for weeks in (3, 4, 5)] == [False, True, True]
    assert not on_drift()(evidence(psi=pd.Series({"load": 0.25, "fare": 0.1})))
    assert on_drift()(evidence(psi=pd.Series({"load": 0.02, "fare": 0.26})))
    assert not on_drift(1.0)(evidence(psi=pd.Series({"load": 0.9}), score_psi=3.0))
    assert on_quality(0.03)(evidence(measured=0.76))
    assert not on_quality(0.03)(evidence(measured=0.78))
    assert not on_quality(0.05)(evidence(measured=0.76))
    assert not on_quality(0.03)(evidence(measured=None))


def test_a_window_of_so_many_weeks_ends_in_the_newest():
    assert last_weeks(1)(12) == 12
    assert last_weeks(9)(12) == 4


def test_a_policy_that_cannot_be_followed_is_refused():
    with pytest.raises(ValueError, match="action is 'retrain' or 'alert', not 'pray'"):
        Policy(never, action="pray")
    with pytest.raises(ValueError, match="cooldown is 1 week or more, not 0"):
        Policy(never, cooldown=0)


# When it trains


@pytest.mark.parametrize("bench", [lambda: world_bench("concept", 1), flightdesk])
def test_never_decides_nothing_and_serves_the_first_model(bench):
    registry = MemoryRegistry()
    year = run(Policy(never), bench(), registry)
    assert year.decisions == []
    assert year.quality.tolist() == year.frozen.tolist()
    assert registry.version("champion") == 1
    with pytest.raises(ValueError, match="no version 2"):
        registry.load(2)
    assert year.cost(hour=0, training=2000).sum() == 0


@pytest.mark.parametrize("kind", ["stable", "concept", "unit bug"])
def test_a_schedule_is_kept_whatever_comes_of_the_trainings(kind):
    year = run(Policy(every(4)), world_bench(kind, 1))
    # A challenger's canary week is the one after its training: it delays no training.
    assert year.trainings == [4, 8, 12, 16, 20, 24]
    assert [week - 1 for week in year.at("promoted", "stopped")] == [
        week for week in year.at("canary") if week < 26
    ]


def test_in_a_canary_week_nothing_is_trained():
    year = run(Policy(every(1)), world_bench("concept", 1))
    canary = {week + 1 for week in year.at("canary")}
    assert year.trainings == [week for week in range(1, 27) if week not in canary]
    assert 8 < len(canary) < 14


@pytest.mark.parametrize(("cooldown", "weeks"), [(1, 1), (5, 5), (9, 9)])
@pytest.mark.parametrize("action", ["alert", "retrain"])
def test_between_two_triggers_a_cooldown_passes(cooldown, weeks, action):
    # A window that was refused or failed has been paid for too.
    policy = Policy(always, lambda newest: newest + 1, action, cooldown)
    year = run(policy, world_bench("stable", 1))
    assert year.at("alert" if action == "alert" else "failed") == list(range(weeks, 27, weeks))


def test_an_alert_changes_nothing_that_serves():
    registry = MemoryRegistry()
    policy = Policy(on_quality(0.05), action="alert", cooldown=3)
    year = run(policy, world_bench("concept", 1), registry)
    assert {decision.event for decision in year.decisions} == {"alert"}
    assert min(year.at("alert")) > World("concept", 1).change
    assert year.quality.tolist() == year.frozen.tolist()
    assert registry.version("champion") == 1
    assert year.trainings == []
    with pytest.raises(ValueError, match="no version 2"):
        registry.load(2)


# What the trigger is shown


class Spy:
    """A trigger that writes down what it is shown."""

    def __init__(self, trigger) -> None:
        self.trigger, self.seen = trigger, []

    def __call__(self, evidence) -> bool:
        self.seen.append(evidence)
        return self.trigger(evidence)


def test_a_trigger_is_shown_the_week_and_the_labels_that_are_there():
    world, spy = World("concept", 1), Spy(never)
    run(Policy(spy), world_bench("concept", 1))
    X, y = world.history()
    assert [shown.week for shown in spy.seen] == list(world.weeks)
    assert [shown.weeks_since for shown in spy.seen] == list(world.weeks)
    assert [shown.measured for shown in spy.seen[:2]] == [None, None]
    model = world_bench("concept", 1).train(-7, 0).pipeline
    golden = is_golden(X.index) & (X.index >= 4000)
    promised = roc_auc_score(y[golden], model.predict_proba(X[golden])[:, 1])
    for shown in spy.seen[2:]:
        week = shown.week
        batch, labelled = world.features(week), world.features(week - 2)
        assert shown.psi.index.to_list() == ["load", "wind", "fare"]
        for name in batch:
            assert shown.psi[name] == pytest.approx(drift.psi(X[name], batch[name]))
        scores = model.predict_proba(batch)[:, 1]
        reference = model.predict_proba(X)[:, 1]
        assert shown.score_psi == pytest.approx(drift.psi(reference, scores))
        assert shown.estimated == pytest.approx(drift.estimated_auc(scores))
        measured = roc_auc_score(world.truth(week - 2), model.predict_proba(labelled)[:, 1])
        assert shown.measured == pytest.approx(measured)
        assert shown.promised == pytest.approx(promised)


# What is trained, tried and served


class Notebook(MemoryRegistry):
    """A registry that writes down where its aliases pointed."""

    def __init__(self) -> None:
        super().__init__()
        self.champions = []

    def point(self, alias, version) -> None:
        super().point(alias, version)
        if alias == "champion":
            self.champions.append(version)


def served(year, registry, traffic) -> list[float]:
    """Replay the decisions with the models of the registry, on tables as the feed sends them."""
    champion, challenger, quality = 1, None, []
    for week in traffic.weeks:
        X, late = traffic.features(week), traffic.truth(week)
        scores = registry.load(champion).predict_proba(X)[:, 1]
        if challenger is not None:
            tried = registry.load(challenger).predict_proba(X)[:, 1]
            scores = np.where(X.index % 10 == 1, tried, scores)
        quality.append(roc_auc_score(late[late.notna()], scores[late.notna()]))
        for decision in year.decisions:
            if decision.week == week:
                if decision.event in ("promoted", "rolled back"):
                    champion = decision.version
                if decision.event in ("promoted", "stopped"):
                    challenger = None
                if decision.event == "canary":
                    challenger = decision.version
    assert registry.version("champion") == champion
    assert registry.version("challenger") == challenger
    return quality


POLICIES = {
    "schedule": Policy(every(1)),
    "drift": Policy(on_drift(1.0), last_weeks(4), cooldown=2),
    "quality": Policy(on_quality(0.05), cooldown=4),
}


@pytest.mark.parametrize("kind", ["concept", "unit bug", "season"])
@pytest.mark.parametrize("policy", POLICIES)
def test_the_decisions_and_the_registry_tell_what_served(policy, kind):
    registry, bench = MemoryRegistry(), world_bench(kind, 2)
    year = run(POLICIES[policy], bench, registry)
    assert served(year, registry, bench.traffic) == pytest.approx(year.quality.tolist())
    tried = [decision.version for decision in year.decisions if decision.event == "canary"]
    assert tried == list(range(2, len(tried) + 2))
    with pytest.raises(ValueError, match=f"no version {len(tried) + 2}"):
        registry.load(len(tried) + 2)
    for decision in year.decisions:
        known = decision.event in ("canary", "stopped", "promoted", "rolled back")
        assert (decision.version is not None) == known


@pytest.mark.parametrize("label_delay", [0, 2, 5])
def test_a_model_learns_from_the_newest_weeks_with_labels(label_delay):
    registry = MemoryRegistry()
    policy = Policy(every(3), last_weeks(5))
    year = run(policy, world_bench("concept", 2), registry, label_delay)
    assert registry.tags(1)["trained_on"] == "weeks -7 to 0"
    for decision in year.decisions:
        if decision.event == "canary":
            newest = max(decision.week - label_delay, 0)
            trained = f"weeks {newest - 4} to {newest}"
            assert registry.tags(decision.version)["trained_on"] == trained


def test_a_window_reaches_no_further_back_than_the_history():
    registry = MemoryRegistry()
    run(Policy(every(12), last_weeks(500)), world_bench("concept", 2), registry)
    assert registry.tags(2)["trained_on"] == "weeks -7 to 10"


@pytest.mark.parametrize(("kind", "rollbacks"), [("season", 0), ("unit bug", 2)])
def test_evidence_is_what_can_be_recomputed_from_the_models_and_the_traffic(kind, rollbacks):
    registry, bench = MemoryRegistry(), world_bench(kind, 2)
    world = bench.traffic
    year = run(Policy(every(1)), bench, registry)
    assert len(year.at("promoted")) > 3
    assert len(year.at("rolled back")) >= rollbacks
    serving, promised_at, since = {0: 1}, {0: 0}, 0
    for decision in year.decisions:
        week, found = decision.week, dict(decision.evidence)
        # A week is judged by what served it: what is decided at its end counts from the next on.
        promoted = max(past for past in serving if past < week)
        champion, promise = serving[promoted], promised_at[promoted]
        model = registry.load(champion)
        first, last = map(int, registry.tags(champion)["trained_on"][6:].split(" to "))
        reference = pd.concat([world.features(past) for past in range(first, last + 1)])
        batch = world.features(week)
        scores = model.predict_proba(batch)[:, 1]
        largest = max(drift.psi(reference[name], batch[name]) for name in batch)
        X = pd.concat([world.features(past) for past in range(promise - 3, promise + 1)])
        late = pd.concat([world.truth(past) for past in range(promise - 3, promise + 1)])
        golden = is_golden(X.index)
        expected = {
            "max_psi": largest,
            "score_psi": drift.psi(model.predict_proba(reference)[:, 1], scores),
            "promised": roc_auc_score(late[golden], model.predict_proba(X[golden])[:, 1]),
            "estimated": drift.estimated_auc(scores),
            "weeks_since": week - since,
        }
        measured = found.pop("measured")
        assert found == pytest.approx(expected, abs=6e-4), decision
        if week > 2:
            past = world.features(week - 2)
            expected = roc_auc_score(world.truth(week - 2), model.predict_proba(past)[:, 1])
            assert measured == pytest.approx(expected, abs=6e-4)
        else:
            assert measured is None
        if decision.event in ("canary", "refused"):
            since = week
        if decision.event in ("promoted", "rolled back"):
            serving[week], promised_at[week] = decision.version, max(week - 2, 0)


def test_evidence_that_nobody_read_is_still_there_and_can_be_changed():
    seen = []
    run(Policy(lambda evidence: bool(seen.append(evidence))), world_bench("unit bug", 2))
    late = seen[20]
    assert isinstance(late, Evidence)
    assert replace(late, measured=0.5).measured == 0.5
    assert replace(late, measured=0.5).psi.equals(late.psi)
    assert replace(late, week=late.week) == late == copy(late)
    assert replace(late, estimated=0.1) != late != seen[19]
    assert repr(late).startswith(f"Evidence(week={late.week}, psi=load")
    with pytest.raises(AttributeError, match="Evidence has no 'auc'"):
        late.auc  # noqa: B018


# When something goes wrong


@dataclass(frozen=True)
class Tampered:
    """Traffic that is changed from some week on: its labels by one function, its features by two.

    The labels are those that arrive as well as the true ones.
    """

    traffic: Traffic
    labels: object = lambda y: y
    table: object = lambda X: X
    labels_from: int = 99
    table_from: int = 99

    @property
    def weeks(self):
        return self.traffic.weeks

    @property
    def label_delay(self):
        return self.traffic.label_delay

    def _first(self, week) -> float:
        return self.traffic.features(week).index[0] if week in self.weeks else np.inf

    def _labels(self, y) -> pd.Series:
        return y.where(y.index < self._first(self.labels_from), self.labels(y))

    def _table(self, X) -> pd.DataFrame:
        late = X.index >= self._first(self.table_from)
        return pd.concat([X[~late], self.table(X[late])]) if late.any() else X

    def features(self, week):
        return self._table(self.traffic.features(week))

    def truth(self, week):
        return self._labels(self.traffic.truth(week))

    def arrived(self, now, since=None):
        X, y = self.traffic.arrived(now, since)
        return self._table(X), self._labels(y)


def test_a_training_that_fails_leaves_the_champion_serving_and_the_loop_running():
    def clumsy(newest) -> int:
        if newest < 14:
            raise RuntimeError("the store of features does not answer")
        return newest - 3

    registry = Notebook()
    year = run(Policy(every(4), clumsy), world_bench("concept", 1), registry)
    assert year.at("failed") == [4, 8, 12]
    assert year.trainings == [4, 8, 12, 16, 20, 24]
    first = year.decisions[0]
    assert (first.why, first.version) == (
        "RuntimeError: the store of features does not answer",
        None,
    )
    assert year.quality[:16].tolist() == year.frozen[:16].tolist()
    assert registry.champions[:2] == [1, 2]
    assert year.quality[18:].mean() > year.frozen[18:].mean() + 0.1


def test_a_window_in_which_no_flight_was_late_fails_and_is_survived():
    # Golden flights are late as ever, so that quality can be measured.
    on_time = Tampered(World("stable", 1), lambda y: y.where(is_golden(y.index), 0), labels_from=3)
    calm = Workbench(on_time)
    year = run(Policy(every(6), last_weeks(3)), calm)
    assert year.trainings == [6, 12, 18, 24]
    assert year.at("failed") == [12, 18, 24]
    assert year.decisions[-1].why.startswith("ValueError: ")
    assert "class" in year.decisions[-1].why
    assert year.table().loc[12, "event"] == "failed"


@pytest.mark.parametrize("seed", range(6))
def test_the_golden_gate_refuses_what_was_learned_from_poisoned_labels(seed):
    bench = world_bench("poisoned", seed)
    registry = MemoryRegistry()
    year = run(Policy(always, last_weeks(4)), bench, registry)
    poisoned = range(bench.traffic.change, bench.traffic.change + 5)
    for decision in year.decisions:
        share = len({decision.week - 2 - back for back in range(4)} & set(poisoned)) / 4
        if share >= 0.75 and decision.event in ("canary", "refused"):
            assert decision.event == "refused"
            new, old = (
                float(number[:5])
                for number in decision.why.split("AUC ")[1].split(", the champion's ")
            )
            assert new < 0.4 < 0.7 < old
    assert set(year.at("refused")) & {week + 2 for week in poisoned}
    assert min(year.quality) > 0.7


def test_a_challenger_that_expects_the_impossible_is_stopped():
    bench, registry = world_bench("unit bug", 1), Notebook()
    year = run(Policy(every(1)), bench, registry)
    stopped = next(decision for decision in year.decisions if decision.event == "stopped")
    assert stopped.week == bench.traffic.change
    assert stopped.why == "predicted 0% late; lately 55% were"
    assert stopped.version not in registry.champions
    # One flight in ten had to put up with it.
    assert year.quality[stopped.week - 1] == pytest.approx(year.frozen[stopped.week - 1], abs=0.1)


def test_a_challenger_that_expects_far_too_many_late_flights_is_stopped():
    # From week 9 on the feed sends the time of day in minutes.
    minutes = Tampered(
        Production(), table=lambda X: X.assign(time_of_day=X["time_of_day"] * 60), table_from=9
    )
    registry = Notebook()
    year = run(Policy(every(8)), Workbench(minutes, thin=10), registry)
    assert [decision.event for decision in year.decisions[:2]] == ["canary", "stopped"]
    assert year.decisions[1].week == 9
    assert year.decisions[1].why.startswith("predicted 100% late; lately 2")
    assert year.decisions[1].version not in registry.champions


def test_an_incident_leads_to_a_rollback_and_the_old_champion_is_back():
    bench, registry = world_bench("unit bug", 2), Notebook()
    year = run(Policy(every(1)), bench, registry)
    back = [d for d in year.decisions if d.event in ("promoted", "rolled back")]
    at = next(place for place, decision in enumerate(back) if decision.event == "rolled back")
    old = back[at - 2].version if at > 1 else 1
    assert back[at].version == old
    # The alias moved: the first model, those promoted, and back.
    assert registry.champions == [1, *(decision.version for decision in back)]
    assert registry.champions[at - 1] == registry.champions[at + 1] == old
    assert bench.traffic.change <= back[at].week
    new, before = (
        float(number[:5]) for number in back[at].why[4:].split(" by labels, the old champion's ")
    )
    assert new < before - 0.03


@pytest.mark.parametrize(("turned", "rolled_back"), [(22, [22]), (24, [24]), (25, [])])
def test_a_champion_is_on_probation_for_four_weeks(turned, rolled_back):
    # Of a turn that harms the new champion more than the old, in its canary week 21 or later.
    world = Tampered(World("concept", 1, label_delay=0), reverse, labels_from=turned)
    once = Policy(lambda evidence: evidence.week == 20, last_weeks(5))
    year = run(once, Workbench(world))
    assert year.at("promoted") == [21]
    assert year.at("rolled back") == rolled_back


# Nothing before its time


def reverse(y) -> pd.Series:
    return 1 - y


def spoil(X) -> pd.DataFrame:
    return X.assign(**{name: X[name] * 0.1 for name in X.select_dtypes("float")})


def decided(year, until) -> list[Decision]:
    return [decision for decision in year.decisions if decision.week <= until]


@pytest.mark.parametrize("label_delay", [0, 2, 4])
@pytest.mark.parametrize("now", [6, 13, 20])
def test_no_decision_knows_what_is_still_to_come(now, label_delay):
    world = World("concept", 4, label_delay)
    bench = Workbench(world)
    # Labels that have not arrived by now are turned round, and the traffic after it is another.
    future = Tampered(world, reverse, spoil, now - label_delay + 1, now + 1)
    other = Workbench(future)
    for policy in POLICIES.values():
        spies = Spy(policy.trigger), Spy(policy.trigger)
        years = [
            run(replace(policy, trigger=spy), one)
            for spy, one in zip(spies, (bench, other), strict=True)
        ]
        assert decided(years[0], now) == decided(years[1], now)
        shown = [
            [(one.numbers(), one.psi.to_list()) for one in spy.seen if one.week <= now]
            for spy in spies
        ]
        assert shown[0] == shown[1]
        assert years[0].decisions != years[1].decisions  # the future was changed indeed
    past = Tampered(world, reverse, labels_from=now - label_delay)
    policy = POLICIES["schedule"]
    assert decided(run(policy, bench), now) != decided(run(policy, Workbench(past)), now)


def test_no_decision_about_flightdesk_knows_what_is_still_to_come():
    now, bench = 20, flightdesk()
    other = Workbench(Tampered(Production(), reverse, spoil, now - 1, now + 1), thin=10)
    years = [run(Policy(every(1)), one) for one in (bench, other)]
    assert decided(years[0], now) == decided(years[1], now)
    assert years[0].decisions != years[1].decisions


def test_a_delay_of_the_run_hides_labels_that_the_traffic_has():
    world, now = World("concept", 4, label_delay=0), 15
    other = Tampered(world, reverse, labels_from=now - 3)
    years = [run(POLICIES["quality"], Workbench(one), label_delay=4) for one in (world, other)]
    assert decided(years[0], now) == decided(years[1], now)
    assert years[0].decisions != years[1].decisions
    late = run(POLICIES["quality"], Workbench(World("concept", 4, label_delay=4)))
    assert late.decisions == years[0].decisions


@pytest.mark.parametrize("seed", range(3))
def test_the_later_the_labels_the_later_a_policy_reacts(seed):
    bench = world_bench("concept", seed)
    change = bench.traffic.change
    years = [run(Policy(on_quality(0.1)), bench, label_delay=delay) for delay in (0, 3, 6)]
    reacted = [min(week for week in year.trainings if week >= change) for year in years]
    assert reacted[0] < reacted[1] < reacted[2]
    means = [year.quality.mean() for year in years]
    assert means[0] > means[1] > means[2]


# What a year tells


def a_year(**known) -> Year:
    decisions = [
        Decision(2, "canary", "golden AUC 0.810, the champion's 0.800", 2, {}),
        Decision(3, "promoted", "predicted 50% late; lately 48% were", 2, {}),
        Decision(5, "rolled back", "AUC 0.400 by labels, the old champion's 0.700", 1, {}),
        Decision(5, "failed", "RuntimeError: no", None, {}),
    ]
    quality = np.array([0.8, 0.5, 0.65, 0.9, 0.4])
    year = Year(np.arange(1, 6), quality, quality - 0.1, promised=0.8, decisions=decisions)
    return replace(year, **known)


def test_cost_of_a_worked_example():
    # Of the way from a coin (.5) to the promise (.8), weeks lost nothing, all, half, nothing, all.
    week = 24 * 7 * 100
    assert a_year().trainings == [2, 5]
    assert a_year().cost(hour=100, training=2000) == pytest.approx(
        [0, week + 2000, week / 2, 0, week + 2000]
    )
    assert a_year(decisions=[]).cost(hour=1, training=2000).sum() == pytest.approx(168 * 2.5)


def test_a_year_is_a_table_of_its_decisions():
    table = a_year().table()
    assert table.index.to_list() == [2, 3, 5, 5]
    assert table.index.name == "week"
    assert table["event"].to_list() == ["canary", "promoted", "rolled back", "failed"]
    assert table["version"].astype(object).where(table["version"].notna(), None).to_list() == [
        2,
        2,
        1,
        None,
    ]
    assert table.loc[3, "why"] == "predicted 50% late; lately 48% were"
    assert a_year().at("promoted", "failed") == [3, 5]
    empty = a_year(decisions=[]).table()
    assert (len(empty), empty.columns.to_list()) == (0, ["event", "version", "why"])


@pytest.mark.parametrize("traffic", [World("season", 3), Production()], ids=["world", "flightdesk"])
def test_a_year_runs_the_same_each_time(traffic):
    fresh = [Workbench(traffic, thin=10) for again in range(2)]
    for policy in (POLICIES["quality"], Policy(every(4))):
        one, two = (run(policy, bench) for bench in fresh)
        three = run(policy, fresh[0])
        assert one.decisions == two.decisions == three.decisions
        assert one.quality.tolist() == two.quality.tolist() == three.quality.tolist()
        assert one.decisions != []


def test_a_year_of_flightdesk_is_what_its_registry_served():
    registry, bench = MemoryRegistry(), flightdesk()
    year = run(Policy(every(4)), bench, registry)
    assert year.weeks.tolist() == list(range(1, 40))
    assert year.trainings == list(range(4, 40, 4))
    assert served(year, registry, bench.traffic) == pytest.approx(year.quality.tolist())
    assert year.quality.mean() > year.frozen.mean()


def test_a_year_with_the_real_registry_is_that_in_memory(tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    open_workspace("10-automated-retraining")
    registry, bench = MlflowRegistry("late-flights"), world_bench("concept", 1)
    year = run(POLICIES["quality"], bench, registry)
    assert year.decisions == run(POLICIES["quality"], bench).decisions
    assert len(year.at("promoted")) >= 2
    assert served(year, registry, bench.traffic) == pytest.approx(year.quality.tolist())
    versions = len(year.at("canary")) + 1
    trained = [registry.tags(version)["trained_on"] for version in range(1, versions + 1)]
    assert trained[0] == "weeks -7 to 0"
    assert len(set(trained)) == versions
    with pytest.raises(ValueError, match=f"no version {versions + 1}"):
        registry.load(versions + 1)
