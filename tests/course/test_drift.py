"""Drift statistics are what the books say, and see what they claim to see, and no more."""

import numpy as np
import pandas as pd
import pytest
from river.drift import ADWIN
from scipy import stats
from sklearn.metrics import confusion_matrix, roc_auc_score

from course.drift import (
    Bins,
    benjamini_hochberg,
    bonferroni,
    chi_squared,
    compare,
    estimated_auc,
    estimated_confusion,
    ks,
    psi,
    wasserstein,
)
from course.model import make_model
from course.worlds import World

EMPTY = 1e-6


def index(reference_shares, current_shares) -> float:
    """The population stability index of shares, as it is written in the books."""
    pairs = zip(reference_shares, current_shares, strict=True)
    pairs = [(max(p, EMPTY), max(q, EMPTY)) for p, q in pairs]
    return sum((q - p) * np.log(q / p) for p, q in pairs)


def by_hand(reference, current, bins=10) -> float:
    """PSI of numbers without ties that fill a bin."""
    edges = [-np.inf, *np.quantile(reference, np.linspace(0, 1, bins + 1)[1:-1]), np.inf]
    shares = [np.histogram(sample, edges)[0] / len(sample) for sample in (reference, current)]
    return index(*shares)


def with_holes(rng, sample) -> np.ndarray:
    return np.where(rng.random(len(sample)) < 0.2, np.nan, sample)


# PSI


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("bins", [2, 10, 20])
def test_psi_sums_over_the_quantile_bins_of_the_reference(seed, bins):
    rng = np.random.default_rng(seed)
    reference = rng.gamma(2, 3, rng.integers(200, 3000))
    current = rng.gamma(2, 3, rng.integers(200, 3000)) * rng.uniform(0.5, 2) + rng.normal()
    assert psi(reference, current, bins) == pytest.approx(by_hand(reference, current, bins))


@pytest.mark.parametrize("seed", range(10))
def test_psi_of_rounded_numbers_keeps_equal_values_in_one_bin(seed):
    rng = np.random.default_rng(seed)
    reference, current = rng.integers(0, 40, 2000), rng.integers(5, 50, 500)
    assert psi(reference, current) == pytest.approx(by_hand(reference, current))


def test_a_bin_of_the_batch_that_is_empty_counts_as_a_millionth():
    reference = np.arange(1000.0)
    expected = index([0.1] * 10, [0] * 9 + [1])
    assert psi(reference, reference + 5000) == pytest.approx(expected)
    assert expected == pytest.approx(12.4, abs=0.1)


def test_missing_values_are_left_out_of_psi():
    rng = np.random.default_rng(0)
    reference = with_holes(rng, rng.normal(size=2000))
    current = with_holes(rng, rng.normal(1, 1, 900))
    known = [sample[~np.isnan(sample)] for sample in (reference, current)]
    assert psi(reference, current) == pytest.approx(by_hand(*known))
    words = pd.Series(["EWR", None, "JFK", "JFK", None])
    assert psi(words, words.dropna()) == 0


@pytest.mark.parametrize("dtype", [object, "str", "category"])
def test_each_category_is_a_bin_of_psi_also_one_that_is_new_or_gone(dtype):
    reference = pd.Series(["EWR"] * 50 + ["JFK"] * 30 + ["LGA"] * 20, dtype=dtype)
    current = pd.Series(["SWF"] * 10 + ["JFK"] * 40 + ["EWR"] * 50, dtype=dtype)
    expected = index([0.5, 0.3, 0.2, 0], [0.5, 0.4, 0, 0.1])
    assert psi(reference, current) == pytest.approx(expected)


def test_a_declared_category_that_never_occurs_is_no_bin():
    airports = pd.CategoricalDtype(["EWR", "JFK", "LGA", "SWF"])
    reference = pd.Series(["EWR", "JFK"] * 50, dtype=airports)
    current = pd.Series(["EWR"] * 20 + ["JFK"] * 80, dtype=airports)
    assert psi(reference, current) == pytest.approx(index([0.5, 0.5], [0.2, 0.8]))


@pytest.mark.parametrize("value", [4.0, 6.0])
def test_a_constant_that_moves_is_seen_whichever_way(value):
    assert psi([5.0] * 100, [value] * 100) > 10
    assert psi([5.0] * 100, [5.0] * 7) == 0


def test_a_value_that_fills_bins_is_one():
    # Nine hours in ten are dry. When the gauge dies, all are; in a wet week, half of them.
    reference = np.repeat([0.0, 0.1, 0.2], [920, 40, 40])
    assert psi(reference, [0.0] * 168) == pytest.approx(index([0.92, 0.08], [1, 0]))
    assert psi(reference, [0.0, 0.3] * 84) == pytest.approx(index([0.92, 0.08], [0.5, 0.5]))


@pytest.mark.parametrize("seed", range(20))
def test_psi_is_0_where_nothing_moved_and_positive_elsewhere(seed):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=300), rng.normal(rng.normal(), rng.uniform(0.3, 3), 200)
    assert psi(a, a[::-1]) == 0
    assert psi(a, b) > 0
    assert psi(b, a) > 0


def test_bins_made_once_give_what_psi_gives():
    rng = np.random.default_rng(0)
    numbers, words = rng.normal(size=500), rng.choice(["EWR", "JFK"], 500)
    for reference in (numbers, words):
        bins = Bins(reference)
        for batch in (reference[:50], reference[100:400], reference[::-7]):
            assert bins.psi(batch) == psi(reference, batch)


# Tests


@pytest.mark.parametrize("seed", range(10))
def test_ks_and_wasserstein_are_those_of_scipy(seed):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(size=rng.integers(5, 800)), rng.normal(0.2, 1.1, rng.integers(5, 800))
    if seed % 2:
        a, b = a.round(), b.round()
    expected = stats.ks_2samp(a, b, method="asymp")
    holed = np.insert(a, [0, 3], np.nan)
    for one in (a, holed, pd.Series(a), list(a)):
        assert ks(one, b) == pytest.approx((expected.statistic, expected.pvalue))
        assert wasserstein(one, b) == pytest.approx(stats.wasserstein_distance(a, b))
    assert type(ks(a, b).p_value) is float


@pytest.mark.parametrize("seed", range(10))
def test_chi_squared_is_that_of_scipy(seed):
    rng = np.random.default_rng(seed)
    a = rng.choice(list("ABCDE"), 400)
    b = rng.choice(list("BCDEF"), 250, p=[0.4, 0.3, 0.1, 0.1, 0.1])
    table = pd.crosstab(np.concatenate([a, b]), np.repeat([0, 1], [400, 250]))
    expected = stats.chi2_contingency(table, correction=False)
    for one in (a, pd.Series(a, dtype="category"), pd.Series([*a, None])):
        found = chi_squared(one, b)
        assert found == pytest.approx((expected.statistic, expected.pvalue))


def test_chi_squared_of_two_categories_by_hand():
    # Each cell is 2 from the 7 or 13 that were expected, and nothing is corrected for continuity.
    found = chi_squared(["EWR"] * 9 + ["JFK"] * 11, ["EWR"] * 5 + ["JFK"] * 15)
    assert found.statistic == pytest.approx(2 * (4 / 7 + 4 / 13))


def test_one_category_cannot_move():
    assert chi_squared(["EWR"] * 5, ["EWR"] * 9) == (0, 1)
    declared = pd.Series(["EWR"] * 5, dtype=pd.CategoricalDtype(["EWR", "JFK"]))
    assert chi_squared(declared, declared) == (0, 1)


@pytest.mark.parametrize("statistic", [psi, ks, chi_squared, wasserstein])
@pytest.mark.parametrize("empty", [[], [np.nan, np.nan], pd.Series([None, None])])
def test_a_sample_without_a_known_value_is_refused(statistic, empty):
    for pair in ((empty, [1.0, 2.0]), ([1.0, 2.0], empty)):
        with pytest.raises(ValueError, match="A sample has no known value"):
            statistic(*pair)


def test_significance_grows_with_the_rows_and_the_distance_does_not():
    # What lesson 09 shows of 200,000 rows: no one would call 0.02 standard deviations a shift.
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=200_000), rng.normal(0.02, 1, 200_000)
    assert ks(a[:2000], b[:2000]).p_value > 0.05
    assert ks(a, b).p_value < 1e-4
    assert psi(a, b) < 0.001
    assert wasserstein(a, b) == pytest.approx(0.02, abs=0.005)


# Many tests


def test_corrections_of_a_worked_example():
    p = [0.01, 0.04, 0.03, 0.005, 0.5]
    assert bonferroni(p) == pytest.approx([0.05, 0.2, 0.15, 0.025, 1])
    # Sorted: .005 * 5/1, .01 * 5/2, .03 * 5/3, .04 * 5/4, .5 * 5/5.
    assert benjamini_hochberg(p) == pytest.approx([0.025, 0.05, 0.05, 0.025, 0.5])


def step_up(p, level) -> np.ndarray:
    """Benjamini and Hochberg's procedure as their paper puts it: which hypotheses are rejected."""
    order, rejected = np.argsort(p), np.zeros(len(p), dtype=bool)
    below = [k for k in range(1, len(p) + 1) if p[order[k - 1]] <= k / len(p) * level]
    rejected[order[: max(below, default=0)]] = True
    return rejected


@pytest.mark.parametrize("seed", range(50))
def test_benjamini_and_hochberg_reject_what_their_paper_rejects(seed):
    rng = np.random.default_rng(seed)
    p = rng.random(rng.integers(1, 40)) ** rng.integers(1, 5)
    for level in (0.01, 0.05, 0.2):
        assert np.array_equal(benjamini_hochberg(p) <= level, step_up(p, level))
        assert np.array_equal(bonferroni(p) <= level, p <= level / len(p))
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p))


def test_twenty_features_cry_wolf_in_six_batches_of_ten_unless_they_are_corrected():
    rng = np.random.default_rng(9)
    batches = 200
    p_values = np.array(
        [
            [ks(*rng.normal(size=(2, 400))).p_value for feature in range(20)]
            for batch in range(batches)
        ]
    )
    alarms = {
        "none": (p_values < 0.05).any(axis=1).mean(),
        "bonferroni": np.mean([(bonferroni(p) < 0.05).any() for p in p_values]),
        "benjamini-hochberg": np.mean([(benjamini_hochberg(p) < 0.05).any() for p in p_values]),
    }
    # 1 - .95 ** 20 is 64 %; the test is a little stricter than it says, as its p-values are steps.
    assert 0.5 < alarms["none"] < 0.7
    # With nothing moved each alarm is false, so both corrections bound the same thing.
    assert 0.01 < alarms["bonferroni"] <= alarms["benjamini-hochberg"] < 0.09


# Tables


@pytest.fixture(scope="module")
def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(0)
    winter = pd.DataFrame(
        {
            "temp": with_holes(rng, rng.normal(40, 10, 800)),
            "distance": rng.integers(100, 3000, 800),
            "origin": pd.Categorical(rng.choice(["EWR", "JFK", "LGA"], 800)),
            "carrier": rng.choice(["UA", "AA"], 800),
            "cancelled": rng.random(800) < 0.1,
        }
    )
    spring = winter[:500].assign(
        temp=winter["temp"][:500] + 5, carrier="UA", cancelled=~winter["cancelled"][:500], new=1
    )
    return winter, spring


def test_compare_measures_every_column_of_the_reference(tables):
    winter, spring = tables
    found = compare(winter, spring, "none")
    assert found.index.to_list() == ["temp", "distance", "origin", "carrier", "cancelled"]
    assert found.columns.to_list() == ["psi", "test", "statistic", "p_value", "distance"]
    for name in ("temp", "distance"):
        assert found.loc[name, "test"] == "KS"
        assert tuple(found.loc[name, ["statistic", "p_value"]]) == ks(winter[name], spring[name])
        moved = wasserstein(winter[name], spring[name]) / winter[name].std()
        assert found.loc[name, "distance"] == pytest.approx(moved)
    for name in ("origin", "carrier", "cancelled"):
        assert found.loc[name, "test"] == "chi-squared"
        expected = chi_squared(winter[name], spring[name])
        assert tuple(found.loc[name, ["statistic", "p_value"]]) == expected
        assert np.isnan(found.loc[name, "distance"])
    assert found["psi"].to_list() == [psi(winter[name], spring[name]) for name in winter]
    assert set(found.index[found["p_value"] < 1e-6]) == {"temp", "carrier", "cancelled"}


@pytest.mark.parametrize(
    ("correction", "adjusted"),
    [("bonferroni", bonferroni), ("benjamini-hochberg", benjamini_hochberg)],
)
def test_compare_corrects_nothing_but_the_p_values(tables, correction, adjusted):
    plain, found = compare(*tables, "none"), compare(*tables, correction)
    assert found["p_value"].to_list() == adjusted(plain["p_value"]).tolist()
    pd.testing.assert_frame_equal(found.drop(columns="p_value"), plain.drop(columns="p_value"))
    pd.testing.assert_frame_equal(compare(*tables), compare(*tables, "bonferroni"))


def test_a_column_that_was_constant_has_no_distance_in_standard_deviations():
    found = compare(pd.DataFrame({"gate": [5.0] * 50}), pd.DataFrame({"gate": [7.0] * 50}))
    assert found.loc["gate", "psi"] > 10
    assert found.loc["gate", "statistic"] == 1
    assert np.isnan(found.loc["gate", "distance"])


def test_compare_says_which_column_is_broken(tables):
    winter, spring = tables
    with pytest.raises(ValueError, match="The batch lacks temp, origin: compare"):
        compare(winter, spring.drop(columns=["temp", "origin"]))
    with pytest.raises(ValueError, match="temp: A sample has no known value"):
        compare(winter, spring.assign(temp=np.nan))
    with pytest.raises(ValueError, match="distance: numbers in the reference, words in the batch"):
        compare(winter, spring.assign(distance="far"))
    with pytest.raises(ValueError, match=r"correction is one of none, bonferroni.* not 'holm'"):
        compare(winter, spring, "holm")


# Without labels


@pytest.fixture(scope="module")
def calibrated() -> tuple[np.ndarray, np.ndarray]:
    """Probabilities, and outcomes that come as often as they say."""
    rng = np.random.default_rng(0)
    probability = rng.beta(1, 3, 200_000)
    return probability, rng.random(len(probability)) < probability


@pytest.mark.parametrize("threshold", [0.1, 0.25, 0.5])
def test_estimated_confusion_of_a_calibrated_model_is_the_real_one(calibrated, threshold):
    probability, late = calibrated
    tn, fp, fn, tp = confusion_matrix(late, probability >= threshold).ravel()
    found = estimated_confusion(probability, threshold)
    assert found == pytest.approx({"tp": tp, "fp": fp, "fn": fn, "tn": tn}, rel=0.03)
    assert sum(found.values()) == pytest.approx(len(late))


def test_a_row_at_the_threshold_is_predicted_positive():
    assert estimated_confusion([0.25, 0.5], 0.5) == {"tp": 0.5, "fp": 0.5, "fn": 0.25, "tn": 0.75}


def test_estimated_auc_of_a_calibrated_model_is_the_real_one(calibrated):
    probability, late = calibrated
    assert estimated_auc(probability) == pytest.approx(roc_auc_score(late, probability), abs=0.005)


def test_estimated_auc_of_a_few_rows_by_hand():
    # Pairs of a late and a punctual row, weighted: .8*.8 + .8*.5 + .5*.8 are told apart rightly,
    # .8*.2 + .5*.5 + .2*.8 are ties, of (.8 + .5 + .2) * (.2 + .5 + .8) in all.
    expected = (0.64 + 0.4 + 0.4 + (0.16 + 0.25 + 0.16) / 2) / 2.25
    assert estimated_auc([0.8, 0.5, 0.2]) == pytest.approx(expected)


@pytest.mark.parametrize("same", [0.0, 0.3, 1.0])
def test_a_model_that_says_the_same_of_all_is_expected_to_tell_nothing_apart(same):
    assert estimated_auc([same] * 3) == 0.5


@pytest.mark.parametrize("bad", [[], [0.2, np.nan], [1.2], [-0.1, 0.4]])
def test_what_is_no_probability_is_refused(bad):
    with pytest.raises(ValueError, match="a number from 0 to 1"):
        estimated_auc(bad)
    with pytest.raises(ValueError, match="a number from 0 to 1"):
        estimated_confusion(bad, 0.5)


# River beside them

WEEKS = range(1, 27)


class Stream:
    """What a monitor of a world sees: a feature, or the errors of the model it started with."""

    def __init__(self, kind: str, seed: int) -> None:
        self.world = World(kind, seed)
        X, y = self.world.history()
        self.reference, self.model = X, make_model().fit(X, y)

    def feature(self, name: str) -> np.ndarray:
        return np.concatenate([self.world.features(week)[name] for week in WEEKS])

    def errors(self) -> np.ndarray:
        weeks = [
            self.model.predict(self.world.features(week)) != self.world.truth(week)
            for week in WEEKS
        ]
        return np.concatenate(weeks).astype(float)

    def probabilities(self, weeks) -> tuple[np.ndarray, np.ndarray]:
        X = pd.concat([self.world.features(week) for week in weeks])
        late = pd.concat([self.world.truth(week) for week in weeks])
        return self.model.predict_proba(X)[:, 1], late.to_numpy()

    def weeks_of(self, statistic, name: str, limit) -> list[int]:
        """The weeks in which a statistic of the feature, against the history, passes its limit."""
        batches = {week: self.world.features(week)[name] for week in WEEKS}
        found = {week: statistic(self.reference[name], batch) for week, batch in batches.items()}
        return [week for week, value in found.items() if limit(value)]


def adwin(stream) -> list[int]:
    """The weeks in which river's detector raises an alarm, a thousand values each."""
    detector, weeks = ADWIN(), []
    for count, value in enumerate(stream):
        detector.update(value)
        if detector.drift_detected:
            weeks.append(count // 1000 + 1)
    return weeks


@pytest.mark.parametrize("seed", range(3))
def test_adwin_is_silent_where_nothing_changes_as_psi_is(seed):
    stable = Stream("stable", seed)
    assert adwin(stable.errors()) == []
    for name in stable.reference:
        assert adwin(stable.feature(name)) == []
        assert stable.weeks_of(psi, name, lambda value: value > 0.1) == []
        uncorrected = stable.weeks_of(ks, name, lambda found: found.p_value < 0.05 / 78)
        assert uncorrected == []


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("kind", "name"), [("unit bug", "load"), ("unused feature", "fare")])
def test_adwin_psi_and_ks_see_a_moved_feature_in_its_first_week(kind, name, seed):
    moved = Stream(kind, seed)
    change = moved.world.change
    assert adwin(moved.feature(name))[0] == change
    assert moved.weeks_of(psi, name, lambda value: value > 0.25)[0] == change
    assert moved.weeks_of(ks, name, lambda found: found.p_value < 1e-6)[0] == change


@pytest.mark.parametrize("seed", range(3))
def test_only_errors_tell_of_a_changed_concept(seed):
    turned = Stream("concept", seed)
    change = turned.world.change
    assert change <= adwin(turned.errors())[0] < change + 6
    for name in turned.reference:
        assert adwin(turned.feature(name)) == []
        assert turned.weeks_of(psi, name, lambda value: value > 0.1) == []


@pytest.mark.parametrize("seed", range(3))
def test_estimated_quality_is_right_until_the_concept_changes_and_does_not_notice(seed):
    turned = Stream("concept", seed)
    change = turned.world.change
    before, after = (
        turned.probabilities(range(*weeks)) for weeks in ((1, change), (change + 6, 27))
    )
    assert estimated_auc(before[0]) == pytest.approx(roc_auc_score(*before[::-1]), abs=0.02)
    assert estimated_auc(after[0]) == pytest.approx(estimated_auc(before[0]), abs=0.01)
    assert roc_auc_score(*after[::-1]) < 0.6
    right = estimated_confusion(before[0], 0.5)
    assert (right["tp"] + right["tn"]) / len(before[0]) == pytest.approx(
        np.mean((before[0] >= 0.5) == before[1]), abs=0.02
    )
