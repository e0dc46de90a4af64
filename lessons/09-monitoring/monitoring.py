# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Monitoring
#
# **Lesson 09 of 12, about 120 minutes.** *Has the world changed, has the feed broken, or is it noise?*

# %% [markdown]
# ## What you will be able to do
#
# - tell data drift, label shift, concept drift and a broken feed apart (25 minutes)
# - choose PSI, KS, chi-squared or Wasserstein by what each answers, and correct for many features (35 minutes)
# - say what an alarm means for the model, and what it does not (25 minutes)
# - estimate quality while labels are late (15 minutes)
# - write an alert that people keep switched on (20 minutes)

# %% [markdown]
# Run the cells from the top. Where a cell raises `NotImplementedError`, put your answer in place of that line. The locked
# cells below it check you: silence is a good sign, red ends with a question. More checks run when you are graded. For a full
# check press *Check my work* at the end, or ask in a terminal: `mlops-course check monitoring`.

# %%
import math

import numpy as np
import pandas as pd
from river.drift import ADWIN
from scipy.stats import ks_2samp
from sklearn.metrics import brier_score_loss, roc_auc_score

from course import drift
from course.figures import lines, show
from course.model import make_model
from course.production import LabelsNotArrived, Production

# %% [markdown]
# ## What does a monitor see?
#
# FlightDesk's model has been in production since April. It says at the scheduled departure how likely a flight is to arrive 15
# minutes late or more; you are on duty. Train it as it was trained, on January to March, and sit down at the end of week
# 16.

# %%
production = Production(label_delay=2)
X, late = production.history()
model = make_model().fit(X, late)
batch = production.features(16)
expected = model.predict_proba(batch)[:, 1].mean()
print(f"Week of {production.start(16)}: {len(batch):,} flights, {expected:.0%} expected late.")
try:
    production.labels(16, now=16)
except LabelsNotArrived as reason:
    print(reason)

# %% [markdown]
# Inputs and scores you see at once, outcomes two weeks later. So a monitor looks at what it has: has something *moved*
# since training? Four things can have happened, and each asks for something else.

# %% [markdown]
# | what happened | what moved | who sees it first | what helps |
# | --- | --- | --- | --- |
# | **data drift** | the inputs, $P(x)$ | statistics on features | depends: does the model use them? |
# | **label shift** | the share of late flights, $P(y)$ | outcomes; the mean score, at times | recalibrate, move the threshold |
# | **concept drift** | what the inputs mean, $P(y \mid x)$ | outcomes only | new labels, retrain |
# | **a broken feed** | the numbers, not the world | checks of range and missing values | mend the feed; do *not* retrain |

# %% [markdown]
# ## How far has a feature moved?
#
# Cut the feature into bins, so that each holds a tenth of the winter's flights, and count again in summer. The
# **population stability index** adds up how the shares p of the bins became the shares q:
#
# $$\mathrm{PSI} = \sum_i (q_i - p_i)\,\ln\frac{q_i}{p_i}$$

# %% [markdown] nbgrader={"grade": false, "grade_id": "psi-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: write PSI
#
# Write `psi(reference, current, cuts)`. The samples are arrays of numbers; missing ones (NaN) do not count. The increasing
# `cuts`, a list or an array, separate the bins, so k cuts make k + 1 bins: below the first, between two, and from the last on. A value that
# equals a cut belongs to the bin above it. A share below `1e-6` counts as `1e-6`. Return a number, and leave the samples
# as they are.


# %% nbgrader={"grade": false, "grade_id": "psi", "locked": false, "schema_version": 3, "solution": true, "task": false}
def psi(reference, current, cuts):
    """Return the population stability index of two samples over the bins that `cuts` separate."""
    ### BEGIN SOLUTION
    shares = []
    for sample in (reference, current):
        known = np.asarray(sample, dtype=float)
        known = known[~np.isnan(known)]
        counts = np.bincount(np.searchsorted(cuts, known, side="right"), minlength=len(cuts) + 1)
        shares.append(np.clip(counts / len(known), 1e-6, None))
    before, now = shares
    return float(np.sum((now - before) * np.log(now / before)))
    ### END SOLUTION


# %%
winter = X["temp"].to_numpy()  # try it
tenths = np.nanquantile(winter, np.arange(1, 10) / 10)
for week in (1, 16, 39):
    print(week, psi(winter, production.features(week)["temp"].to_numpy(), tenths))

# %% nbgrader={"grade": true, "grade_id": "psi-check-no-shift", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""PSI is 0 when nothing moved, however many rows there are."""
calm_ = np.arange(100.0)
calm_index_ = psi(calm_, calm_, [25.0, 50.0, 75.0])
assert calm_index_ is not None, "Does psi return its result?"
assert math.isclose(float(calm_index_), 0, abs_tol=1e-9), "Is each bin compared with itself?"
assert math.isclose(float(psi(calm_, np.repeat(calm_, 3), [25.0, 50.0])), 0, abs_tol=1e-9), (
    "Do you compare shares, or numbers of rows?"
)
### BEGIN HIDDEN TESTS
for calm_seed_ in range(5):
    one_ = np.random.default_rng(calm_seed_).normal(size=400)
    again_ = np.random.default_rng(calm_seed_ + 50).permutation(np.tile(one_, 2))
    assert math.isclose(float(psi(one_, again_, [-1.0, 0.0, 0.7])), 0, abs_tol=1e-9), (
        "Does the order of the rows matter, or their number?"
    )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "psi-check-formula", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""PSI is the sum of (q - p) ln(q / p) over all bins."""
half_, fifth_ = np.array([1.0, 1.0, 9.0, 9.0]), np.array([1.0, 1.0, 1.0, 1.0, 9.0])
by_hand_ = (0.8 - 0.5) * math.log(0.8 / 0.5) + (0.2 - 0.5) * math.log(0.2 / 0.5)
assert math.isclose(float(psi(half_, fifth_, [5.0])), by_hand_, rel_tol=1e-4), (
    "Which logarithm is it, and which share stands where?"
)
assert math.isclose(
    float(psi(half_, fifth_, [5.0])), float(psi(fifth_, half_, [5.0])), rel_tol=1e-6
), "Do opposite shifts cancel each other out?"
assert math.isclose(float(psi(half_, np.array([1.0, 1.0, 5.0, 9.0]), [5.0])), 0, abs_tol=1e-9), (
    "To which bin does a value belong that equals a cut?"
)
### BEGIN HIDDEN TESTS
for formula_seed_ in range(6):
    rng_psi_ = np.random.default_rng(formula_seed_ + 100)
    old_, new_ = rng_psi_.integers(0, 12, 700) * 1.0, rng_psi_.poisson(5, 300).clip(0, 11) * 1.0
    marks_ = [2.0, 3.0, 5.0, 8.0]
    shares_ = [np.histogram(s, [-1e9, *marks_, 1e9])[0] / len(s) for s in (old_, new_)]
    p_q_ = [np.clip(share, 1e-6, None) for share in shares_]
    wanted_ = float(((p_q_[1] - p_q_[0]) * np.log(p_q_[1] / p_q_[0])).sum())
    assert math.isclose(float(psi(old_, new_, marks_)), wanted_, rel_tol=1e-4), (
        "Is each bin between two cuts counted, and added?"
    )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "psi-check-tails", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""What lies below the first cut or above the last counts, and an empty bin is finite."""
full_bins_ = psi(np.array([1.0, 1.0, 1.0, 9.0]), np.array([1.0, 9.0, 9.0, 9.0]), [5.0])
assert math.isclose(float(full_bins_), math.log(3), rel_tol=1e-4), (
    "Is it the sum of the formula where no bin is empty?"
)
apart_ = psi(np.array([1.0, 2.0]), np.array([11.0, 12.0]), [5.0])
assert math.isfinite(float(apart_)), "What is the logarithm of an empty bin's share?"
assert math.isclose(float(apart_), 2 * (1 - 1e-6) * math.log(1e6), rel_tol=1e-4), (
    "As what does a share below 1e-6 count?"
)
### BEGIN HIDDEN TESTS
rng_tails_ = np.random.default_rng(7)
inside_, outside_ = rng_tails_.uniform(2, 3, 500), rng_tails_.uniform(2, 3, 500)
outside_[:100] += 50
outside_[100:150] -= 50
p_tail_, q_tail_ = np.array([1e-6, 1.0, 1e-6]), np.array([0.1, 0.7, 0.2])
wanted_tail_ = float(((q_tail_ - p_tail_) * np.log(q_tail_ / p_tail_)).sum())
assert math.isclose(float(psi(inside_, outside_, [1.0, 4.0])), wanted_tail_, rel_tol=1e-3), (
    "Where do values go that lie outside of all cuts?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "psi-check-missing", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Missing values do not count, and the samples stay as they were."""
holes_ = np.array([1.0, np.nan, 9.0, np.nan, 1.0, 9.0])
more_holes_ = np.array([1.0, 9.0, np.nan, np.nan, np.nan])
no_holes_ = psi(np.array([1.0, 1.0, 9.0]), np.array([2.0, 3.0, 8.0]), [5.0])
assert math.isclose(float(no_holes_), 0, abs_tol=1e-9), "Do the given cuts separate the bins?"
assert math.isclose(float(psi(holes_, more_holes_, [5.0])), 0, abs_tol=1e-9), (
    "In which bin is a missing value, and are the shares those of the known ones?"
)
assert [np.isnan(part).sum() for part in (holes_, more_holes_)] == [2, 3], (
    "Do the samples stay as they were?"
)
### BEGIN HIDDEN TESTS
rng_holes_ = np.random.default_rng(17)
full_, moved_on_ = rng_holes_.normal(size=300), rng_holes_.normal(0.5, 1, 200)
gaps_ = np.append(moved_on_, [np.nan] * 90)
full_before_, gaps_before_ = full_.copy(), gaps_.copy()
assert math.isclose(
    float(psi(full_, gaps_, [-0.5, 0.5])), float(psi(full_, moved_on_, [-0.5, 0.5])), rel_tol=1e-9
), "Are the shares those of the values that are known?"
assert np.array_equal(gaps_, gaps_before_, equal_nan=True), "Did you change what was given?"
assert np.array_equal(full_, full_before_), "Do both samples stay as they were, their order, too?"
assert float(psi(full_, moved_on_ + 3, [-0.5, 0.5])) > 0.5, "Does a large shift show?"
### END HIDDEN TESTS

# %% [markdown]
# Below 0.1 is usually called stable and above 0.25 large; some books put the second bar at 0.2. This lesson uses 0.1 and
# 0.25. Both are habits from credit scoring, not tests. `course.drift` has PSI for whole tables, and three more statistics.

# %%
july = pd.concat([production.features(week) for week in range(14, 18)])
drift.compare(X, july).round(3)

# %% [markdown]
# Read the rows of `temp` and `carrier`. Winter and July share hardly a degree: PSI is near 12. The mix of carriers
# moved by next to nothing, and its p-value is 0: with a hundred thousand flights even that is no chance. (The
# p-values are already corrected for thirteen tests; the next section says how.) So each column answers a question
# of its own.

# %% [markdown]
# | statistic | question | its number |
# | --- | --- | --- |
# | **PSI** | how differently is the sample spread over the bins? | 0 and up; needs bins; people compare it with 0.1 and 0.25 |
# | **KS**, Kolmogorov-Smirnov | could chance make this difference, anywhere in the numbers? | widest gap of two cumulative curves, and a p-value |
# | **chi-squared** | could chance make this difference in the categories? | a p-value |
# | **Wasserstein** | how far did the values move, on average? | in the feature's unit; `distance` has it in standard deviations |

# %% [markdown] nbgrader={"grade": false, "grade_id": "which-statistic-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: which statistic?
#
# Choose for each question the statistic that answers it: `statistics = {"A": "PSI", ...}`, with the words `"PSI"`, `"KS"`,
# `"chi-squared"` and `"Wasserstein"`. Here silence says only that each word is one of the four; whether they are right
# says the full check.
#
# - **A** By how many degrees is this week colder than the training weeks, on average over the whole distribution?
# - **B** Carriers come and go. Could this week's mix of carriers be chance?
# - **C** The dashboard wants one number for each feature, over ten bins, to compare with 0.1 and 0.25.
# - **D** Could chance make the difference between two samples of wind speed? It may be anywhere in the distribution, and nobody wants to choose bins.
# - **E** How differently are the scores spread over the tenths of training? Nobody wants a p-value.
# - **F** A feed was changed. You want to say in millibar how far its pressures moved.

# %% nbgrader={"grade": false, "grade_id": "which-statistic", "locked": false, "schema_version": 3, "solution": true, "task": false}
# statistics = {"A": ..., and so on to "F"}: "PSI", "KS", "chi-squared" or "Wasserstein"
### BEGIN SOLUTION
statistics = {"A": "Wasserstein", "B": "chi-squared", "C": "PSI", "D": "KS", "E": "PSI"}
statistics["F"] = "Wasserstein"
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "which-statistic-check-p-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Questions B and D have the statistic that answers them."""
assert isinstance(statistics, dict) and set(statistics) == set("ABCDEF"), (
    "Is there one answer for each of A to F?"
)
chosen_ = {
    key: str(getattr(word, "value", word)).strip().lower() for key, word in statistics.items()
}
assert set(chosen_.values()) <= {"psi", "ks", "chi-squared", "wasserstein"}, (
    'Is each answer "PSI", "KS", "chi-squared" or "Wasserstein"?'
)
assert len(set(chosen_.values())) > 1, "Does one statistic answer all six questions?"
# Silence so far says nothing of right or wrong: the full check does.
### BEGIN HIDDEN TESTS
assert [chosen_[key] for key in "BD"] == ["chi-squared", "ks"], (
    "Which two statistics come with a p-value, and which of them is for categories?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "which-statistic-check-sizes", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Questions A, C, E and F have the statistic that answers them."""
assert isinstance(statistics, dict) and set(statistics) == set("ABCDEF"), (
    "Is there one answer for each of A to F?"
)
chosen_ = {
    key: str(getattr(word, "value", word)).strip().lower() for key, word in statistics.items()
}
assert set(chosen_.values()) <= {"psi", "ks", "chi-squared", "wasserstein"}, (
    'Is each answer "PSI", "KS", "chi-squared" or "Wasserstein"?'
)
assert len(set(chosen_.values())) > 1, "Does one statistic answer all six questions?"
# Silence so far says nothing of right or wrong: the full check does.
### BEGIN HIDDEN TESTS
assert [chosen_[key] for key in "ACEF"] == ["wasserstein", "psi", "psi", "wasserstein"], (
    "Which statistic has the unit of the feature, and which one counts shares of bins?"
)
### END HIDDEN TESTS

# %% [markdown]
# ## Is it chance?
#
# A **p-value** says how often chance alone would do this. Test at 5 %, and one test in twenty alarms although nothing
# happened. A monitor with twenty features runs twenty tests a batch. Let us count, on 200 batches in which nothing moves.

# %%
print(f"20 independent tests, each at 5 %: {1 - 0.95**20:.0%} expected")
rng = np.random.default_rng(0)
p_values = np.array(
    [[ks_2samp(*rng.normal(size=(2, 100))).pvalue for _ in range(20)] for _ in range(200)]
)
for name, adjust in drift.CORRECTIONS.items():
    alarms = np.mean([np.any(adjust(batch) < 0.05) for batch in p_values])
    print(f"{name:>18}: {alarms:.0%} of the quiet batches raise an alarm")

# %% [markdown]
# Uncorrected, most of the quiet batches alarm; fewer than expected, for KS on 100 rows alarms a little less often
# than its level says. **Bonferroni** divides the level by the number of tests: few false alarms, at the price of
# missing small shifts. **Benjamini-Hochberg** bounds the share of false alarms *among* the alarms. Where nothing
# moves the two agree. So let five of the twenty features move by half a standard deviation.

# %%
draw = np.random.default_rng(1)
shifts = np.where(np.arange(20) < 5, 0.5, 0)
p_moved = [
    [ks_2samp(*draw.normal([[0], [by]], 1, (2, 100))).pvalue for by in shifts] for _ in range(50)
]
for name, adjust in drift.CORRECTIONS.items():
    said = np.array([adjust(batch) < 0.05 for batch in p_moved])
    false = said[:, 5:].sum() / said.sum()
    print(f"{name:>18}: {said[:, :5].mean():.0%} found; of its alarms {false:.0%} are false")

# %% [markdown]
# Here they differ: Bonferroni misses more of what moved, Benjamini-Hochberg finds more and pays with some false
# alarms.

# %% [markdown] nbgrader={"grade": false, "grade_id": "moved-features-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: what has moved?
#
# Write `moved_features(reference, current, level)`. It compares each column of two tables of numbers by
# `ks_2samp(old, new).pvalue`, the missing values of each left out, and returns a list: the names of the columns whose p-value is below
# what Bonferroni leaves of `level`, in the order of the table. The tables stay as they are.


# %% nbgrader={"grade": false, "grade_id": "moved-features", "locked": false, "schema_version": 3, "solution": true, "task": false}
def moved_features(reference, current, level=0.05):
    """Return the names of the columns that moved, by KS with Bonferroni's correction."""
    ### BEGIN SOLUTION
    bar = level / len(reference.columns)
    return [
        name
        for name in reference.columns
        if ks_2samp(reference[name].dropna(), current[name].dropna()).pvalue < bar
    ]
    ### END SOLUTION


# %%
numbers = ["temp", "humid", "wind_speed", "pressure", "visib"]  # try it, on two single days
moved_features(X[numbers][-700:], production.features(2)[numbers][:700])

# %% nbgrader={"grade": true, "grade_id": "moved-features-check-found", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""What has clearly moved is named, what has not is left out, in the order of the table."""
old_table_ = pd.DataFrame({"up": range(60), "same": range(60), "down": range(60)}, dtype=float)
new_table_ = old_table_.assign(up=old_table_["up"] + 50, down=old_table_["down"] - 40)
found_here_ = moved_features(old_table_, new_table_, 0.05)
assert found_here_ is not None, "Does moved_features return its result?"
assert type(found_here_) is not dict, "Do you return a list of names?"
names_here_ = [str(name) for name in found_here_]
assert set(names_here_) == {"up", "down"}, "Which of the columns have moved?"
assert names_here_ == ["up", "down"], "Is each named once, in the order of the table?"
### BEGIN HIDDEN TESTS
for found_seed_ in range(4):
    rng_found_ = np.random.default_rng(found_seed_ + 10)
    base_ = pd.DataFrame(rng_found_.normal(size=(500, 6)), columns=list("zyxwvu"))
    later_ = pd.DataFrame(rng_found_.normal(size=(400, 6)), columns=list("zyxwvu"))
    picked_ = rng_found_.choice(list("zyxwvu"), 3, replace=False)
    later_[picked_] += 1.5
    quiet_ = [n for n in base_ if n not in picked_ and ks_2samp(base_[n], later_[n]).pvalue < 0.06]
    names_ = [str(name) for name in moved_features(base_, later_, 0.05)]
    assert [n for n in names_ if n not in quiet_] == [n for n in base_ if n in picked_], (
        "Are all that moved named, once, in the order of the columns?"
    )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "moved-features-check-corrected", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""The level is shared by all the tests of the batch."""
shift_ = np.arange(100.0)
lone_ = pd.DataFrame({"a": shift_}), pd.DataFrame({"a": shift_ + 22})
among_ = [part_.assign(**{f"quiet {i}": shift_ for i in range(39)}) for part_ in lone_]
assert [str(n) for n in moved_features(*lone_, 0.05)] == ["a"], "What if there is one feature only?"
assert list(moved_features(*among_, 0.05)) == [], "What does Bonferroni leave of 5 % for 40 tests?"
crowd_ = [
    lone_[i].assign(b=shift_ + by, c=shift_ + by, d=shift_ + by) for i, by in ((0, 0), (1, 60))
]
assert "a" not in list(moved_features(*crowd_, 0.05)), "Is the bar lowered where others have moved?"
### BEGIN HIDDEN TESTS
rng_fair_ = np.random.default_rng(5)
for ahead_, count_ in ((16, 5), (18, 6), (20, 9)):
    drawn_ = np.sort(rng_fair_.normal(size=100 + ahead_))
    was_ = pd.DataFrame({f"f{i}": drawn_[:100] for i in range(count_)})
    now_ = was_.assign(f1=drawn_[ahead_:])
    used_up_ = ks_2samp(was_["f1"], now_["f1"]).pvalue * count_  # of the level, by this test
    for part_, wanted_ in ((0.97, []), (1.03, ["f1"])):
        assert [str(n) for n in moved_features(was_, now_, used_up_ * part_)] == wanted_, (
            "How much of the level does Bonferroni leave for each of the tests?"
        )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "moved-features-check-missing", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Missing values are left out, and the tables stay as they were."""
gap_old_ = pd.DataFrame({"a": np.arange(80.0), "b": np.arange(80.0)})
gap_new_ = gap_old_.assign(a=gap_old_["a"].where(gap_old_["a"] % 2 == 0))
gap_before_ = gap_new_.copy()
assert list(moved_features(gap_old_, gap_new_, 0.05)) == [], "Has a column moved that has holes?"
assert gap_new_.equals(gap_before_), "Did you change the tables that were given?"
gap_far_ = gap_new_.assign(a=gap_new_["a"] + 90)
assert [str(n) for n in moved_features(gap_old_, gap_far_, 0.05)] == ["a"], (
    "What p-value has a column with holes?"
)
### BEGIN HIDDEN TESTS
gap_moved_ = gap_new_.assign(b=(gap_new_["b"] + 60).where(gap_new_["b"] > 9))
assert [str(n) for n in moved_features(gap_old_, gap_moved_, 0.05)] == ["b"], (
    "Is a column with holes compared by the values that are known?"
)
mixed_old_ = gap_old_.assign(b=gap_old_["a"] * 37 % 80)
mixed_new_ = mixed_old_.assign(b=mixed_old_["b"].where(mixed_old_["a"] < 20))
assert list(moved_features(mixed_old_, mixed_new_, 0.05)) == [], (
    "Does a hole in one column leave the others as they are?"
)
drawn_ = np.random.default_rng(23).normal(size=(2, 60, 3))
two_, kept_ = ([pd.DataFrame(d).mask(d > 1.5).add_prefix("f") for d in drawn_] for _ in "ab")
moved_features(*two_, 0.05)
assert all(map(pd.DataFrame.equals, two_, kept_)), "Do both stay, the order of rows, too?"
### END HIDDEN TESTS

# %% [markdown]
# All five have moved, says the test, from one day to another. It takes flights for independent, and those of one
# day share their weather: p-values of such data are too small. No correction for many tests helps against that, nor
# against many *rows*. Move a feature by a fiftieth of its standard deviation, and test samples of growing size.

# %%
for rows in (200, 2_000, 20_000, 200_000):
    before, after = rng.normal(70, 12, (2, rows))
    after += 0.02 * 12
    print(
        f"{rows:>7,} rows: p-value {drift.ks(before, after).p_value:.6f}, PSI {drift.psi(before, after):.4f}"
    )

# %% [markdown]
# The shift is the same in each row, far too small to matter to any flight. With 200,000 rows it is **significant**,
# and still unimportant. Now read the column of PSI upwards: with 200 rows it is many times as large, from noise
# alone. A p-value asks *is there anything?*, a size asks *how much?* An alert needs both, and the number of rows
# beside them.

# %% [markdown]
# ## What does an alarm mean for the model?
#
# Here the lab: choose a batch, a feature, a shift and a sample size, and watch the statistics and the model's true quality
# agree or disagree.

# %%
from course.widgets.drift_lab import DriftLab

DriftLab()

# %% [markdown]
# A model counts as *harmed* there if its AUC fell by more than 0.03, or if the share of late flights that it expects is
# off by more than 5 points. Find four things: a large PSI with an unharmed model; a harmed model with silent inputs
# (set a correction: without one, false alarms break the silence); a significant shift that matters to nobody; a
# feature that alarms only while the correction is off.

# %% [markdown]
# Then come back to the real year, and score every flight that came. The lab takes calendar months; here each week
# belongs to the month in which it starts.

# %%
scored = pd.concat(
    production.features(week)[["temp", "weekday"]].assign(
        week=week,
        month=production.start(week).month,
        score=model.predict_proba(production.features(week))[:, 1],
        late=production.truth(week),
    )
    for week in production.weeks
).dropna(subset="late")

# %% [markdown]
# How far had the temperature moved in each month, and how good was the model really? Above the months, as month 0,
# stands the winter that it learned from.


# %%
def quality(flights):
    """Return the drift of the temperature and the model's quality on some flights."""
    truth, score = flights["late"], flights["score"]
    numbers = {"PSI of temp": drift.psi(X["temp"], flights["temp"])}
    numbers |= {"AUC": roc_auc_score(truth, score), "Brier": brier_score_loss(truth, score)}
    return pd.Series(numbers | {"late": truth.mean(), "expected late": score.mean()})


learned = X[["temp"]].assign(month=0, late=late, score=model.predict_proba(X)[:, 1])
pd.concat([learned, scored]).groupby("month").apply(quality).round(3)

# %% [markdown]
# Read September and December. In September PSI is at 11.96, as in all of summer: its ceiling, for every flight lies
# in winter's top bin. And the **Brier score**, the mean squared error of the probabilities, is the year's *best*.
# In December PSI nearly sleeps, and the Brier score is among the worst. An alarm without harm, harm without an
# alarm?

# %% [markdown]
# Not so fast. September had few late flights, and with few late flights any forecast has a good Brier score; by AUC it is
# the *worst* month. December ranks well and expects far too few late flights. **Label shift** moves a metric without any
# change of the model: look at a ranking metric, a calibration metric and the base rate together.

# %%
weekly = scored.groupby("week").apply(quality)
link = weekly["PSI of temp"].corr(weekly["AUC"], method="spearman")
above = (weekly["PSI of temp"] > 0.25).sum()
print(
    f"PSI is above 0.25 in {above} of {len(weekly)} weeks; its rank correlation with AUC is {link:.2f}."
)

# %% [markdown]
# An alarm that rings in nearly every week, and tells nothing about how the model ranks: that is what monitoring one
# feature by a threshold from a book does here. PSI says that the world moved. It cannot say whether the model
# cares.

# %% [markdown]
# ## What should be done about it?
#
# Small worlds help to practise, because their truth is known. Each is 26 weeks of made-up flights; something changes in
# it, and you see it only as a monitor would: by PSI at once, by AUC when the labels have come.

# %%
from course.worlds import World

for kind in ("stable", "unused feature", "unit bug", "concept"):
    world = World(kind, seed=1)
    flights, outcome = world.history()
    small = make_model().fit(flights, outcome)
    week = world.change + (4 if kind == "unit bug" else 8)  # the bug is mended in week 5 of it
    moved = {name: drift.psi(flights[name], world.features(week)[name]) for name in flights}
    auc = roc_auc_score(world.truth(week), small.predict_proba(world.features(week))[:, 1])
    print(f"{kind:>15}: PSI {', '.join(f'{n} {v:.2f}' for n, v in moved.items())}; AUC {auc:.2f}")

# %% [markdown]
# The same alarm, PSI far above 0.25, asks for opposite things. A fare that the model does not use: do nothing. A load of
# 0.7 where 70 was sent: mend the feed; a model retrained on it would learn the bug. And the one world that needs a
# retrain, the changed concept, raises no alarm: the same inputs come, they only mean something else, and that shows in
# the labels alone.

# %% [markdown] nbgrader={"grade": false, "grade_id": "triage-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: triage
#
# Write `triage(history, batch, promised, measured)`. It gets two tables of numbers, the AUC that was promised, and the one
# measured on the batch when its labels came. Return
#
# - `"fix the feed"` if in any column more than half of the batch's known values lie outside the range (lowest to highest) that the column has in `history`;
# - otherwise `"retrain"` if the model lost more than 0.05 of AUC;
# - otherwise `"nothing"`.
#
# Leave the tables as they are.


# %% nbgrader={"grade": false, "grade_id": "triage", "locked": false, "schema_version": 3, "solution": true, "task": false}
def triage(history, batch, promised, measured):
    """Return what is to be done: "fix the feed", "retrain" or "nothing"."""
    ### BEGIN SOLUTION
    for name in history.columns:
        known = batch[name].dropna()
        outside = (known < history[name].min()) | (known > history[name].max())
        if outside.mean() > 0.5:
            return "fix the feed"
    return "retrain" if promised - measured > 0.05 else "nothing"
    ### END SOLUTION


# %%
world = World("unit bug", seed=1)  # try it
triage(world.history()[0], world.features(world.change + 1), promised=0.80, measured=0.67)

# %% nbgrader={"grade": true, "grade_id": "triage-check-unharmed", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Nothing is done where the model is as good as promised, whatever else moved."""
calm_world_ = World("unused feature", seed=2)
calm_batch_ = calm_world_.features(calm_world_.change + 3)
calm_advice_ = triage(calm_world_.history()[0], calm_batch_, promised=0.81, measured=0.80)
assert calm_advice_ != "fix the feed", "Is more than half of a column outside of its range?"
assert calm_advice_ == "nothing", "Is a shift a reason to act if quality is as promised?"
### BEGIN HIDDEN TESTS
for calm_seed_ in (10, 11):
    for calm_kind_ in ("stable", "unused feature"):
        other_ = World(calm_kind_, seed=calm_seed_, rows=200)
        for promise_, gain_ in ((0.8, -0.045), (0.8, 0.1), (0.66, -0.045), (0.58, 0.01)):
            advice_ = triage(other_.history()[0], other_.features(20), promise_, promise_ + gain_)
            assert advice_ != "fix the feed", "Is the feed broken by a few values?"
            assert advice_ == "nothing", (
                "How much of the promised AUC may be lost before something is done?"
            )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "triage-check-concept", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A model that lost quality on inputs like those of its training is retrained."""
turned_ = World("concept", seed=3)
turned_advice_ = triage(turned_.history()[0], turned_.features(20), promised=0.81, measured=0.55)
assert turned_advice_ != "fix the feed", "Is more than half of a column outside of its range?"
assert turned_advice_ == "retrain", "The inputs are fine and the quality is gone: what is left?"
### BEGIN HIDDEN TESTS
for turned_seed_ in (20, 21, 22):
    other_ = World("concept", seed=turned_seed_, rows=200)
    for promise_, loss_ in ((0.8, 0.06), (0.8, 0.2), (0.93, 0.052), (0.86, 0.1)):
        advice_ = triage(other_.history()[0], other_.features(22), promise_, promise_ - loss_)
        assert advice_ == "retrain", (
            "How much of the promised AUC may be lost before something is done?"
        )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "triage-check-feed", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""A broken feed is mended before anything else, also where the model does not suffer yet."""
cracked_ = World("unit bug", seed=4)
cracked_batch_ = cracked_.features(cracked_.change)
cracked_advice_ = triage(cracked_.history()[0], cracked_batch_, promised=0.81, measured=0.66)
assert cracked_advice_ == "fix the feed", "What would a model learn from this batch?"
unhurt_advice_ = triage(cracked_.history()[0], cracked_batch_, promised=0.81, measured=0.8)
assert unhurt_advice_ == "fix the feed", "Must the model suffer before a feed is mended?"
### BEGIN HIDDEN TESTS
for cracked_seed_ in (30, 31, 32):
    other_ = World("unit bug", seed=cracked_seed_, rows=200)
    past_, sent_ = other_.history()[0], other_.features(other_.change + 2)
    for auc_now_ in (0.6, 0.82):
        assert triage(past_, sent_, 0.8, auc_now_) == "fix the feed", "Which question comes first?"
        assert triage(past_, other_.features(other_.change + 5), 0.8, auc_now_) != "fix the feed", (
            "Is the feed broken when its values are as they have always been?"
        )
    high_ = other_.features(2).assign(fare=9_999.0)
    assert triage(past_, high_, 0.8, 0.81) == "fix the feed", (
        "Do you look at every column, both ways?"
    )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "triage-check-share", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A few strange values are no broken feed, and missing ones are no strange ones."""
range_past_ = pd.DataFrame({"load": np.linspace(40, 100, 50), "wind": np.linspace(0, 30, 50)})
range_batch_ = range_past_.copy()
range_batch_.loc[:19, "wind"] = 300.0
range_before_ = range_batch_.copy()
assert triage(range_past_, range_batch_, 0.8, 0.8) == "nothing", (
    "What share of the values must lie outside?"
)
assert range_batch_.equals(range_before_), "Did you change the tables that were given?"
range_holes_ = range_past_.assign(wind=range_past_["wind"].where(range_past_["wind"] < 12))
assert triage(range_past_, range_holes_, 0.8, 0.8) == "nothing", "Is a hole a strange value?"
### BEGIN HIDDEN TESTS
range_batch_.loc[:, "load"] = np.where(np.arange(50) < 30, np.nan, 0.7)
assert triage(range_past_, range_batch_, 0.8, 0.8) == "fix the feed", (
    "Is it half of the values that are known, or half of all rows?"
)
range_ends_ = range_past_.assign(load=40.0, wind=30.0)
assert triage(range_past_, range_ends_, 0.8, 0.8) == "nothing", "Are the ends inside?"
range_half_ = range_past_.assign(wind=[-300.0] * 13 + [300.0] * 12 + [15.0] * 25)
assert triage(range_past_, range_half_, 0.8, 0.8) == "nothing", "Is a half more than half?"
range_half_.loc[25, "wind"] = 300.0
assert triage(range_past_, range_half_, 0.8, 0.8) == "fix the feed", (
    "Must more than half lie outside, too low or too high, or more?"
)
### END HIDDEN TESTS

# %% [markdown]
# Your rule looks at ranking alone. FlightDesk's July lost less AUC against the winter than the lab's bar of 0.03
# (rows 0 and 7 of the table), and expects about a quarter of the late flights that come: there a fourth answer,
# *recalibrate*, would be due. And *fix the feed* needs a name: which feed, and what is wrong with it? Checks that
# tell this need no labels.

# %% [markdown] nbgrader={"grade": false, "grade_id": "quality-report-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: a data-quality report
#
# Write `quality_report(history, batch)`. For each column of `history` that is not fit in the batch it gives the first
# reason that applies: a dictionary of column to reason, empty where all is well. The tables stay as they are.
#
# - `"missing column"`: the batch has no such column;
# - `"missing values"`: the share of missing values is more than 0.05 above that in `history`;
# - `"out of range"`, of numbers: more than 1 % of the known values lie outside the range of `history`;
# - `"new category"`, of columns with dtype `category`: a value that no row of `history` has.


# %% nbgrader={"grade": false, "grade_id": "quality-report", "locked": false, "schema_version": 3, "solution": true, "task": false}
def quality_report(history, batch):
    """Return a dictionary: for each column that is not fit, the reason."""
    ### BEGIN SOLUTION
    report = {}
    for name, old in history.items():
        if name not in batch:
            report[name] = "missing column"
            continue
        known = batch[name].dropna()
        if batch[name].isna().mean() > old.isna().mean() + 0.05:
            report[name] = "missing values"
        elif isinstance(old.dtype, pd.CategoricalDtype):
            if set(known) - set(old.dropna()):
                report[name] = "new category"
        elif ((known < old.min()) | (known > old.max())).mean() > 0.01:
            report[name] = "out of range"
    return report
    ### END SOLUTION


# %%
for week in (16, 33, 39):  # try it
    print(production.start(week), quality_report(X, production.features(week)))

# %% nbgrader={"grade": true, "grade_id": "quality-report-check-clean", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Where nothing is wrong the report is empty, and the tables stay as they were."""
spring_flights_ = Production().features(2)[["carrier", "wind_speed", "visib"]]
spring_before_ = spring_flights_.copy()
assert isinstance(quality_report(spring_flights_, spring_flights_), dict), (
    "Do you return a dictionary?"
)
assert len(quality_report(spring_flights_, spring_flights_)) == 0, (
    "What is wrong with equal tables?"
)
assert spring_flights_.equals(spring_before_), "Did you change the tables that were given?"
haze_ = spring_flights_.assign(visib=[99.0, *spring_flights_["visib"][1:]])
assert len(quality_report(spring_flights_, haze_)) == 0, "Is one number in thousands a fault?"
### BEGIN HIDDEN TESTS
few_ = pd.DataFrame({"n": np.arange(200.0), "c": pd.Categorical(["a", "b"] * 100)})
holes_, odd_ = few_.index < 9, few_.index % 2 == 1
slips_ = {
    "Is a column a fault that history does not have": few_.assign(extra=1),
    "Are 9 missing of 200 numbers too many, or out of range": few_.assign(n=few_["n"].mask(holes_)),
    "Are 9 missing of 200 words too many, or a category": few_.assign(c=few_["c"].mask(holes_)),
}
for question_, slip_ in slips_.items():
    slip_before_ = slip_.copy()
    assert len(quality_report(few_, slip_)) == 0, f"{question_}?"
    assert slip_.equals(slip_before_), "Did you change the tables that were given?"
gone_ = few_.assign(n=few_["n"].where(odd_))
twice_ = pd.concat([gone_, gone_], ignore_index=True)
assert len(quality_report(gone_, twice_)) == 0, "What if the history has just as many holes?"
assert len(quality_report(gone_, few_)) == 0, "Is it a fault if less is missing than before?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "quality-report-check-missing", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A column that is gone, or mostly empty, is named with its reason."""
sent_table_ = pd.DataFrame({"a": np.arange(100.0), "b": np.arange(100.0), "c": np.arange(100.0)})
sparse_table_ = sent_table_.assign(b=sent_table_["b"].where(sent_table_["b"] > 7)).drop(columns="a")
try:
    sparse_report_ = quality_report(sent_table_, sparse_table_)
except KeyError as unknown_:
    assert str(unknown_) != "'a'", "Do you look at a column that the batch does not have?"
    raise
assert isinstance(sparse_report_, dict) and set(sparse_report_) == {"a", "b"}, (
    "Which two of the columns are not fit?"
)
assert str(sparse_report_["a"]) == "missing column", "Why is column a not fit?"
assert str(sparse_report_["b"]) == "missing values", "Why is column b not fit?"
### BEGIN HIDDEN TESTS
worse_ = quality_report(sparse_table_, sparse_table_.assign(b=np.nan, c=500.0))
assert isinstance(worse_, dict) and worse_ == {
    "b": "missing values",
    "c": "out of range",
}, "Do you compare with what is missing in the history, and go on to the next column?"
whole_table_ = pd.DataFrame({"a": np.arange(400.0), "b": np.arange(400.0)})
thin_report_ = quality_report(
    whole_table_, whole_table_.assign(a=whole_table_["a"].mask(whole_table_["a"] < 21))
)
assert thin_report_ == {"a": "missing values"}, "Is a share of 0.0525 more than 0.05?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "quality-report-check-values", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""Numbers out of range and new categories are named with their reason."""
known_table_ = pd.DataFrame({"n": np.arange(100.0), "c": pd.Categorical(["JFK", "LGA"] * 50)})
odd_table_ = pd.DataFrame({"n": np.arange(100.0) - 9, "c": pd.Categorical(["JFK", "SWF"] * 50)})
odd_report_ = quality_report(known_table_, odd_table_)
assert isinstance(odd_report_, dict) and set(odd_report_) == {"n", "c"}, (
    "Which columns are not fit?"
)
assert str(odd_report_["n"]) == "out of range", "Is -9 within what the history had?"
assert str(odd_report_["c"]) == "new category", "Did the history have SWF?"
two_faults_ = known_table_.assign(n=(known_table_["n"] + 500).where(known_table_["n"] > 20))
two_report_ = quality_report(known_table_, two_faults_)
assert two_report_.get("n") == "missing values", "Which of the two reasons is the first?"
### BEGIN HIDDEN TESTS
mixed_table_ = odd_table_.assign(n=np.arange(100.0) + 1.5, c=known_table_["c"])
mixed_report_ = quality_report(known_table_, mixed_table_)
assert isinstance(mixed_report_, dict) and list(mixed_report_) == ["n"], (
    "Is 100.5 within the range?"
)
half_known_ = known_table_.assign(n=known_table_["n"].where(known_table_["n"] < 50))
half_odd_ = half_known_.assign(n=half_known_["n"].replace(7, 999.0))
half_report_ = quality_report(half_known_, half_odd_)
assert isinstance(half_report_, dict) and list(half_report_) == ["n"], (
    "Is it 1 % of the known values, or of all rows?"
)
less_ = known_table_.assign(c=pd.Categorical(["LGA"] * 100, categories=["JFK", "LGA", "SWF"]))
assert len(quality_report(known_table_, less_)) == 0, "Is a category new that no row has?"
rare_ = pd.concat([less_] * 3, ignore_index=True).assign(c=pd.Categorical(["LGA"] * 299 + ["SWF"]))
assert quality_report(less_, rare_) == {"c": "new category"}, "Which rows had it, how many have it?"
### END HIDDEN TESTS

# %% [markdown]
# Three real weeks lie under the exercise. In the last one the source has no weather for the year's last day: a hole in the
# feed that no statistic of drift mentions. July's temperatures are "out of range", though nothing is broken: a range
# learned in winter calls every summer broken. And `dest` has a new category in all three, for a winter does not hold
# every airport: a rule that always fires is muted. Take ranges and lists from physics, the timetable, or a whole year.

# %% [markdown]
# ## How good is it, before the labels arrive?
#
# A **calibrated** model knows how often it is wrong: of flights that it gives 30 %, 30 % are late. Then the scores alone
# tell what to expect, of the confusion matrix or of anything made from it. This is **confidence-based performance
# estimation**, CBPE.

# %% [markdown] nbgrader={"grade": false, "grade_id": "estimated-cost-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: what will this week cost?
#
# Write `estimated_cost(probability, threshold, false_alarm, miss)`: the cost per flight that you expect, in euros, before
# any label is there. The desk warns at `threshold` or above. A warned flight is a false alarm with the probability that it
# is punctual; a silent one is a miss with the probability that it is late. Leave `probability`, an array, as it is.


# %% nbgrader={"grade": false, "grade_id": "estimated-cost", "locked": false, "schema_version": 3, "solution": true, "task": false}
def estimated_cost(probability, threshold, false_alarm, miss):
    """Return the expected cost per flight in euros, from the scores of a calibrated model."""
    ### BEGIN SOLUTION
    probability = np.asarray(probability)
    cost = np.where(probability >= threshold, (1 - probability) * false_alarm, probability * miss)
    return float(cost.mean())
    ### END SOLUTION


# %%
winter_scores = model.predict_proba(X)[:, 1]  # try it, on the winter
warned = winter_scores >= 0.25
real = np.mean(20 * (warned & (late == 0)) + 60 * (~warned & (late == 1)))
estimate = estimated_cost(winter_scores, 0.25, false_alarm=20, miss=60)
print(f"estimated €{estimate:.2f} a flight, really €{real:.2f}")

# %% nbgrader={"grade": true, "grade_id": "estimated-cost-check-by-hand", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Each flight adds what it is expected to cost."""
three_ = estimated_cost(np.array([0.9, 0.5, 0.1]), 0.5, 20, 60)
assert three_ is not None, "Does estimated_cost return its result?"
assert math.isclose(float(three_), (0.1 * 20 + 0.5 * 20 + 0.1 * 60) / 3, rel_tol=1e-9), (
    "What does each of the three flights cost, with which probability?"
)
### BEGIN HIDDEN TESTS
rng_cost_ = np.random.default_rng(3)
for bar_cost_ in (0.0, 0.2, 0.6, 1.0):
    chances_ = rng_cost_.random(200).round(1)
    parts_ = [(1 - c) * 7 if c >= bar_cost_ else c * 31 for c in chances_.tolist()]
    given_ = chances_.copy()
    assert math.isclose(float(estimated_cost(chances_, bar_cost_, 7, 31)), sum(parts_) / 200), (
        "What of a flight whose probability is the threshold, and of other prices?"
    )
    assert np.array_equal(given_, chances_), "Did you change the array that was given?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "estimated-cost-check-calibrated", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""For a calibrated model the estimate is what comes."""
fair_rng_ = np.random.default_rng(8)
fair_ = fair_rng_.beta(2, 5, 40_000)
came_ = fair_rng_.random(40_000) < fair_
real_cost_ = np.mean(20 * ((fair_ >= 0.3) & ~came_) + 60 * ((fair_ < 0.3) & came_))
assert abs(float(estimated_cost(fair_, 0.3, 20, 60)) - real_cost_) < 0.3, (
    "Do flights with these probabilities cost what you estimate?"
)
### BEGIN HIDDEN TESTS
for fair_seed_ in range(6):
    fair_rng_ = np.random.default_rng(fair_seed_ + 300)
    fair_ = fair_rng_.beta(1 + fair_seed_, 4, 40_000)
    is_late_ = fair_rng_.random(40_000) < fair_
    real_cost_ = np.mean(50 * ((fair_ >= 0.4) & ~is_late_) + 10 * ((fair_ < 0.4) & is_late_))
    assert abs(float(estimated_cost(fair_, 0.4, 50, 10)) - real_cost_) < 0.4, (
        "Do the prices and the threshold count that are given?"
    )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "estimated-cost-check-sure", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A model that is sure expects no mistakes."""
sure_cost_ = estimated_cost(np.array([1.0, 0.0, 1.0]), 0.5, 20, 60)
assert math.isclose(float(sure_cost_), 0, abs_tol=1e-9), (
    "How often is a flight late that has 100 %?"
)
### BEGIN HIDDEN TESTS
assert math.isclose(float(estimated_cost(np.zeros(9), 0.0, 20, 60)), 20), (
    "Is a flight warned whose probability is the threshold itself?"
)
assert math.isclose(float(estimated_cost(np.ones(9), 1.1, 20, 60)), 60), (
    "If the desk never warns, what does a flight cost that is surely late?"
)
### END HIDDEN TESTS

# %% [markdown]
# On the winter, which taught the model, estimate and truth agree. Now the months that came. This cell uses
# `drift.estimated_confusion`, the same idea, so that it runs whatever you wrote.


# %%
def costs(flights):
    """Return the cost per flight in euros: as estimated without labels, and as it came."""
    mistakes = drift.estimated_confusion(flights["score"], 0.25)
    warned, came = flights["score"] >= 0.25, flights["late"] == 1
    real = 20 * (warned & ~came) + 60 * (~warned & came)
    estimated = (20 * mistakes["fp"] + 60 * mistakes["fn"]) / len(flights)
    return pd.Series({"real": real.mean(), "estimated": estimated})


cost = scored.groupby("month").apply(costs)

# %% [markdown]
# How did the two go through the year?

# %%
title = f"July: €{cost.estimated[7]:.2f} a flight estimated, €{cost.real[7]:.2f} came"
figure = lines({name: cost[name] for name in cost}, title, "Month of 2013", "Cost in € per flight")
show(figure, "Two lines over April to December: the real cost of a flight, and the estimated one")

# %% [markdown]
# Only November fits. From April on the model is off its calibration, and then its own probabilities are the last to
# know: for July, the dearest month, it expects the cheapest. CBPE holds as long as the calibration does. So it
# fills the two weeks until labels arrive, and the labels tell whether to believe it.

# %% [markdown]
# ## Who watches a stream?
#
# Labels take two weeks to come, and batch tests add a wait of their own, for the end of the week. **ADWIN** looks at
# each value as it comes: it keeps a window of recent ones, and when the older and the newer part of it differ by more
# than chance allows, drops the old and reports a change. `river` has it. The values here are the model's errors, on
# two worlds.


# %%
def changes(values):
    """Return the positions at which ADWIN reports a change."""
    detector, found = ADWIN(delta=0.002), []
    for position, value in enumerate(values):
        detector.update(value)
        if detector.drift_detected:
            found.append(position)
    return found


# %% [markdown]
# Each world sends 1,000 flights a week. When does it ring, and when did the change begin?

# %%
for kind in ("stable", "concept"):
    world = World(kind, seed=2)
    small = make_model().fit(*world.history())
    errors = [
        (world.truth(week) - small.predict_proba(world.features(week))[:, 1]).abs()
        for week in world.weeks
    ]
    rings = [1 + position // 1000 for position in changes(np.concatenate(errors))]
    begins = f"the change begins in week {world.change}" if kind == "concept" else "no change"
    print(f"{kind}: {begins}, ADWIN rings in {rings or 'no week'}")

# %% [markdown]
# It rings within two weeks of the first flights that follow the new rule, and again as the change goes on, for this
# world turns within six weeks. On the stable world it is silent. It needs the outcomes, so in production it rings
# as late as they come. And it takes the values to be **independent**. Flights are not: hundreds share an hour and
# its storm.

# %%
errors = np.abs(late - winter_scores).to_numpy()  # the winter, on which the model was trained
shuffled = np.random.default_rng(0).permutation(errors)
print(
    f"{len(changes(errors))} changes in order of time, {len(changes(shuffled))} in the same errors, shuffled"
)

# %% [markdown]
# In order of time it finds the rhythm of the day, for evenings are harder to predict than mornings, and the
# weather. A detector that keeps its promise under its own assumptions can drown you under yours. Daily means would
# end the flood. Does it still hear the July that you know?

# %%
scored["error"] = (scored["late"] - scored["score"]).abs()
daily = scored.groupby(["week", "weekday"])["error"].mean()
monthly = scored.groupby("month")["error"].mean()
print(f"mean error: {monthly[7]:.2f} in July, {monthly[9]:.2f} in September")
print(f"ADWIN rings {len(changes(daily))} times in {len(daily)} daily means")

# %% [markdown]
# It does not. July and September lie far apart, and yet a few hundred means that jump from day to day are too little
# for it to be sure. Too many values that hang together, or too few that do not: try a detector on a past that you
# know before you trust its silence.

# %% [markdown]
# ## Which alert stays switched on?
#
# Whatever you watch, an alert that rings each week is muted in the second month. So look first at what you would ring
# about: how much AUC each week lost against the winter.

# %%
auc_winter = roc_auc_score(late, winter_scores)
lost = auc_winter - weekly["AUC"]
over = lost > 0.03
starts = (over & ~over.shift(fill_value=False)).sum()
title = f"More than 0.03 of AUC lost in {over.sum()} of 39 weeks, in {starts} stretches"
curves = {"lost": lost, "bar of\nthe alert": pd.Series(0.03, lost.index)}
show(
    lines(curves, title, "Production week", "AUC lost"),
    "A line over 39 weeks, often across the bar",
)

# %% [markdown]
# It crosses the bar again and again, and a bare threshold would ring for each stretch. Two habits keep an alert
# alive. **Hysteresis**: it takes several weeks above a high bar to start it, and a fall below a *lower* one to end
# it. And a **budget**: decide first how many false alarms you accept, then set the bar.

# %% [markdown] nbgrader={"grade": false, "grade_id": "alert-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: an alert with hysteresis
#
# Write `alarm_weeks(values, high, low, patience)`. The alarm starts in the week in which the value has been above `high`
# for `patience` weeks in a row, that week included. It lasts until a value is below `low`; in that week it is off, and the
# count starts anew. `values` is a list or an array: leave it as it is, and return a list with `True` or `False` for each
# week.


# %% nbgrader={"grade": false, "grade_id": "alert", "locked": false, "schema_version": 3, "solution": true, "task": false}
def alarm_weeks(values, high, low, patience):
    """Return for each week whether the alarm is on."""
    ### BEGIN SOLUTION
    alarm, above, weeks = False, 0, []
    for value in values:
        above = above + 1 if value > high else 0
        alarm = value >= low if alarm else above >= patience
        weeks.append(alarm)
    return weeks
    ### END SOLUTION


# %%
loss = (auc_winter - weekly["AUC"]).to_numpy()  # try it
on = alarm_weeks(loss, high=0.03, low=0.01, patience=2)
print(f"it rings {np.diff(on, prepend=0).clip(0).sum()} times, in the weeks")
print([week for week, ringing in zip(weekly.index, on, strict=False) if ringing])

# %% nbgrader={"grade": true, "grade_id": "alert-check-patience", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""The alarm starts when the value has been above the bar for `patience` weeks in a row."""
patient_ = alarm_weeks([0, 9, 9, 0, 9, 9, 9, 9], 5, 3, 3)
assert patient_ is not None and len(patient_) == 8, "Is there one answer for each week?"
assert [bool(week) for week in patient_] == [False] * 6 + [True] * 2, (
    "In which week has it been above the bar three times in a row?"
)
### BEGIN HIDDEN TESTS
assert [bool(week) for week in alarm_weeks([6, 6, 5, 6, 6], 5, 1, 2)] == [0, 1, 1, 1, 1], (
    "Does an alarm that has started go on between the two bars?"
)
assert [bool(w) for w in alarm_weeks([6, 5, 6, 5, 6], 5, 1, 2)] == [False] * 5, (
    "Is a value that equals the bar above it?"
)
assert [bool(w) for w in alarm_weeks([9, 1, 9], 5, 3, 1)] == [True, False, True], (
    "What if one week is enough?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "alert-check-lasts", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""The alarm lasts until a value is below the lower bar."""
lasting_ = alarm_weeks([9, 9, 4, 3, 4, 2, 4, 9], 5, 3, 2)
assert [bool(week) for week in lasting_] == [False, True, True, True, True, False, False, False], (
    "Which value ends the alarm, and what must come before the next one?"
)
assert [bool(week) for week in alarm_weeks([9, 9, 2, 9], 5, 3, 2)] == [False, True, False, False], (
    "Does the count start anew in the week that ends an alarm?"
)
### BEGIN HIDDEN TESTS
rng_alert_ = np.random.default_rng(12)
for _ in range(40):
    track_, need_ = rng_alert_.integers(0, 10, 30).tolist(), int(rng_alert_.integers(1, 5))
    kept_, on_ = list(track_), []
    for i_, value_ in enumerate(track_):
        if on_ and on_[-1]:
            on_.append(value_ >= 3)
        else:
            start_ = max([j + 1 for j in range(i_) if on_[j]] + [0])
            run_ = track_[max(i_ - need_ + 1, 0) : i_ + 1]
            on_.append(len(run_) == need_ and min(run_) > 6)
    answer_ = [bool(week) for week in alarm_weeks(track_, 6, 3, need_)]
    assert answer_ == on_, "Does your alarm start and end as the text says, whatever the values?"
    assert track_ == kept_, "Did you change the values that were given?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "alert-check-quiet", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Where nothing is above the bar nothing rings, and no values give no weeks."""
assert list(alarm_weeks([1, 2, 3], 5, 3, 1)) == [False] * 3, "Is anything above the bar?"
assert [bool(w) for w in alarm_weeks([9, 9, 9], 5, 3, 1)] == [True] * 3, "Does it ring at all?"
### BEGIN HIDDEN TESTS
empty_weeks_ = alarm_weeks([], 5, 3, 2)
assert empty_weeks_ is not None and len(list(empty_weeks_)) == 0, "What comes of no weeks?"
turns_ = np.array([7.0, 8.0, 1.0, 8.0, 8.0, 1.0])
assert [bool(w) for w in alarm_weeks(turns_, 5, 3, 2)] == [
    False,
    True,
    False,
    False,
    True,
    False,
], "Can it ring a second time, and does an array do as well as a list?"
### END HIDDEN TESTS

# %% [markdown]
# Three alarms in a year can be read, and each says that ranking got worse. July, the dearest month, is in none: what
# it lost is calibration, which AUC does not see. An alert hears only what its number measures.

# %% [markdown]
# And the bar itself? Not 0.25 because a book says so: from weeks in which nothing was wrong. How large is PSI by chance
# alone, in batches of your size? A stable world tells.

# %%
world = World("stable", seed=5)
past = world.history()[0]
for size in (100, 300, 1000):
    chance = [drift.psi(past["load"], world.features(week)["load"][:size]) for week in world.weeks]
    print(
        f"batches of {size:>5,}: PSI by chance {np.median(chance):.3f}, at most {max(chance):.3f}"
    )

# %% [markdown]
# With batches of 100 flights chance alone passes 0.1, the book's first bar: an alert on it would ring on nothing. Set the
# bar by what quiet weeks do.

# %% [markdown] nbgrader={"grade": false, "grade_id": "alert-budget-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: a budget of false alarms
#
# Write `bar_for(quiet, budget)`. `quiet` holds the values of weeks in which nothing was wrong. Return the *lowest of these
# values* for which at most the share `budget` of them lies above it: with a budget of 0.1 and 20 quiet weeks two may. Leave
# `quiet` as it is.


# %% nbgrader={"grade": false, "grade_id": "alert-budget", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bar_for(quiet, budget):
    """Return the lowest of the quiet values that at most a share `budget` of them exceeds."""
    ### BEGIN SOLUTION
    values = np.asarray(quiet, dtype=float)
    return min(float(value) for value in values if np.mean(values > value) <= budget)
    ### END SOLUTION


# %%
psi_100 = [drift.psi(past["load"], world.features(week)["load"][:100]) for week in world.weeks]
print(f"for batches of 100 and one false alarm in ten weeks: {bar_for(psi_100, 0.1):.3f}")  # try it

# %% nbgrader={"grade": true, "grade_id": "alert-budget-check-kept", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""No more than the budget's share of the quiet weeks lies above the bar, and it is no higher than it must be."""
ten_bar_ = bar_for([3, 1, 2, 5, 4, 9, 8, 7, 6, 10], 0.25)
assert ten_bar_ is not None, "Does bar_for return its result?"
assert float(ten_bar_) == 8.0, "How many of ten weeks may lie above the bar?"
assert float(bar_for(list(range(20)), 0.1)) == 17.0, "Which value do two of twenty weeks exceed?"
### BEGIN HIDDEN TESTS
rng_bar_ = np.random.default_rng(44)
for share_ in (0.07, 0.13, 0.31, 0.57):  # no number of weeks is just that share
    for _ in range(8):
        calm_values_ = rng_bar_.gamma(2, 0.1, int(rng_bar_.integers(15, 60)))
        shown_ = calm_values_.copy()
        found_bar_ = float(bar_for(calm_values_, share_))
        lower_ = calm_values_[calm_values_ < found_bar_]
        assert np.any(np.isclose(calm_values_, found_bar_, rtol=1e-9)), "Is it one of the values?"
        assert np.mean(calm_values_ > found_bar_ + 1e-12) <= share_, "Is the budget kept?"
        assert not len(lower_) or np.mean(calm_values_ > lower_.max() + 1e-12) > share_, (
            "Could the bar be lower?"
        )
        assert np.array_equal(shown_, calm_values_), "Did you change the values that were given?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "alert-budget-check-edges", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A budget of nothing gives the highest value; equal values count together."""
assert float(bar_for([4, 1, 2, 3], 0.25)) == 3.0, "May just the share of the budget lie above?"
assert float(bar_for([1, 1, 1, 5], 0.25)) == 1.0, "Do equal values count as one week?"
assert float(bar_for([0.3, 0.1, 0.2], 0)) == 0.3, "Which bar does no quiet week exceed?"
### BEGIN HIDDEN TESTS
assert float(bar_for([2, 2, 2, 2, 5], 0.2)) == 2.0, "May one of five lie above?"
assert float(bar_for([1, 5, 5, 5], 0.5)) == 5.0, "How many lie above, if three are equal?"
assert float(bar_for([0.4], 0.9)) == 0.4, "What if there is one quiet week only?"
assert float(bar_for([4, 3, 2, 1], 1.0)) == 1.0, "And if every week may ring?"
### END HIDDEN TESTS

# %% [markdown]
# ## What you can do now
#
# - You tell data drift, label shift, concept drift and a broken feed apart, and know which retraining cures.
# - You choose a statistic by its question, correct for many tests, and ask for a size beside a p-value.
# - You read an alarm for what it is: the world moved. Only labels tell whether the model cares.
# - You know when an estimate without labels is blind.
# - You set an alert by its false alarms. In lesson 10 it starts a retraining.

# %% [markdown]
# ## Go deeper
#
# - Gama et al., *A Survey on Concept Drift Adaptation*, ACM Computing Surveys 2014.
# - Bifet and Gavaldà, *Learning from Time-Changing Data with Adaptive Windowing*, SDM 2007: ADWIN.
# - Rabanser, Günnemann, Lipton, *Failing Loudly: An Empirical Study of Methods for Detecting Dataset Shift*, NeurIPS 2019.
# - Benjamini and Hochberg, *Controlling the False Discovery Rate*, JRSS B 1995.
# - Siddiqi, *Credit Risk Scorecards*, 2006: PSI and its bars.
# - Documentation of `scipy.stats` (`ks_2samp`, `chi2_contingency`, `wasserstein_distance`), of `river.drift`, and of NannyML on CBPE.

# %% [markdown]
# ## The same thing, in other words
#
# | here | MLflow | SageMaker | Vertex AI | Databricks | DataRobot |
# | --- | --- | --- | --- | --- | --- |
# | data drift | — | Model Monitor: data quality | Model Monitoring: feature drift, skew | data profiling: drift metrics | data drift |
# | reference | — | baseline | baseline dataset | baseline table | training data |
# | measured quality | `mlflow.evaluate` | Model Monitor: model quality | — | data profiling: model quality | accuracy |
# | PSI, KS | — | — | Jensen-Shannon divergence, L-infinity distance | PSI, KS, chi-squared, Wasserstein | PSI |
# | alert | — | CloudWatch alarm | notification | SQL alert | notification |
#
# A dash: the product leaves it to others. Vendors rename often; these are the names of 2026.

# %% [markdown]
# ## Check my work
#
# The button saves this notebook, runs all of it in a process of its own, and shows of each exercise which claims hold, with
# a question where one does not yet.

# %%
from course.widgets.check_my_work import CheckMyWork

CheckMyWork()
