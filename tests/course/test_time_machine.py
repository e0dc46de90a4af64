import re
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from traitlets import TraitError

from course.figures.retraining import ROWS, SELDOM
from course.incidents import INCIDENTS, POISON, UNIT_BUG
from course.policies import Evidence, Policy, every, never, on_drift, on_quality
from course.retraining import Year, run
from course.widgets.time_machine import TRIGGERS, TimeMachine
from course.workbench import flightdesk


@pytest.fixture
def machine() -> TimeMachine:
    return TimeMachine()


def weeks_in(row: str, figure: Figure) -> list[int]:
    """Return the weeks that a row of the decisions has a marker at."""
    decisions = figure.axes[1]
    height = next(text.get_position()[1] for text in decisions.texts if text.get_text() == row)
    marked = [line for line in decisions.lines if set(line.get_ydata()) == {height}]
    return [int(week) for line in marked for week in line.get_xdata()]


def line(figure: Figure, panel: int, label: str) -> np.ndarray:
    lines = figure.axes[panel].lines
    return next(one.get_ydata() for one in lines if one.get_label().startswith(label))


def test_moving_a_control_changes_the_sentence(machine: TimeMachine) -> None:
    said = [machine.describe()]
    moves = {
        "policy": "on measured quality",
        "week": 30,
        "cooldown": 10,
        "label_delay": 4,
        "training": 500,
        "hour": 300,
        "incident": "unit bug",
    }
    for name, value in moves.items():
        setattr(machine, name, value)
        said.append(machine.describe())
    assert len(set(said)) == len(moves) + 1


@pytest.mark.parametrize(
    ("policy", "followed", "cooldown"),
    [
        ("never", Policy(never), 4),
        ("every week", Policy(every(1)), 2),  # a schedule knows no cooldown
        ("every 8 weeks", Policy(every(8)), 1),
        ("on drift", Policy(on_drift(), cooldown=4), 4),
        ("on measured quality", Policy(on_quality(), cooldown=3), 3),
    ],
)
@pytest.mark.parametrize(("incident", "week", "delay"), [("none", 39, 2), ("unit bug", 25, 4)])
def test_the_sentence_tells_what_the_loop_made_of_the_year(
    machine: TimeMachine,
    policy: str,
    followed: Policy,
    cooldown: int,
    incident: str,
    week: int,
    delay: int,
) -> None:
    machine.policy, machine.cooldown, machine.incident = policy, cooldown, incident
    machine.week, machine.label_delay, machine.training, machine.hour = week, delay, 1500, 250
    said = machine.describe()

    def played(policy: Policy) -> tuple[Year, float]:
        year = run(policy, flightdesk(incident), label_delay=delay)
        return year, round(year.cost(hour=250, training=1500)[:week].sum())

    year, cost = played(followed)
    quality = year.quality[:week]
    assert f"mean AUC of {quality.mean():.3f}" in said
    assert f"worst week of {quality.min():.3f} for €{cost:,}" in said
    trainings = sum(when <= week for when in year.trainings)
    assert f"{trainings or 'no'} training" in said
    if trainings:
        for event, word in (
            ("promoted", "promotion"),
            ("refused", "refusal"),
            ("rolled back", "rollback"),
        ):
            number = sum(when <= week for when in year.at(event))
            assert f"{number or 'no'} {word}{'' if number == 1 else 's'}" in said
    others = {"never": Policy(never), "always": Policy(every(1))}
    itself = {"never": "never", "every week": "always"}.get(policy)
    for name in others.keys() - {itself}:
        other, its_cost = played(others[name])
        word = "dearer" if its_cost > cost else "cheaper"
        expected = (
            f"{name} retraining would have been €{abs(its_cost - cost):,} {word} "
            f"(mean {other.quality[:week].mean():.3f}, worst {other.quality[:week].min():.3f})"
        )
        assert expected in said.lower()


def test_where_trainings_are_dear_never_would_have_been_cheaper_and_where_free_not(
    machine: TimeMachine,
) -> None:
    machine.policy, machine.training = "every 4 weeks", 10_000
    assert re.search(r"Never retraining would have been €[\d,]+ cheaper", machine.describe())
    assert machine.draw().axes[2].get_title(loc="left") == "Cheapest so far: never"
    machine.training = 0
    assert re.search(r"Never retraining would have been €[\d,]+ dearer", machine.describe())
    assert "never" not in machine.draw().axes[2].get_title(loc="left")


def test_what_costs_the_same_is_called_as_cheap(machine: TimeMachine) -> None:
    machine.week, machine.policy = 1, "every 8 weeks"
    assert "Never retraining would have been just as cheap" in machine.describe()
    assert machine.draw().axes[2].get_title(loc="left") == "Cheapest so far: this policy and never"


def test_numbers_agree_with_their_words(machine: TimeMachine) -> None:
    machine.policy, machine.cooldown, machine.week = "every 13 weeks", 1, 14
    assert "1 training, 1 promotion, no refusals and no rollbacks" in machine.describe()
    machine.week = 12
    assert "with no trainings. Never" in machine.describe()
    machine.week = 39
    machine.policy = "on drift"
    assert "cooldown" not in machine.describe()
    machine.cooldown = 2
    assert "with a cooldown of 2 weeks" in machine.describe()
    machine.policy = "every 13 weeks"
    assert "cooldown" not in machine.describe()


@pytest.mark.parametrize("incident", INCIDENTS)
@pytest.mark.parametrize("week", [1, 16, 39])
def test_the_figure_shows_what_happened_up_to_the_week_and_nothing_after(
    machine: TimeMachine, incident: str, week: int
) -> None:
    machine.policy, machine.cooldown, machine.incident = "every week", 1, incident
    machine.week = week
    year = run(Policy(every(1)), flightdesk(incident))
    figure = machine.draw()
    np.testing.assert_allclose(line(figure, 0, "served"), year.quality[:week])
    np.testing.assert_allclose(line(figure, 0, "frozen"), year.frozen[:week])
    cost = year.cost(hour=100, training=4000)[:week].sum() / 1e3
    assert line(figure, 2, "this policy")[-1] == pytest.approx(cost)
    assert len(line(figure, 2, "never")) == week + 1
    assert weeks_in("trained", figure) == [when for when in year.trainings if when <= week]
    for row in ROWS.keys() - {"trained", *SELDOM}:
        assert weeks_in(row, figure) == [when for when in year.at(row) if when <= week], row


def test_rows_of_decisions_differ_by_marker_and_not_by_color_alone(machine: TimeMachine) -> None:
    machine.policy, machine.cooldown, machine.incident = "every week", 1, "poisoned labels"
    markers = [one.get_marker() for one in machine.draw().axes[1].lines]
    assert len(markers) >= 5 and len(set(markers)) == len(markers)


@pytest.mark.parametrize(
    ("incident", "weeks", "name"),
    [("unit bug", UNIT_BUG, "unit bug"), ("poisoned labels", POISON, "poisoned labels")],
)
def test_an_incident_is_named_and_shaded_once_it_has_begun(
    machine: TimeMachine, incident: str, weeks: range, name: str
) -> None:
    def named_in_figure() -> bool:
        texts = [text.get_text().replace("\n", " ") for text in machine.draw().axes[0].texts]
        return name in texts

    machine.incident, machine.week = incident, weeks[0] - 1
    assert name not in machine.describe() and not named_in_figure()
    machine.week = weeks[1]
    assert name in machine.describe() and named_in_figure()
    for axes in machine.draw().axes:
        (shade,) = axes.patches
        assert (shade.get_x(), shade.get_x() + shade.get_width()) == (
            weeks[0] - 0.5,
            weeks[1] + 0.5,
        )


# A policy of the learner's own


def test_a_trigger_of_ones_own_is_played(machine: TimeMachine) -> None:
    own = TimeMachine(own=lambda evidence: np.bool_(evidence.week in (3, 20)))
    assert own.policy == "own" and "by your own policy gave" in own.describe()
    assert weeks_in("trained", own.draw()) == [3, 20]
    own.policy = "never"
    assert weeks_in("trained", own.draw()) == []
    with pytest.raises(TraitError, match="policy cannot be 'own'"):
        machine.policy = "own"


def test_a_policy_of_ones_own_is_played_with_its_strategy_and_its_cooldown() -> None:
    policy = Policy(every(1), strategy=lambda newest: newest - 3, cooldown=7)
    own = TimeMachine(own=policy)
    expected = run(policy, flightdesk())
    assert own.cooldown == 7
    np.testing.assert_allclose(line(own.draw(), 0, "served"), expected.quality)
    own.cooldown = 12
    assert weeks_in("trained", own.draw()) == [12, 24, 36]


def test_alerts_and_failed_trainings_have_a_row_and_a_word() -> None:
    caller = TimeMachine(own=Policy(every(13), action="alert"))
    assert weeks_in("alert", caller.draw()) == [13, 26, 39]
    assert "with no trainings and 3 alerts." in caller.describe()
    empty = TimeMachine(own=Policy(every(13), strategy=lambda newest: newest + 1))
    assert weeks_in("failed", empty.draw()) == [13, 26, 39]
    assert "no rollbacks and 3 failed trainings" in empty.describe()


def forgetful(evidence: Evidence) -> None:
    _ = evidence.psi.max() > 0.25


@pytest.mark.parametrize(
    ("trigger", "reason"),
    [
        (lambda evidence: evidence.psi["temperature"] > 1, "week 1, KeyError: 'temperature'"),
        (lambda evidence: evidence.measured < 0.6, "week 1, TypeError: '<' not supported"),
        (lambda evidence: evidence.psi > 0.25, "week 1, ValueError: The truth value"),
        (lambda evidence: 1 / (evidence.week - 9) > 1, "week 9, ZeroDivisionError"),
        (forgetful, "returned None"),
    ],
)
def test_a_policy_that_fails_leads_to_a_sentence_and_the_widget_goes_on(
    trigger: object, reason: str
) -> None:
    own = TimeMachine(own=trigger)
    bundle, _ = own._repr_mimebundle_()
    assert "could not be drawn" in bundle["text/plain"]
    assert reason in bundle["text/plain"]
    own.policy = "every 8 weeks"
    assert own._shown["figure"].startswith("<svg") and "8 weeks" in own._shown["sentence"]


@pytest.mark.parametrize("own", ["on drift", 4, Policy("on drift")])
def test_what_is_no_policy_is_refused(own: object) -> None:
    with pytest.raises(TypeError, match="own is a Policy or a function"):
        TimeMachine(own=own)


# Controls, edges, and without a browser


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("policy", "always"),
        ("week", 0),
        ("week", 40),
        ("cooldown", 0),
        ("label_delay", 3),
        ("training", -500),
        ("hour", 501),
        ("incident", "fire"),
    ],
)
def test_a_value_that_is_not_there_is_refused(
    machine: TimeMachine, name: str, value: object
) -> None:
    with pytest.raises(TraitError, match=f"{name} cannot be"):
        setattr(machine, name, value)


EXTREMES = [
    {"policy": policy, "incident": incident, "week": 39, "cooldown": 1}
    for policy in TRIGGERS
    for incident in INCIDENTS
] + [
    {"week": 1},
    {"training": 0, "hour": 0},
    {"training": 0, "hour": 10},
    {"training": 10_000, "hour": 500, "policy": "every week", "cooldown": 1},
    {"label_delay": 8, "week": 28, "incident": "poisoned labels"},
]


@pytest.mark.parametrize("settings", EXTREMES, ids=str)
def test_nothing_runs_over_an_edge_or_over_something_else(
    machine: TimeMachine, settings: dict[str, object]
) -> None:
    for name, value in settings.items():
        setattr(machine, name, value)
    figure = machine.draw()
    assert figure.get_figwidth() <= 8
    renderer = FigureCanvasAgg(figure).get_renderer()
    boxes = [axes.get_tightbbox(renderer) for axes in figure.axes]
    for box in boxes:
        assert box.x0 >= 0 and box.y0 >= 0, "a label runs over the left or lower edge"
        assert box.x1 <= figure.bbox.x1 and box.y1 <= figure.bbox.y1, "over the right or upper edge"
    for upper, lower in pairwise(boxes):
        assert lower.y1 <= upper.y0, "two panels overlap"
    quality, _, money = figure.axes
    assert [sum("  " in text.get_text() for text in axes.texts) for axes in (quality, money)] == [
        len(quality.lines),
        len(money.lines),
    ]  # each line is named
    for axes in (quality, money):
        texts = [text.get_window_extent(renderer) for text in axes.texts]
        for number, named in enumerate(texts):
            assert not any(named.overlaps(other) for other in texts[:number]), "two names overlap"
            assert named.x1 <= axes.bbox.x1, "a name runs over the edge"
            for curve in axes.lines:
                path = curve.get_path().interpolated(20).transformed(curve.get_transform())
                assert not named.count_contains(path.vertices), "a line runs through a name"


def test_without_a_browser_there_is_the_figure_with_its_sentence(machine: TimeMachine) -> None:
    bundle, _ = machine._repr_mimebundle_()
    assert machine.describe() in bundle["text/plain"]
    assert "<img" in bundle["text/html"] and "alt=" in bundle["text/html"]
