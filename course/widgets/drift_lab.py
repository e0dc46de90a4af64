"""Lesson 09's widget: a monitor and the truth, and how often they disagree."""

from __future__ import annotations

from matplotlib.figure import Figure

from course.drift import LARGE, MODERATE
from course.figures.drift import drift_lab
from course.scenes import FLIGHT_FEATURES, MONTHS, WORLD_FEATURES, Scene, scenes
from course.triage import CALIBRATION, MOST_TESTS, Examination, examine
from course.widgets.explorer import Explorer, choice, slider

MADE_UP = {
    "stable": "stable",
    "unused feature": "higher fares",
    "unit bug": "unit bug",
    "concept": "new concept",
}
BATCHES = {name: f"{name} 2013" for name in MONTHS}
BATCHES |= {name: f"made up: {kind}" for name, kind in MADE_UP.items()}
FEATURES = {"moved most": "the one that moved most"}
FEATURES |= {
    name: label.split(" (")[0] for name, label in (FLIGHT_FEATURES | WORLD_FEATURES).items()
}
ROWS = {"200": "200", "1000": "1,000", "5000": "5,000", "20000": "20,000", "200000": "200,000"}
NAMES = {"none": "none", "bonferroni": "Bonferroni", "benjamini-hochberg": "Benjamini-Hochberg"}


class DriftLab(Explorer):
    """Move the data and see PSI, KS and the model's true quality disagree.

    A batch is a month of 2013, which FlightDesk's model of January to March predicts, or a week of
    a made-up world. The monitor compares `rows` of it with as many of the reference; the feed can
    add something to the feature, in standard deviations, and the flights stay as they are.

    The model counts as harmed if its AUC fell by more than 0.03, or if the share of late flights
    that it expects is off by more than 5 points. Both are measured on all labelled rows.

    Examples
    --------
    >>> lab = DriftLab(batch="unused feature")
    >>> print(lab.describe())  # doctest: +ELLIPSIS
    A week of higher fares: an alarm without harm. The fare moved (PSI 2.00, ...
    """

    batch = choice("September", BATCHES, label="Batch")
    feature = choice("moved most", FEATURES, label="Feature")
    shift = slider(0.0, 0, 2, step=0.02, label="The feed adds to it", unit="SD")
    rows = choice("5000", ROWS, label="Rows compared")
    tests = slider(8, 1, MOST_TESTS, label="Features tested")
    correction = choice("none", NAMES, label="Correction")

    def draw(self) -> Figure:
        """Draw the feature, its statistics, and the model's quality."""
        return drift_lab(self._examined())

    def describe(self) -> str:
        """Say what the monitor sees, what is true, and how the two agree."""
        evidence = self._examined()
        said = [
            f"{self._scene.title}: {_verdict(evidence)}.",
            f"{self._inputs(evidence)}.",
            f"{_truth(evidence)}.",
        ]
        if self.tests > 1:
            said.append(f"{self._alarms(evidence)}.")
        if self.feature not in (*self._scene.features, "moved most"):
            said.append(f"This batch has no {FEATURES[self.feature]}: here is the {evidence.name}.")
        return " ".join(said)

    @property
    def _scene(self) -> Scene:
        return scenes()[self.batch]

    def _examined(self) -> Examination:
        scene = self._scene
        feature = self.feature if self.feature in scene.features else scene.moved_most
        return examine(scene, feature, self.shift, int(self.rows), self.tests, self.correction)

    def _inputs(self, evidence: Examination) -> str:
        """Say whether the feature moved, and how sure that is."""
        feature = evidence.name + (f", with {self.shift:.2f} SD added," if self.shift else "")
        rows = f"{'all ' if evidence.rows < int(self.rows) else ''}{evidence.rows:,} rows"
        p_value = evidence.p_values[0]
        p = f"{'p' if self.correction == 'none' else 'adjusted p'} "
        p += "< 0.001" if p_value < 0.001 else f"= {p_value:.3f}"
        psi = f"PSI {evidence.psi:.2f}"
        if evidence.significant and evidence.large:
            limit = LARGE if evidence.psi >= LARGE else MODERATE
            return f"The {feature} moved ({psi}, above {limit}; {p} in {rows})"
        if evidence.significant:
            far = f"{evidence.distance:.2f} SD, {psi}"
            return f"The {feature} moved ({p} in {rows}), but not far ({far})"
        if evidence.large:
            return f"The {feature} has {psi}, above {MODERATE}, but in {rows} it may be luck ({p})"
        return f"{rows} show no move of the {feature} ({psi}, {p})"

    def _alarms(self, evidence: Examination) -> str:
        """Say how many of all tests alarm, and how many of these must be wrong."""
        how = "Uncorrected" if self.correction == "none" else f"With {NAMES[self.correction]}"
        alarms = int(evidence.alarms.sum())
        said = f"{how}, {alarms} of {self.tests} tests {'alarms' if alarms == 1 else 'alarm'}"
        return said + (f", {evidence.false_alarms} falsely" if evidence.false_alarms else "")


def _verdict(evidence: Examination) -> str:
    if evidence.significant and evidence.large:
        return "an alarm, and harm" if evidence.harmed else "an alarm without harm"
    if evidence.significant:
        return "harm, and hardly an alarm" if evidence.harmed else "significant, and unimportant"
    if evidence.alarms.sum() > evidence.false_alarms:
        return "harm, and this feature is silent" if evidence.harmed else "this feature is quiet"
    if evidence.false_alarms:
        return "harm, and only false alarms" if evidence.harmed else "false alarms only"
    return "harm without an alarm" if evidence.harmed else "all quiet"


def _truth(evidence: Examination) -> str:
    """Say whether the model still ranks late flights first, and still knows how many there are."""
    before, now = evidence.before, evidence.now
    auc = f"AUC {now.auc:.2f}, was {before.auc:.2f}"
    expects = f"late flights within {CALIBRATION * 100:.0f} points"
    if evidence.misjudges:
        expects = f"too {'few' if now.expected < now.came else 'many'} late flights"
    expects += f" ({now.expected:.0%}; {now.came:.0%} came)"
    ranks = "ranks worse than" if evidence.ranks_worse else "ranks as well as"
    link = "but" if evidence.ranks_worse != evidence.misjudges else "and"
    said = f"The model {ranks} before ({auc}) {link} expects {expects}"
    if evidence.ranks_worse and now.brier < before.brier:
        brier = f"{now.brier:.3f}, was {before.brier:.3f}"
        said += f"; its Brier score is better ({brier}) only because fewer flights are late"
    return said
