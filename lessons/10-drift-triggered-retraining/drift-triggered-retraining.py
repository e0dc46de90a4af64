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
# # Drift-triggered retraining
#
# **Lesson 10 of 12, about 90 minutes.** *When is it worth retraining, and how does it happen unattended?*

# %% [markdown]
# ## What you will be able to do
#
# - state a retraining policy as trigger, strategy and action (20 minutes)
# - build the parts of the closed loop, from the trigger to the rollback (35 minutes)
# - defend a policy with what it costs (15 minutes)
# - say when not to retrain (20 minutes)

# %% [markdown]
# Run the cells from the top. Where a cell raises `NotImplementedError`, put your answer in place of that line. The locked
# cells below it check you: silence is a good sign, red ends with a question. More checks run when you are graded. For a full
# check press *Check my work* at the end, or ask in a terminal: `mlops-course check drift-triggered-retraining`.

# %%
import math
import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score
from course.policies import Evidence, Policy, every, last_weeks, never, on_drift, on_quality
from course.retraining import run
from course.workbench import Workbench, flightdesk
from course.workspace import open_workspace
from course.worlds import World

workspace = open_workspace("10-drift-triggered-retraining")  # tells MLflow where to write
import mlflow

# %% [markdown]
# ## When?
#
# In lesson 09 you saw FlightDesk's frozen model lose its way in some months, and alarms that ring whether it does or
# not. Now the model is to be retrained without anyone's hand. Who decides is a **retraining policy**, and it has
# three parts.

# %% [markdown]
# | part | question | here |
# | --- | --- | --- |
# | **trigger** | when? | on a schedule, on drift of the inputs, on measured quality |
# | **strategy** | on what? | the newest weeks whose labels have arrived |
# | **action** | and then? | train a challenger, test it, try it, promote it; or only call a person |

# %% [markdown]
# A trigger looks at the evidence of a week. This is what there is in July, when the frozen model is in week 16: how far the
# features are from those that it learned from, what was promised, what it expects of itself, and what the newest labels
# measured.

# %%
bench = flightdesk()  # the year 2013, labels two weeks late
frozen = bench.train(bench.oldest, 0)
print(f"largest PSI {bench.psi(frozen, 16).max():.1f}")
print(
    f"promised AUC {bench.golden_auc(frozen, 0):.3f}, expected {bench.estimated_auc(frozen, 16):.3f}"
)
print(
    f"measured AUC of week 14, whose labels came by week 16: {bench.measured_auc(frozen, 14):.3f}"
)

# %% [markdown]
# Hardly anything is lost: July went wrong in its calibration, which AUC does not see. Judge a measurement by what the
# golden set *promised* of the champion, and leave room for noise, for a single week has much of it: that is `drop`. And
# a trigger needs a **cooldown**. The labels of a new model's first week come weeks later. Until then the newest
# measurement is still of the *old* weeks, and an impatient trigger fires again and again at what it has cured.

# %% [markdown] nbgrader={"grade": false, "grade_id": "trigger-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: a trigger with a cooldown
#
# Write `should_retrain(evidence, drop, cooldown)`. Retrain when the measured AUC is more than `drop` below the promised
# one, and at least `cooldown` weeks have passed since the last training. As long as nothing is measured,
# `evidence.measured` is `None`: then return `False`. The names you need are `evidence.measured`, `evidence.promised` and
# `evidence.weeks_since`.


# %% nbgrader={"grade": false, "grade_id": "trigger", "locked": false, "schema_version": 3, "solution": true, "task": false}
def should_retrain(evidence, drop, cooldown):
    """Return whether to retrain now."""
    ### BEGIN SOLUTION
    if evidence.measured is None or evidence.weeks_since < cooldown:
        return False
    return evidence.measured < evidence.promised - drop
    ### END SOLUTION


# %%
imagined = Evidence(  # a worse week than the real one
    week=16,
    psi=bench.psi(frozen, 16),
    score_psi=0.0,
    promised=0.71,
    estimated=0.68,
    measured=0.66,
    weeks_since=16,
)
should_retrain(imagined, drop=0.03, cooldown=4)  # try it

# %% nbgrader={"grade": true, "grade_id": "trigger-check-quality", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""It fires when the quality has dropped, and only then."""
calm_psi_ = pd.Series({"load": 0.01, "wind": 0.02})
dropped_ = Evidence(9, calm_psi_, 0.0, promised=0.8, estimated=0.8, measured=0.7, weeks_since=9)
as_promised_ = Evidence(
    9, calm_psi_, 0.0, promised=0.8, estimated=0.8, measured=0.79, weeks_since=9
)
assert should_retrain(dropped_, 0.05, 4) is not None, "Does should_retrain return its result?"
assert bool(should_retrain(dropped_, 0.05, 4)), "Has the quality dropped by more than 0.05?"
assert not bool(should_retrain(as_promised_, 0.05, 4)), "Is a drop of 0.01 more than one of 0.05?"
modest_ = Evidence(9, calm_psi_, 0.0, promised=0.7, estimated=0.8, measured=0.69, weeks_since=9)
assert not bool(should_retrain(modest_, 0.05, 4)), "Is it compared with what was promised?"
### BEGIN HIDDEN TESTS
just_ = Evidence(9, calm_psi_, 0.0, promised=0.75, estimated=0.8, measured=0.5, weeks_since=9)
assert not bool(should_retrain(just_, 0.25, 4)), "Is a drop of 0.25 more than one of 0.25?"
rng_drop_ = np.random.default_rng(3)
for _ in range(40):
    promise_, lost_ = rng_drop_.uniform(0.65, 0.9), rng_drop_.uniform(-0.1, 0.2)
    allowed_ = rng_drop_.uniform(0.0, 0.1)
    loud_psi_ = pd.Series({"load": rng_drop_.uniform(0, 12)})
    seen_ = Evidence(20, loud_psi_, 3.0, promise_, 0.5, promise_ - lost_, weeks_since=8)
    assert str(bool(should_retrain(seen_, allowed_, 4))) == str(lost_ > allowed_), (
        "Is it the measured quality alone that counts, against the promise and the drop given?"
    )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "trigger-check-cooldown", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""It keeps quiet until the cooldown has passed."""
hot_psi_ = pd.Series({"load": 0.3})
hot_ = [Evidence(9, hot_psi_, 0.1, 0.8, 0.8, 0.6, weeks_since=since) for since in (1, 3, 4, 5)]
assert [bool(should_retrain(seen_, 0.05, 4)) for seen_ in hot_] == [False, False, True, True], (
    "How many weeks must have passed since the last training?"
)
### BEGIN HIDDEN TESTS
for pause_ in (1, 2, 7):
    for waited_ in range(1, 10):
        seen_ = Evidence(30, hot_psi_, 0.1, 0.75, 0.8, 0.6, weeks_since=waited_)
        assert str(bool(should_retrain(seen_, 0.1, pause_))) == str(waited_ >= pause_), (
            "May it fire in the week in which the cooldown has just passed?"
        )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "trigger-check-nothing-measured", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""As long as no labels have arrived it does not fire."""
early_ = Evidence(1, pd.Series({"load": 9.0}), 2.0, 0.8, 0.8, None, weeks_since=9)
try:
    early_answer_ = should_retrain(early_, 0.05, 4)
except TypeError as trouble_:
    assert "NoneType" not in str(trouble_), "Do you compute with None before you ask for it?"
    raise
assert early_answer_ is not None, "Do you return False as long as nothing is measured?"
assert not bool(early_answer_), "What is known before labels arrive?"
### BEGIN HIDDEN TESTS
assert not bool(should_retrain(early_, -1.0, 1)), "What is known before labels arrive?"
zero_ = Evidence(8, pd.Series({"load": 9.0}), 2.0, 0.8, 0.8, 0.0, weeks_since=9)
assert bool(should_retrain(zero_, 0.05, 4)), "Is an AUC of 0 the same as no AUC?"
### END HIDDEN TESTS

# %% [markdown]
# ## On what?
#
# The newest weeks know most about the next one. But the flights of the last weeks have no labels yet, and a few flights
# must be kept from training, or nobody could judge the result: one in ten is **golden**, its outcome checked by a person.

# %% [markdown] nbgrader={"grade": false, "grade_id": "training-window-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: the training window
#
# Write `training_rows(flights, now, label_delay, length)`. The table has the columns `week`, `golden` (true or false) and
# `late` (1, 0, or NaN where no label ever comes). The labels of week w arrive at the end of week w + `label_delay`; now is
# the end of week `now`. Return the rows of the `length` newest weeks whose labels have arrived: weeks of the calendar,
# whether or not the table holds them. Leave out golden flights and those without label. Columns, order, index and the
# given table stay.


# %% nbgrader={"grade": false, "grade_id": "training-window", "locked": false, "schema_version": 3, "solution": true, "task": false}
def training_rows(flights, now, label_delay, length):
    """Return the flights that a model may learn from at the end of week `now`."""
    ### BEGIN SOLUTION
    newest = now - label_delay
    in_window = (flights["week"] > newest - length) & (flights["week"] <= newest)
    return flights[in_window & ~flights["golden"].astype(bool) & flights["late"].notna()]
    ### END SOLUTION


# %%
toy = pd.DataFrame(
    {
        "week": np.repeat(range(1, 11), 3),
        "golden": [True, False, False] * 10,
        "late": [0.0, 1.0, 0.0] * 10,
    }
)
training_rows(toy, now=10, label_delay=2, length=3)  # try it

# %% nbgrader={"grade": true, "grade_id": "training-window-check-late-labels", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""No flight is used whose label has not arrived."""
ten_weeks_ = pd.DataFrame({"week": range(1, 11), "golden": False, "late": [0.0, 1.0] * 5})
known_rows_ = training_rows(ten_weeks_, now=10, label_delay=2, length=4)
assert type(known_rows_) is pd.DataFrame, "Do you return a table?"
assert "week" in known_rows_, "Are all columns still there?"
assert known_rows_["week"].max() <= 8, "Which week's labels are the newest at the end of week 10?"
assert list(known_rows_["week"]) == [5, 6, 7, 8], "Which four weeks are the newest with labels?"
busy_weeks_ = ten_weeks_.loc[ten_weeks_.index.repeat(3)].reset_index(drop=True)
assert len(training_rows(busy_weeks_, 10, 2, 4)) == 12, "Is `length` a number of weeks, or of rows?"
### BEGIN HIDDEN TESTS
double_ = pd.concat([ten_weeks_] * 2, ignore_index=True)
held_ = double_["week"] % 4 > 1
thin_ = (
    double_[held_],
    double_.assign(golden=~held_),
    double_.assign(late=double_["late"].where(held_)),
)
for today_, wait_, span_ in ((6, 0, 3), (9, 5, 2), (10, 1, 1), (3, 2, 8)):
    part_ = training_rows(double_, today_, wait_, span_)
    assert type(part_) is pd.DataFrame, "Do you return a table?"
    expected_weeks_ = list(range(max(1, today_ - wait_ - span_ + 1), today_ - wait_ + 1))
    assert sorted(part_["week"]) == sorted(2 * expected_weeks_), (
        "Does the window move with the delay of labels, and hold all flights of its weeks?"
    )
    weeks_left_ = {w for table in thin_ for w in training_rows(table, today_, wait_, span_)["week"]}
    assert weeks_left_ <= set(expected_weeks_), "What if a week has no flight to learn from?"
none_yet_ = training_rows(ten_weeks_, 2, 4, 3)
assert type(none_yet_) is pd.DataFrame and len(none_yet_) == 0, "What if no label has arrived yet?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "training-window-check-golden", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Golden flights are kept for the judge."""
mixed_flights_ = pd.DataFrame(
    {"week": [4] * 6, "golden": [True, False] * 3, "late": [0.0, 1.0] * 3}
)
taught_ = training_rows(mixed_flights_, 6, 1, 3)
assert type(taught_) is pd.DataFrame and len(taught_) == 3, "Who is to judge the model later?"
assert "golden" in taught_, "Are all columns still there?"
assert not any(bool(flag) for flag in taught_["golden"]), "Who is to judge the model later?"
### BEGIN HIDDEN TESTS
numbered_ = mixed_flights_.assign(golden=[True, False, False, False, True, True], week=range(1, 7))
assert list(training_rows(numbered_, 6, 0, 6)["week"]) == [2, 3, 4], (
    "Who is to judge the model later?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "training-window-check-rows", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Flights without a label are left out; index, order and the given table stay."""
odd_flights_ = pd.DataFrame(
    {"week": [3, 1, 2, 3, 2], "golden": False, "late": [1.0, 0.0, np.nan, 0.0, 1.0]}, list("edcba")
)
odd_before_ = odd_flights_.copy()
odd_rows_ = training_rows(odd_flights_, 4, 0, 9)
assert type(odd_rows_) is pd.DataFrame and list(odd_rows_.index) == ["e", "d", "b", "a"], (
    "Which flights have a label, and in which order does the table hold them?"
)
assert odd_flights_.equals(odd_before_), "Did you change the table that was given?"
### BEGIN HIDDEN TESTS
extra_ = odd_flights_.assign(temp=[1.5, np.nan, 3.5, 4.5, 5.5])
assert training_rows(extra_, 4, 0, 9).equals(extra_.loc[["e", "d", "b", "a"]]), (
    "Are all columns still there, also a flight that lacks another value than its label?"
)
### END HIDDEN TESTS

# %% [markdown]
# ## May it serve?
#
# A new model is a **challenger** until a **gate** says that it beats the champion, on the golden set. Why not simply on the
# newest labels? Here is a **world**, half a year of made-up flights whose truth we know. In it a source sends nine of ten
# labels the wrong way round, for five weeks.

# %%
world = World("poisoned", seed=1)
poisoned, last = Workbench(world), world.change + 4
champion = poisoned.train(world.change - 9, world.change - 1)  # the weeks before the incident
challenger = poisoned.train(world.change, last)  # the poisoned weeks
for name, model in {"champion": champion, "challenger": challenger}.items():
    arrived, golden = poisoned.measured_auc(model, last), poisoned.golden_auc(model, last)
    print(
        f"{name:>10}: AUC {arrived:.2f} by the labels that arrived, {golden:.2f} on the golden set"
    )

# %% [markdown]
# By the labels that arrived the challenger is a triumph: it learned the same lie. Golden labels do not pass through that
# source. A gate is only as good as the labels it judges by.

# %% [markdown] nbgrader={"grade": false, "grade_id": "gate-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: the gate
#
# Write `passes(late, champion, challenger, margin, min_rows)`. The first three are arrays, a value for each golden flight:
# `late` holds 1, 0 or NaN (unknown), the other two the scores of both models. Return `True` only if, over the flights whose
# outcome is known, the challenger's AUC is higher than the champion's by *more* than `margin`. Refuse, with `False` and no
# error, if fewer than `min_rows` outcomes are known, if they are all the same, or if any score of the challenger is missing.


# %% nbgrader={"grade": false, "grade_id": "gate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def passes(late, champion, challenger, margin, min_rows):
    """Return whether the challenger may be tried out."""
    ### BEGIN SOLUTION
    late, champion, challenger = (np.asarray(x, dtype=float) for x in (late, champion, challenger))
    known = ~np.isnan(late)
    if known.sum() < min_rows or len(np.unique(late[known])) < 2 or np.isnan(challenger).any():
        return False
    old, new = (roc_auc_score(late[known], score[known]) for score in (champion, challenger))
    return bool(new > old + margin)
    ### END SOLUTION


# %%
outcome = np.array([0, 1, 0, 1, 1, np.nan])  # try it
scores = np.array([[0.2, 0.4, 0.5, 0.6, 0.3, 0.1], [0.1, 0.8, 0.2, 0.9, 0.7, 0.3]])
passes(outcome, scores[0], scores[1], margin=0.05, min_rows=5)

# %% nbgrader={"grade": true, "grade_id": "gate-check-margin", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""The challenger must be better by more than the margin."""
gate_late_ = np.array([0.0, 0, 1, 1])
strong_, weak_ = np.array([0.1, 0.2, 0.8, 0.9]), np.array([0.1, 0.8, 0.7, 0.9])
assert passes(gate_late_, weak_, strong_, 0.1, 2) is not None, "Does passes return its result?"
assert bool(passes(gate_late_, weak_, strong_, 0.1, 2)), "Is an AUC of 1 better than one of 0.75?"
assert bool(passes(gate_late_, weak_, strong_ / 10, 0.1, 2)), "Do you compare by AUC, which ranks?"
assert not bool(passes(gate_late_, strong_, weak_, 0.0, 2)), "Is the challenger the worse one?"
assert not bool(passes(gate_late_, strong_, strong_, 0.0, 2)), "Is an equal challenger better?"
assert not bool(passes(gate_late_, weak_, strong_, 0.3, 2)), "Is 0.25 more than a margin of 0.3?"
### BEGIN HIDDEN TESTS
rng_gate_ = np.random.default_rng(21)
for _ in range(8):
    truth_ = rng_gate_.integers(0, 2, 120).astype(float)
    one_, two_ = (truth_ * rng_gate_.random() + rng_gate_.random(120) for _ in range(2))
    gain_ = roc_auc_score(truth_, two_) - roc_auc_score(truth_, one_)
    for asked_ in (gain_ - 0.01, gain_ + 0.01):
        assert str(bool(passes(truth_, one_, two_, asked_, 100))) == str(gain_ > asked_), (
            "Which of the two is the challenger, and by how much must it be better?"
        )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gate-check-enough", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Too few outcomes, or only one kind of them, are no evidence."""
few_late_ = np.array([0.0, 1, np.nan, np.nan, np.nan])
few_old_, few_new_ = np.full(5, 0.5), np.array([0.1, 0.9, 0.5, 0.5, 0.5])
assert not bool(passes(few_late_, few_old_, few_new_, 0.0, 3)), "How many outcomes are known here?"
assert bool(passes(few_late_, few_old_, few_new_, 0.0, 2)), "Are two known outcomes not two?"
### BEGIN HIDDEN TESTS
for same_ in (np.zeros(5), np.ones(5), np.array([1.0, 1, np.nan, 1, 1]), np.full(5, np.nan)):
    one_kind_ = passes(same_, few_old_, few_new_, 0.0, 1)
    assert one_kind_ is not None and not bool(one_kind_), "What if all outcomes are the same?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gate-check-missing", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A challenger without a score for some flight is refused; unknown outcomes do not count."""
hole_late_, hole_old_ = np.array([0.0, 1, 0, 1, np.nan]), np.array([0.5, 0.4, 0.5, 0.6, 0.9])
hole_new_ = np.array([0.1, 0.9, 0.2, np.nan, 0.5])
hole_answer_ = passes(hole_late_, hole_old_, hole_new_, 0.0, 2)
assert hole_answer_ is not None and not bool(hole_answer_), "Would it answer every flight?"
### BEGIN HIDDEN TESTS
whole_ = np.array([0.1, 0.9, 0.2, 0.8, 0.95])
kept_ = [hole_late_.copy(), hole_old_.copy(), whole_.copy()]
assert bool(passes(hole_late_, hole_old_, whole_, 0.4, 3)), "Do you judge by known outcomes only?"
assert all(
    np.array_equal(a, b, equal_nan=True)
    for a, b in zip(kept_, (hole_late_, hole_old_, whole_), strict=True)
), "Did you change the arrays that were given?"
unknown_hole_ = np.array([0.1, 0.9, 0.2, 0.8, np.nan])
assert not bool(passes(hole_late_, hole_old_, unknown_hole_, 0.0, 2)), (
    "What of a missing score where the outcome is unknown?"
)
for silent_ in ([2, 3], [3, 4], [1, 2, 4], range(5)):
    holey_ = whole_.copy()
    holey_[list(silent_)] = np.nan
    holey_answer_ = passes(hole_late_, hole_old_, holey_, 0.0, 2)
    assert holey_answer_ is not None and not bool(holey_answer_), "What if several are missing?"
### END HIDDEN TESTS

# %% [markdown]
# ## What if it fails?
#
# Training will fail some night: a disk is full, a column is gone, the labels are all zero. Whatever happens, the champion
# goes on serving, and somebody can read why. A loop that dies with its training is worse than no loop.

# %% [markdown] nbgrader={"grade": false, "grade_id": "survive-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: survive a failed training
#
# Write `retrain(champion, train, is_better)`. Call `train()`, which returns a challenger, and then
# `is_better(challenger, champion)`. Return two things: the model that serves from now on, and what happened:
#
# - the challenger and `"promoted"`, if it is better;
# - the champion and `"refused"`, if it is not;
# - the champion and `"failed: "` with all of the error's text after it, if either call raises an `Exception` of any kind.
#
# Let everything else through, like `KeyboardInterrupt`: a person who stops the loop means it.


# %% nbgrader={"grade": false, "grade_id": "survive", "locked": false, "schema_version": 3, "solution": true, "task": false}
def retrain(champion, train, is_better):
    """Return the model that serves from now on, and what happened."""
    ### BEGIN SOLUTION
    try:
        challenger = train()
        better = is_better(challenger, champion)
    except Exception as trouble:
        return champion, f"failed: {trouble}"
    return (challenger, "promoted") if better else (champion, "refused")
    ### END SOLUTION


# %%
def train_on_a_full_disk():
    raise OSError("No space left on device")


retrain("version 1", train_on_a_full_disk, lambda new, old: True)  # try it

# %% nbgrader={"grade": true, "grade_id": "survive-check-verdict", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A better challenger is promoted, any other refused."""
served_ = retrain("old", lambda: "new", lambda challenger, champion: challenger == "new")
assert isinstance(served_, tuple | list) and len(served_) == 2, "Do you return two things?"
assert [str(part_) for part_ in served_] == ["new", "promoted"], (
    "Which model serves, if it is better?"
)
kept_ = retrain("old", lambda: "new", lambda challenger, champion: challenger == "old")
assert [str(part_) for part_ in kept_] == ["old", "refused"], "Which model serves, if it is not?"
### BEGIN HIDDEN TESTS
pair_ = [object(), object()]
calls_ = []
for verdict_ in (True, False, np.True_, np.False_):

    def judge_(*both, verdict_=verdict_):
        calls_.append(both)
        return verdict_

    result_ = retrain(pair_[0], lambda: calls_.append("train") or pair_[1], judge_)
    assert str(result_[1]) == ("promoted" if verdict_ else "refused"), "Is numpy's True as true?"
    assert result_[0] is (pair_[1] if verdict_ else pair_[0]), (
        "Is it the very model that was given?"
    )
assert calls_ == ["train", (pair_[1], pair_[0])] * 4, (
    "Is each trained once and judged once, the challenger named first?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "survive-check-training", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Whatever a training raises, the champion serves on, and the reason is told."""


def failing_(error):
    def fail(*models):
        raise error

    return fail


survived_ = retrain("old", failing_(ValueError("no rows")), lambda challenger, champion: True)
assert isinstance(survived_, tuple | list) and len(survived_) == 2, "Do you return two things?"
assert str(survived_[0]) == "old", "Which model serves when a training fails?"
assert str(survived_[1]) == "failed: no rows", "Is it `failed: ` and what the error says?"
### BEGIN HIDDEN TESTS
odd_, story_ = type("Frost", (Exception,), {}), "row 7:\n\n'late' is neither 0 nor 1, nor missing"
for trouble_ in (
    LookupError("temp"),
    MemoryError("too big"),
    OSError(story_),
    odd_(story_),
    odd_(),
):
    try:
        told_ = [str(part_) for part_ in retrain("old", failing_(trouble_), lambda *both: True)]
    except Exception as escaped_:
        told_ = ["an error came through", str(escaped_)]
    assert told_[0] == "old" and told_[1].startswith(f"failed: {trouble_}".strip()), (
        "Do you survive every kind of Exception, and tell all of its text?"
    )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "survive-check-judging", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A judge that fails promotes nobody, and a person who interrupts gets through."""


def retrain_when_(error, *before):
    def fail(*models):
        raise error

    try:
        return retrain("old", *[*before, fail, max][:2])
    except (RuntimeError, KeyboardInterrupt, SystemExit) as passed_on:
        return passed_on


unjudged_ = retrain_when_(RuntimeError("golden set is gone"), lambda: "new")
assert type(unjudged_) is not RuntimeError, "Is the judge's error caught, too?"
assert isinstance(unjudged_, tuple | list) and len(unjudged_) == 2, "Do you return two things?"
assert str(unjudged_[0]) == "old", "Who serves if nobody can judge?"
assert str(unjudged_[1]) == "failed: golden set is gone", "Is it told that the judge failed?"
stopped_ = retrain_when_(KeyboardInterrupt(), lambda: "new")
assert type(stopped_) is KeyboardInterrupt, "Does a person who stops the loop get through?"
### BEGIN HIDDEN TESTS
for stop_ in (KeyboardInterrupt(), SystemExit()):
    ended_ = [retrain_when_(stop_), retrain_when_(stop_, dict)]
    assert ended_ == [stop_, stop_], "Does a person who interrupts get through?"
### END HIDDEN TESTS

# %% [markdown]
# ## Does it run by itself?
#
# Now the whole loop, as `course.retraining` has it: monitor, trigger, train, golden set, gate, register, a **canary** week in
# which the challenger serves one flight in ten, promotion, and **rollback** if the first labels say that it was a mistake.
# The models go to a real MLflow registry, in your workspace. Four constants say what decides.

# %%
from course.retraining import LOSS, MARGIN, PLAUSIBLE, PROBATION

low, high = PLAUSIBLE
print(f"gate: golden AUC higher by more than {MARGIN}")
print(f"canary: it predicts {low} to {high} times as many late flights as there lately were")
print(f"rollback: AUC lower by more than {LOSS} in one of its first {PROBATION} labelled weeks")

# %% [markdown]
# This gate asks for no margin: whatever wins by chance must then survive the canary week, which has no labels yet. All
# that can be judged in it is whether the share of late flights that it predicts is plausible: if so the challenger is
# `promoted`, if not `stopped`.

# %%
from course.registry import MlflowRegistry

registry = MlflowRegistry("flight-delays")
eight_weeks = run(Policy(every(8), last_weeks(9)), bench, registry)
eight_weeks.table()

# %% [markdown]
# Each row is a decision with its reason. Follow one model: it beats the champion on the golden set, serves a canary
# week, is promoted. Version 4 is rolled back when labels show that it was a mistake (that row names version 3, which
# serves again). Ask the registry who serves now.

# %%
client = mlflow.MlflowClient()
serving = client.get_model_version_by_alias("flight-delays", "champion")
print(f"version {serving.version} serves, trained on {serving.tags['trained_on']}")
for version in client.search_model_versions("name = 'flight-delays'"):
    print(f"version {version.version}: {version.tags}")

# %% [markdown]
# Versions count on, an **alias** moves. To roll back is to point `champion` at the older version: nothing is copied, nothing
# is trained, and every version says what it learned from. Lesson 07 looks deeper into the registry.

# %% [markdown]
# ## What does a year cost?
#
# The finance team prices quality by the hour. A model as good as promised costs nothing, one that is a coin (AUC 0.5) costs
# the full price in each hour of the week, and in between it is the share of the way from the promise to the coin that was
# lost. A training has a price, too.

# %% [markdown] nbgrader={"grade": false, "grade_id": "net-saving-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: was it worth it?
#
# Write `net_saving(frozen, retrained, promised, trainings, hour, training)`. The first two are arrays of weekly AUC, without
# and with retraining. In a week a model loses the share $(promised - AUC) / (promised - 0.5)$, at least 0 and at most 1;
# each of the week's 168 hours costs `hour` times that share (`promised` is the first model's AUC). Return the euros that
# retraining saves over all weeks, below 0 where it did harm, less `training` for each of the `trainings`. Leave the arrays
# as they are.


# %% nbgrader={"grade": false, "grade_id": "net-saving", "locked": false, "schema_version": 3, "solution": true, "task": false}
def net_saving(frozen, retrained, promised, trainings, hour, training):
    """Return the euros that retraining saved, its own price taken off."""

    ### BEGIN SOLUTION
    def price_of_loss(auc):
        share = (promised - np.asarray(auc, dtype=float)) / (promised - 0.5)
        return np.sum(np.clip(share, 0, 1)) * 168 * hour

    return float(price_of_loss(frozen) - price_of_loss(retrained) - trainings * training)
    ### END SOLUTION


# %%
year = eight_weeks  # try it
spent = len(year.trainings)
saved = net_saving(year.frozen, year.quality, year.promised, spent, hour=100, training=4000)
print(f"{spent} trainings, €{saved:,.0f} saved")

# %% nbgrader={"grade": true, "grade_id": "net-saving-check-hours", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""Lost quality is priced by the hour, for each week."""
one_week_ = net_saving(np.array([0.6]), np.array([0.7]), 0.7, 0, 10, 0)
assert one_week_ is not None, "Does net_saving return its result?"
assert math.isclose(float(one_week_), 840, rel_tol=1e-9), (
    "An AUC of 0.6 where 0.7 was promised: which share of the way to 0.5 is lost, for 168 hours?"
)
two_weeks_ = net_saving(np.array([0.6, 0.65]), np.array([0.7, 0.7]), 0.7, 0, 10, 0)
assert math.isclose(float(two_weeks_), 1260), "What do two weeks save, and not one of them?"
### BEGIN HIDDEN TESTS
rng_saving_ = np.random.default_rng(9)
for weeks_ in (3, 26):
    before_, after_ = (
        rng_saving_.uniform(0.55, 0.7, weeks_),
        rng_saving_.uniform(0.65, 0.75, weeks_),
    )
    given_ = before_.copy(), after_.copy()
    euros_ = ((after_ - before_) / 0.3).sum() * 168 * 7
    assert math.isclose(float(net_saving(before_, after_, 0.8, 0, 7, 0)), euros_, rel_tol=1e-6), (
        "Do you add up all weeks, each with its own share, be it a gain or a loss?"
    )
    assert all(np.array_equal(a, b) for a, b in zip(given_, (before_, after_), strict=True)), (
        "Did you change the arrays that were given?"
    )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "net-saving-check-trainings", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Each training is paid for, also where it saved nothing."""
level_ = np.full(5, 0.7)
wasted_ = net_saving(level_, level_, 0.75, 3, 100, 4000)
assert wasted_ is not None and math.isclose(float(wasted_), -12_000), (
    "What do three trainings cost?"
)
### BEGIN HIDDEN TESTS
mixed_saving_ = net_saving(np.array([0.6]), np.array([0.65]), 0.7, 2, 50, 1000)
assert math.isclose(float(mixed_saving_), 0.25 * 168 * 50 - 2000), "Is the price taken off once?"
rng_harm_ = np.random.default_rng(19)
for count_ in (1, 5, 30):
    fine_, worse_ = rng_harm_.uniform(0.68, 0.78, 1), rng_harm_.uniform(0.55, 0.66, 1)
    harm_ = (fine_ - worse_)[0] / 0.3 * 168 * 7
    harmed_ = net_saving(fine_, worse_, 0.8, count_, 7, 500)
    assert math.isclose(float(harmed_), -harm_ - 500 * count_, rel_tol=1e-6), (
        "What has retraining saved where it did harm, and is each training paid for?"
    )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "net-saving-check-bounds", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Better than promised earns nothing, worse than a coin costs no more than a coin."""
above_ = net_saving(np.array([0.7, 0.7]), np.array([0.9, 0.8]), 0.7, 0, 10, 0)
assert math.isclose(float(above_), 0, abs_tol=1e-9), "Is anything lost above the promise?"
sunk_ = net_saving(np.array([0.2, 0.3]), np.array([0.5, 0.5]), 0.7, 0, 10, 0)
assert math.isclose(float(sunk_), 0, abs_tol=1e-9), "Which share is lost at 0.5, and which below?"
### BEGIN HIDDEN TESTS
below_ = net_saving(np.array([0.3, 0.5]), np.array([0.5, 0.5]), 0.7, 0, 10, 0)
assert math.isclose(float(below_), 0, abs_tol=1e-9), "Which share is lost by an AUC below 0.5?"
turned_ = net_saving(np.array([0.3, 0.9]), np.array([0.8, 0.6]), 0.7, 0, 10, 0)
assert math.isclose(float(turned_), 840), "Is each week bounded by itself?"
### END HIDDEN TESTS

# %% [markdown]
# Now play the year under other policies, break July's feed or October's labels, and change the prices. When does *never*
# win? Try it before you read on.

# %%
from course.widgets.time_machine import TimeMachine

TimeMachine()

# %% [markdown]
# ## Which policy wins?
#
# On FlightDesk's year first. Each policy trains on the nine newest labelled weeks; the triggers on drift and quality (in
# the Time machine: *on measured quality*) have a cooldown of four weeks.

# %%
policies = {
    "never": Policy(never),
    "every week": Policy(every(1)),
    "every 8 weeks": Policy(every(8)),
    "on drift": Policy(on_drift(0.25), cooldown=4),
    "on quality": Policy(on_quality(0.05), cooldown=4),
}
years = {name: run(policy, bench) for name, policy in policies.items()}

# %% [markdown]
# A training costs €4,000 with its evaluation and canary, an hour of a coin's predictions €100.

# %%
table = pd.DataFrame(
    {name: [y.quality.mean(), y.quality.min(), len(y.trainings)] for name, y in years.items()},
    ["mean AUC", "worst week", "trainings"],
).T
cost = pd.Series({name: y.cost(hour=100, training=4000).sum() for name, y in years.items()})
table["cost in thousand €"] = cost / 1000
table["saved"] = (cost["never"] - cost) / 1000
table.round(3)

# %% [markdown]
# Read it down. Retraining helps the AUC under every policy, and only *every 8 weeks* clearly pays. *On quality* and *on
# drift* cost what *never* does, for a year that is one sample cannot tell such sums from luck. The trigger on drift
# fires whenever its cooldown lets it, because the weather of a week is never that of the nine weeks before: a
# schedule in disguise. *Every week* trains in 22 of 39, for a canary week holds the next training up.

# %% [markdown]
# At which prices does even the cheapest of them lose to *never*? Count what it wins back in hours of a coin.

# %%
hours = {name: year.cost(hour=1, training=0).sum() for name, year in years.items()}
won = hours["never"] - hours["every 8 weeks"]
paid = len(years["every 8 weeks"].trainings)
print(f"{paid} trainings win back {won:.0f} hours; so never wins")
print(f"at €100 an hour, if a training costs more than €{100 * won / paid:,.0f}")
print(f"at €4,000 a training, if an hour costs less than €{4000 * paid / won:.0f}")

# %% [markdown]
# One year is one sample. So play the same policies on small worlds in which we know what happens: two of each kind, half a
# year long.

# %%
from course.scoreboard import scoreboard

runs = scoreboard(policies, seeds=[1, 2])
cost = runs.pivot_table(values="cost", index="policy", columns="kind", sort=False) / 1000
cost.assign(mean=cost.mean(axis=1)).round(0)

# %% [markdown]
# Thousands of euros: low is good. Where nothing happens, where a feature moves that the model does not use, where
# labels are poisoned, nothing beats *never*, and *every week* burns money. A broken feed is no reason to train,
# either: the gate refuses much of what learned the bug, and what slips through must be rolled back when the feed is
# mended.

# %% [markdown]
# Where the **concept** changes, the trigger on drift sleeps: no input has moved, and it does what *never* does. Only labels
# show it. Now the same in AUC.

# %%
quality = runs.pivot_table(values="mean", index="policy", columns="kind", sort=False)
worst = runs.pivot_table(values="worst", index="policy", sort=False)["worst"]
quality.assign(mean=quality.mean(axis=1), worst_week=worst).round(3)

# %% [markdown]
# The **season** is where drift has something to say: inputs and quality go together, and no labels are needed to see
# it. It lifts the AUC, and yet costs more than *never*. What did its trainings cost there, and what did they win back?

# %%
season = runs[runs["kind"] == "season"].groupby("policy", sort=False)[["trainings", "cost"]].mean()
season["paid"] = 4000 * season["trainings"]
season["won back"] = season["cost"]["never"] - (season["cost"] - season["paid"])
season.round(1)

# %% [markdown]
# It is the price: each training wins back less than it costs, and on a schedule the models even lose. Averaged over all
# worlds quality is the best trigger, and drift loses even to *never*. Is that the trigger, or the window? Let three of
# them learn from three weeks only.

# %%
shorter = {
    f"{name}, 3 weeks": Policy(policies[name].trigger, last_weeks(3), cooldown=4)
    for name in ("every 8 weeks", "on drift", "on quality")
}
windows = pd.concat([runs, scoreboard(shorter, seeds=[1, 2])])
windows.groupby("policy", sort=False)["cost"].mean().div(1000).round(0).drop("every week")

# %% [markdown]
# A short window learns a change sooner: now the schedule pays, too, and drift is about even. Quality is the best
# trigger under both windows. So the strategy can matter as much as the trigger, and other worlds and prices would
# give another table. What carries over is the way to find out before you believe. Drift is a reason to *look*;
# labels say whether to act.

# %% [markdown] nbgrader={"grade": false, "grade_id": "own-policy-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: a policy of your own
#
# Write the trigger `my_trigger(evidence)`, and set `my_policy` to a `Policy` with it: choose its strategy
# (`last_weeks(...)`) and its `cooldown`. The evidence also has `psi` (a Series by feature) and `score_psi`. Your policy is
# compared with *never* on the same worlds, three of each kind that you have not seen:
#
# - its mean AUC must be at least 0.006 higher;
# - its worst week, averaged over the worlds, at least 0.002 higher in AUC;
# - its cost at most 95 % of that of *never*.
#
# The bars ask what a policy earns, not why: these worlds change at much the same time, so even a fixed date can pass. And
# bad luck can fail a sensible policy.


# %% nbgrader={"grade": false, "grade_id": "own-policy", "locked": false, "schema_version": 3, "solution": true, "task": false}
def my_trigger(evidence):
    """Return whether to retrain now."""
    ### BEGIN SOLUTION
    broken_feed = evidence.psi.max() > 5
    return (
        not broken_feed
        and evidence.measured is not None
        and evidence.measured < evidence.promised - 0.05
    )
    ### END SOLUTION


my_policy = Policy(my_trigger, last_weeks(9), cooldown=4)

# %%
practice = scoreboard({"never": Policy(never), "mine": my_policy}, seeds=[1, 2])  # try it
practice.groupby("policy")[["mean", "worst", "trainings", "cost"]].mean().round(3)
# TimeMachine(own=my_policy) plays 2013 with it

# %% nbgrader={"grade": true, "grade_id": "own-policy-check-quality", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Its mean AUC is at least 0.006 above that of never."""
assert type(my_policy) is Policy and my_policy.trigger is my_trigger, (
    "Is my_policy a Policy with my_trigger?"
)
assert my_policy.action == "retrain", "Does the policy retrain by itself?"
both_policies_ = {"never": Policy(never), "mine": my_policy}
mean_auc_ = scoreboard(both_policies_, seeds=[1, 2]).groupby("policy")["mean"].mean()
assert mean_auc_["mine"] >= mean_auc_["never"] + 0.006, (
    "On the practice worlds: which of them need a retrain, and what shows it there?"
)
### BEGIN HIDDEN TESTS
unseen_mean_ = scoreboard(both_policies_, seeds=[74, 77, 81]).groupby("policy")["mean"].mean()
assert unseen_mean_["mine"] >= unseen_mean_["never"] + 0.006, (
    "On worlds that you have not seen: which of them need a retrain, and what shows it there?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "own-policy-check-worst-week", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Its worst weeks are at least 0.002 above those of never."""
assert type(my_policy) is Policy and my_policy.trigger is my_trigger, (
    "Is my_policy a Policy with my_trigger?"
)
both_policies_ = {"never": Policy(never), "mine": my_policy}
worst_auc_ = scoreboard(both_policies_, seeds=[1, 2]).groupby("policy")["worst"].mean()
assert worst_auc_["mine"] >= worst_auc_["never"] + 0.002, (
    "Is the model replaced before its worst week, and is a fine one left alone?"
)
### BEGIN HIDDEN TESTS
unseen_worst_ = scoreboard(both_policies_, seeds=[74, 77, 81]).groupby("policy")["worst"].mean()
assert unseen_worst_["mine"] >= unseen_worst_["never"] + 0.002, (
    "On worlds that you have not seen: is the model replaced before its worst week?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "own-policy-check-cost", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""It costs at most 95 % of what never costs."""
assert type(my_policy) is Policy and my_policy.trigger is my_trigger, (
    "Is my_policy a Policy with my_trigger?"
)
both_policies_ = {"never": Policy(never), "mine": my_policy}
euros_ = scoreboard(both_policies_, seeds=[1, 2]).groupby("policy")["cost"].mean()
assert euros_["mine"] <= 0.95 * euros_["never"], (
    "Where do you pay for trainings in vain, or for quality that a training would win back?"
)
### BEGIN HIDDEN TESTS
unseen_euros_ = scoreboard(both_policies_, seeds=[74, 77, 81]).groupby("policy")["cost"].mean()
assert unseen_euros_["mine"] <= 0.95 * unseen_euros_["never"], (
    "On worlds that you have not seen: where do you pay for trainings in vain, or for lost quality?"
)
### END HIDDEN TESTS

# %% [markdown]
# ## When not to retrain?
#
# Retraining cures one illness: the model's picture of the world is old, and new labels hold a better one. Before you automate
# it, look for its **feedback loop**: a desk that rebooks flights changes the outcomes that the next model learns from.

# %% [markdown] nbgrader={"grade": false, "grade_id": "five-situations-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: five situations
#
# Choose what to do first: `answers = {"A": "retrain", ...}`, with the words `"retrain"`, `"fix the feed"`, `"roll back"`,
# `"wait"` and `"nothing"`. Here silence says only that each answer is one of the five; whether they are right says the
# full check.
#
# - **A** Since Monday one airport sends temperatures in °C. PSI is 12, and AUC has dropped.
# - **B** The fares that the model has never used have doubled. PSI is 2, AUC by the newest labels: as promised.
# - **C** AUC by checked labels has fallen from 0.71 to 0.62 within two months; feeds and ranges are in order.
# - **D** A model promoted three weeks ago: its first labels have come, and on the same flights the old one was better by 0.06 of AUC.
# - **E** A retrain was promoted three days ago. PSI is still high; its first labels come in two weeks.

# %% nbgrader={"grade": false, "grade_id": "five-situations", "locked": false, "schema_version": 3, "solution": true, "task": false}
# answers = {"A": ..., and so on to "E"}: "retrain", "fix the feed", "roll back", "wait" or "nothing"
### BEGIN SOLUTION
answers = {"A": "fix the feed", "B": "nothing", "C": "retrain", "D": "roll back", "E": "wait"}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "five-situations-check-inputs", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Situations in which inputs moved: A and B."""
assert isinstance(answers, dict) and set(answers) == set("ABCDE"), "Is there one answer for A to E?"
advice_ = {key: str(getattr(word, "value", word)).strip().lower() for key, word in answers.items()}
assert set(advice_.values()) <= {"retrain", "fix the feed", "roll back", "wait", "nothing"}, (
    "Is each answer one of the five?"
)
assert len(set(advice_.values())) > 1, "Is one answer right for five such situations?"
# Silence so far says nothing of right or wrong: the full check does.
### BEGIN HIDDEN TESTS
assert [advice_[key] for key in "AB"] == ["fix the feed", "nothing"], (
    "In A and B: has the world changed, and does the model care?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "five-situations-check-models", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Situations in which a model is in question: C, D and E."""
assert isinstance(answers, dict) and set(answers) == set("ABCDE"), "Is there one answer for A to E?"
advice_ = {key: str(getattr(word, "value", word)).strip().lower() for key, word in answers.items()}
assert set(advice_.values()) <= {"retrain", "fix the feed", "roll back", "wait", "nothing"}, (
    "Is each answer one of the five?"
)
assert len(set(advice_.values())) > 1, "Is one answer right for five such situations?"
# Silence so far says nothing of right or wrong: the full check does.
### BEGIN HIDDEN TESTS
assert [advice_[key] for key in "CDE"] == ["retrain", "roll back", "wait"], (
    "In C, D and E: which model is better by labels, and are there any yet?"
)
### END HIDDEN TESTS

# %% [markdown]
# ## What you can do now
#
# - You state a policy as trigger, strategy and action, and give it a cooldown.
# - You build a training window that does not reach into the future, a gate that poisoned labels do not fool, and a loop that survives.
# - You promote by an alias, after a canary week, and roll back in one move.
# - You price a policy, and compare it with *never* and *always* before you believe in it.
# - In lesson 11 others have to say yes, too.

# %% [markdown]
# ## Go deeper
#
# - Google Cloud Architecture Center, *MLOps: Continuous delivery and automation pipelines in machine learning*: continuous training.
# - Žliobaitė, Budka, Stahl, *Towards Cost-Sensitive Adaptation: When Is It Worth Updating Your Predictive Model?*, Neurocomputing 2015.
# - Mahadevan and Mathioudakis, *Cost-Aware Retraining for Machine Learning*, Knowledge-Based Systems 2024.
# - Biggio, Nelson, Laskov, *Poisoning Attacks against Support Vector Machines*, ICML 2012.
# - Sculley et al., *Hidden Technical Debt in Machine Learning Systems*, NeurIPS 2015: feedback loops.
# - Documentation of MLflow, *Model Registry*: versions, aliases, tags.

# %% [markdown]
# ## The same thing, in other words
#
# | here | MLflow | SageMaker | Vertex AI | Databricks | DataRobot |
# | --- | --- | --- | --- | --- | --- |
# | trigger | — | EventBridge rule, Model Monitor alarm | Pub/Sub message, schedule | job trigger, schedule | retraining policy: trigger |
# | training pipeline | — | Pipelines | Pipelines | Lakeflow Jobs | retraining policy |
# | champion, challenger | registered model alias | approval status, shadow variant | default version alias | alias in Unity Catalog | champion, challengers |
# | canary | — | deployment guardrails: canary | traffic split of an endpoint | traffic split of served models | — |
# | roll back | move the alias | auto-rollback on an alarm | traffic split back | move the alias | replace the model |
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
