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
# # What is MLOps?
#
# **Lesson 01 of 12, about 90 minutes.** *Why is a good model not a good product?*

# %% [markdown]
# ## What you will be able to do
#
# - find where a notebook's number stops being true in production (30 minutes)
# - price a model's mistakes, and watch one for nine months (30 minutes)
# - say what MLOps automates, and tell it from DevOps (15 minutes)
# - place a team on maturity level 0, 1 or 2 (10 minutes)
# - name the roles in a team, what they hand over, and what certificates examine (5 minutes)

# %% [markdown]
# **How to work here.** Run the cells from the top. Where a cell raises `NotImplementedError`, put your answer in place of
# that line. The locked cells below it check you: silence is good, red ends with a question to ask yourself. More checks
# run when you are graded. Keep the file's name. For a full check, press *Check my work* at the end, or ask in a terminal:
# `mlops-course check what-is-mlops`.

# %%
import math

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

from course.figures import bars, lines, show
from course.flights import features, labels, load_flights, load_weather
from course.model import make_model

# %% [markdown]
# ## How good is FlightDesk's model?
#
# Welcome to FlightDesk, the operations desk for New York's three airports. You are its ML engineer. When a flight
# is going to arrive 15 minutes late or more, passengers with a connection should be rebooked, and the time to
# decide is the *scheduled departure*. The data is real: every departure of 2013.

# %%
winter = load_flights(months=[1, 2, 3])
weather = load_weather()
late = labels(winter)
print(
    f"{len(winter):,} flights, {late.mean():.1%} late, {late.isna().sum():,} never arrived as planned"
)
winter[["carrier", "origin", "dest", "sched_dep_time", "dep_delay", "arr_delay"]].head()

# %% [markdown]
# `late` is 1 for a flight that arrived 15 minutes late or more, 0 for one that did not, and missing for one that was
# cancelled or diverted. A colleague left you a few lines that train a model on the winter and test it. Run them.

# %%
X = features(winter, weather).assign(dep_delay=winter.dep_delay)
arrived = late.notna()
train, test = train_test_split(winter.index[arrived], random_state=0)
first_model = make_model().fit(X.loc[train], late[train])
scores = first_model.predict_proba(X.loc[test])[:, 1]
first_auc = roc_auc_score(late[test], scores)
print(f"AUC {first_auc:.3f} on {len(test):,} flights that the model has not seen")

# %% [markdown]
# **AUC**, the area under the ROC curve, is the chance that the model gives a random late flight a higher score than a
# random punctual one: 0.5 is a coin, 1 is perfect. So few lines, so good a number: time to become suspicious.

# %% [markdown]
# ## Is it too good to be true?
#
# Ask the model what it leans on. Shuffle one column at a time, so that it carries no information, and see how much AUC
# is lost. This is **permutation importance**.


# %%
def auc_with_shuffled(column):
    shuffled = X.loc[test].copy()
    shuffled[column] = shuffled[column].sample(frac=1, random_state=0).array
    return roc_auc_score(late[test], first_model.predict_proba(shuffled)[:, 1])


lost = pd.Series({column: first_auc - auc_with_shuffled(column) for column in X})
title = f"Shuffling {lost.idxmax()} costs {lost.max():.2f} of AUC"
show(bars(lost, title, "AUC lost when the column is shuffled"), "Bars, one a column: the AUC lost")

# %% [markdown]
# One column does nearly all the work: `dep_delay`, by how many minutes the flight left late. But the desk decides at the
# *scheduled* departure, when nobody knows that yet. The model leans on a column that production does not have. This is
# **leakage**, and a good score on old data does not warn you of it.

# %% [markdown]
# To find leakage, ask of every column: **when is it written?** The documentation of FlightDesk's source says:
#
# | columns | written |
# | --- | --- |
# | `year`, `month`, `day`, `hour`, `minute`, `time_hour`, `sched_dep_time`, `sched_arr_time` | months ahead, with the timetable |
# | `carrier`, `flight`, `origin`, `dest`, `distance` | months ahead, with the timetable |
# | `tailnum` (the aircraft that really flew), `dep_time`, `dep_delay` | when the aircraft leaves the gate |
# | `arr_time`, `arr_delay`, `air_time` | when it has arrived |

# %% [markdown] nbgrader={"grade": false, "grade_id": "known-columns-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: keep what is known in time
#
# Write `known_in_time`. It takes a table with the columns of `load_flights()` and returns a new table with those columns
# only that are written before the scheduled departure; rows, values and the order of the columns stay. The table that
# it is given must not change.


# %% nbgrader={"grade": false, "grade_id": "known-columns", "locked": false, "schema_version": 3, "solution": true, "task": false}
def known_in_time(table):
    """Return `table` without the columns that are written at departure or later."""
    ### BEGIN SOLUTION
    written_later = ["tailnum", "dep_time", "dep_delay", "arr_time", "arr_delay", "air_time"]
    return table.drop(columns=written_later)
    ### END SOLUTION


# %%
known_in_time(winter).head(3)  # try it

# %% nbgrader={"grade": true, "grade_id": "known-columns-check-arrival", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Nothing is left that is written when the flight has arrived."""
june_table_ = load_flights(months=[6]).head(200)
june_known_ = known_in_time(june_table_)
assert type(june_known_) is pd.DataFrame, "Does known_in_time return a table?"
assert "carrier" in list(june_known_.columns), "Is the timetable still there?"
for arrival_column_ in ["arr_time", "arr_delay", "air_time"]:
    assert arrival_column_ not in list(june_known_.columns), (
        "Which columns does only a landed flight have?"
    )
### BEGIN HIDDEN TESTS
may_known_ = known_in_time(load_flights(months=[5]).tail(50).sample(frac=1, random_state=3))
assert type(may_known_) is pd.DataFrame, "Does known_in_time return a table?"
assert not {"arr_time", "arr_delay", "air_time"} & {str(c) for c in may_known_.columns}, (
    "Does your function work for any month?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "known-columns-check-departure", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Nothing is left that is written when the aircraft leaves the gate."""
august_known_ = known_in_time(load_flights(months=[8]).head(200))
assert type(august_known_) is pd.DataFrame, "Does known_in_time return a table?"
assert "carrier" in list(august_known_.columns), "Is the timetable still there?"
assert "dep_delay" not in list(august_known_.columns), (
    "Does the desk know the delay before the departure?"
)
### BEGIN HIDDEN TESTS
assert "dep_time" not in list(august_known_.columns), "When is the real time of departure written?"
assert "tailnum" not in list(august_known_.columns), "When is it written which aircraft flew?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "known-columns-check-keeps", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""All that is known in time is kept, and the table that was given is left as it was."""
july_table_ = load_flights(months=[7]).head(300)
july_before_ = july_table_.copy()
july_known_ = known_in_time(july_table_)
assert type(july_known_) is pd.DataFrame, "Does known_in_time return a table?"
assert {"carrier", "sched_dep_time"} <= set(july_known_.columns), (
    "Did a column of the timetable get lost?"
)
assert july_table_.equals(july_before_), "Did you change the table that was given?"
### BEGIN HIDDEN TESTS
timetable_ = ["year", "month", "day", "sched_dep_time", "sched_arr_time", "carrier", "flight"]
timetable_ += ["origin", "dest", "distance", "hour", "minute", "time_hour"]
in_time_ = [str(c) for c in july_known_.columns if c in timetable_]
assert set(july_known_.columns) <= set(july_before_.columns), "Where does this column come from?"
assert in_time_ == timetable_, "Is a column of the timetable missing, or in another place?"
assert july_known_[timetable_].equals(july_before_[timetable_]), "Did you change rows, or values?"
july_mixed_ = july_before_.sample(320, replace=True, random_state=4).set_axis(range(1320, 1000, -1))
mixed_known_ = known_in_time(july_mixed_.copy())
assert mixed_known_[timetable_].equals(july_mixed_[timetable_]), (
    "If the flights come in another order, or twice, do they stay as they come?"
)
### END HIDDEN TESTS

# %% [markdown]
# From here on we use `features`, which joins only what is known in time. It even takes the weather report of the hour
# *before*, because the report of an hour is written at about its minute 51. What is the model worth without the leak?

# %%
inputs = features(winter, weather)
honest = make_model().fit(inputs.loc[train], late[train])
honest_auc = roc_auc_score(late[test], honest.predict_proba(inputs.loc[test])[:, 1])
print(f"AUC {first_auc:.3f} with the leak, {honest_auc:.3f} without")

# %% [markdown]
# That is not a failure. Now the model is asked what the desk will ask it: what can be known before the flight leaves?

# %% [markdown]
# ## Is it a number about the future?
#
# `train_test_split` shuffles. So the model is tested on an 8:15 flight after it has learned from the 8:20 flight in the
# same storm. Production comes *after* training. We compare three tests: shuffled flights, whole days held out, and a
# later month; for our model and for a random forest, on the same columns.

# %%
day = winter.month * 100 + winter.day
some_days = day.drop_duplicates().sample(frac=0.25, random_state=0)
held_out = day.isin(some_days)
january_february = winter.index[arrived & (winter.month < 3)]
march = winter.index[arrived & (winter.month == 3)]
tests = {
    "shuffled": (train, test),
    "whole days": (winter.index[arrived & ~held_out], winter.index[arrived & held_out]),
    "March": (january_february, march),
}

# %% [markdown]
# Each model is trained and scored on each of the three.

# %%
numbers = inputs.select_dtypes("number")
forest = RandomForestClassifier(10, min_samples_leaf=10, random_state=0)
auc = {}
for name, model in [("logistic", make_model()), ("forest", forest)]:
    for split, (fit, score) in tests.items():
        model.fit(numbers.loc[fit], late[fit])
        auc[name, split] = roc_auc_score(late[score], model.predict_proba(numbers.loc[score])[:, 1])
pd.Series(auc).unstack()[list(tests)].round(3)

# %% [markdown]
# Read along the rows. With shuffled flights you would ship the forest. Hold out whole days and its lead is gone: it had
# recognised single days by their weather. On a March that neither has seen, the logistic model wins. **Split in time**
# whenever a model will be used on later data.

# %% [markdown] nbgrader={"grade": false, "grade_id": "split-in-time-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: split in time
#
# Write `split_in_time`. It returns two tables: the flights with `time_hour` *before* `cutoff`, and those *at or after*
# it. Every flight lands in exactly one of them, with the index that it had. Do not count on the rows being sorted, and
# leave the given table as it is.


# %% nbgrader={"grade": false, "grade_id": "split-in-time", "locked": false, "schema_version": 3, "solution": true, "task": false}
def split_in_time(flights, cutoff):
    """Return (train, test): the flights before `cutoff`, and those at or after it."""
    ### BEGIN SOLUTION
    is_before = flights["time_hour"] < cutoff
    return flights[is_before], flights[~is_before]
    ### END SOLUTION


# %%
first_of_march = pd.Timestamp("2013-03-01", tz="America/New_York")
to_train, to_test = split_in_time(winter, first_of_march)  # try it
len(to_train), len(to_test)

# %% nbgrader={"grade": true, "grade_id": "split-in-time-check-order", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Train holds flights before the cutoff only, test none of them."""
spring_ = load_flights(months=[4, 5])
first_of_may_ = pd.Timestamp("2013-05-01 00:30", tz="America/New_York")
april_part_, may_part_ = split_in_time(spring_, first_of_may_)
assert type(april_part_) is pd.DataFrame and type(may_part_) is pd.DataFrame, (
    "Do you return two tables?"
)
assert april_part_["time_hour"].dtype == spring_["time_hour"].dtype, "Did you change a column?"
assert len(april_part_) and april_part_["time_hour"].max() < first_of_may_, (
    "Has train seen the future?"
)
assert len(may_part_) and may_part_["time_hour"].min() >= first_of_may_, "Is the past in your test?"
### BEGIN HIDDEN TESTS
mixed_ = load_flights(months=[9, 10]).sample(4000, random_state=11)
middle_ = mixed_["time_hour"].quantile(0.3).floor("h") + pd.Timedelta(minutes=30)
early_part_, late_part_ = split_in_time(mixed_, middle_)
assert type(early_part_) is pd.DataFrame and type(late_part_) is pd.DataFrame, (
    "Are both of the parts tables?"
)
assert early_part_["time_hour"].max() < middle_, "Is train right in any order of the rows?"
assert late_part_["time_hour"].min() >= middle_, "Is test right in any order of the rows?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "split-in-time-check-complete", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Every flight is in exactly one part, with its own index."""
autumn_ = load_flights(months=[10]).head(3000)
older_, newer_ = split_in_time(autumn_, autumn_["time_hour"].iloc[1500])
assert len(older_) + len(newer_) == 3000, "Did you lose a flight, or count one twice?"
### BEGIN HIDDEN TESTS
odd_ = load_flights(months=[11]).sample(500, random_state=5)
odd_.index = np.random.default_rng(5).permutation(10_000)[:500]
odd_given_ = odd_.copy()
one_, two_ = split_in_time(odd_given_, odd_["time_hour"].median())
assert type(one_) is pd.DataFrame and type(two_) is pd.DataFrame, "Are both of the parts tables?"
assert sorted([*one_.index, *two_.index]) == sorted(odd_.index), "Does each flight keep its index?"
assert pd.concat([one_, two_]).loc[odd_.index, odd_.columns].equals(odd_), (
    "Did you change a value, or the type of a column?"
)
assert odd_given_.equals(odd_), "Did you change the table that was given?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "split-in-time-check-boundary", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A flight exactly at the cutoff belongs to test."""
toy_hours_ = pd.date_range("2013-05-01", periods=4, freq="h", tz="UTC")
toy_train_, toy_test_ = split_in_time(pd.DataFrame({"time_hour": toy_hours_}), toy_hours_[2])
assert type(toy_test_) is pd.DataFrame, "Do you return two tables?"
assert len(toy_test_) == 2 and toy_test_["time_hour"].min() == toy_hours_[2], (
    "Where does a flight go whose hour is the cutoff itself?"
)
### BEGIN HIDDEN TESTS
same_ = pd.DataFrame({"time_hour": [toy_hours_[1]] * 3})
no_train_, all_test_ = split_in_time(same_, toy_hours_[1])
assert (len(no_train_), len(all_test_)) == (0, 3), (
    "Where do flights go whose hour is the cutoff itself?"
)
all_train_, no_test_ = split_in_time(same_, toy_hours_[3])
assert (len(all_train_), len(no_test_)) == (3, 0), "What if the cutoff is later than every flight?"
### END HIDDEN TESTS

# %% [markdown]
# ## How does it age?
#
# Take the model that was trained on January and February, freeze it, and let the rest of 2013 come in. Nobody changes a
# line of code.

# %%
year = load_flights()
year_late = labels(year)
frozen = make_model().fit(inputs.loc[january_february], late[january_february])
year_scores = pd.Series(frozen.predict_proba(features(year, weather))[:, 1], index=year.index)
year_scores.head()

# %% [markdown] nbgrader={"grade": false, "grade_id": "quality-by-month-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: quality by month
#
# Write `auc_by_month`. `flights` has a column `month`; `late` and `probability` are Series with the index of `flights`.
# Return a Series of AUC with the months as its index. Flights whose outcome is missing (NaN) do not count. Score with
# `roc_auc_score(late, probability)`, and leave what you are given as it is.


# %% nbgrader={"grade": false, "grade_id": "quality-by-month", "locked": false, "schema_version": 3, "solution": true, "task": false}
def auc_by_month(flights, late, probability):
    """Return the AUC of each month, over the flights whose outcome is known."""
    ### BEGIN SOLUTION
    known = late.notna()
    months = flights["month"][known]
    return pd.Series(
        {
            month: roc_auc_score(late[rows.index], probability[rows.index])
            for month, rows in months.groupby(months)
        }
    )
    ### END SOLUTION


# %%
monthly = auc_by_month(year, year_late, year_scores)  # try it
later = monthly.loc[4:]
title = f"AUC {monthly[3]:.2f} in March, {later.mean():.2f} on average after it, {later.min():.2f} at worst"
figure = lines({"frozen in\nFebruary": monthly}, title, "Month of 2013", "AUC")
show(figure, "A line over the months of 2013: the AUC of the model that is frozen in February")

# %% nbgrader={"grade": true, "grade_id": "quality-by-month-check-months", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""There is one AUC for each month that has flights."""
toy_flights_ = pd.DataFrame({"month": [7, 7, 9, 9]})
toy_auc_ = auc_by_month(toy_flights_, pd.Series([0.0, 1, 0, 1]), pd.Series([0.1, 0.9, 0.4, 0.2]))
assert type(toy_auc_) is pd.Series, "Do you return a Series?"
assert sorted(toy_auc_.index) == [7, 9], "Is the index made of the months, each of them once?"
### BEGIN HIDDEN TESTS
autumn_flights_ = load_flights(months=[2, 10, 11]).sample(3000, random_state=7)
autumn_scores_ = pd.Series(np.random.default_rng(7).random(3000), index=autumn_flights_.index)
autumn_auc_ = auc_by_month(autumn_flights_, labels(autumn_flights_).fillna(0.0), autumn_scores_)
assert type(autumn_auc_) is pd.Series, "Do you return a Series?"
assert sorted(autumn_auc_.index) == [2, 10, 11], "Is there one AUC for each month that has flights?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "quality-by-month-check-values", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Each month is scored by its own flights: 1 for a perfect order, 0 for its reverse."""
toy_months_ = pd.DataFrame({"month": [3, 4, 3, 4, 3, 4]})
toy_late_ = pd.Series([0.0, 0, 1, 1, 0, 0])
toy_by_month_ = auc_by_month(toy_months_, toy_late_, pd.Series([0.2, 0.8, 0.7, 0.3, 0.1, 0.9]))
assert type(toy_by_month_) is pd.Series and {3, 4} <= set(toy_by_month_.index), (
    "Do you return a Series with the months as its index?"
)
assert math.isclose(float(toy_by_month_[3]), 1), "Is March scored by March's flights alone?"
assert math.isclose(float(toy_by_month_[4]), 0, abs_tol=1e-9), "Is a low score still a low score?"
### BEGIN HIDDEN TESTS
rng_ = np.random.default_rng(21)
blind_ = pd.DataFrame({"month": rng_.integers(1, 13, 4000)})
blind_late_ = pd.Series(rng_.integers(0, 2, 4000).astype(float))
blind_scores_ = (blind_late_ * rng_.random(4000) + rng_.random(4000)) / 2
for ask_, index_ in (("as they are", range(4000)), ("by index", rng_.permutation(4000) + 50)):
    blind_, blind_late_, blind_scores_ = (
        t.set_axis(index_) for t in (blind_, blind_late_, blind_scores_)
    )
    blind_auc_ = auc_by_month(blind_, blind_late_, blind_scores_)
    for m_ in range(1, 13):
        ranks_ = blind_scores_[blind_["month"] == m_].rank()[blind_late_ == 1]
        n_, k_ = (blind_["month"] == m_).sum(), len(ranks_)
        expected_auc_ = (ranks_.sum() - k_ * (k_ + 1) / 2) / (k_ * (n_ - k_))
        assert math.isclose(float(blind_auc_[m_]), expected_auc_, abs_tol=1e-6), (
            f"Are the probabilities used {ask_}?"
        )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "quality-by-month-check-missing", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A flight whose outcome is missing does not count."""
gap_flights_ = pd.DataFrame({"month": [5, 5, 5, 5]})
gap_late_ = pd.Series([0.0, 1.0, float("nan"), float("nan")])
gap_auc_ = auc_by_month(gap_flights_, gap_late_, pd.Series([0.2, 0.6, 0.9, 0.1]))
assert math.isclose(float(gap_auc_[5]), 1), "What do you do with a flight that was cancelled?"
### BEGIN HIDDEN TESTS
holes_late_ = pd.Series([0.0, 1, 1, np.nan, 0, np.nan, 1, 0], index=list("abcdefgh"))
holes_ = pd.DataFrame({"month": [1, 1, 2, 2, 2, 1, 1, 2], "gate": np.nan}, index=list("abcdefgh"))
holes_scores_ = pd.Series([0.3, 0.4, 0.2, 0.9, 0.5, 0.1, 0.2, 0.1], index=list("abcdefgh"))
holes_given_ = (holes_, holes_late_, holes_scores_)
holes_before_ = [given_.copy() for given_ in holes_given_]
holes_auc_ = auc_by_month(holes_, holes_late_, holes_scores_)
assert math.isclose(float(holes_auc_[1]), 0.5), (
    "Do you leave out the cancelled flights, and no others?"
)
assert math.isclose(float(holes_auc_[2]), 0.5), (
    "Do you leave out the cancelled flights, and no others?"
)
for given_, was_ in zip(holes_given_, holes_before_, strict=True):
    assert given_.equals(was_), "Did you change the tables that were given, or their order?"
### END HIDDEN TESTS

# %% [markdown]
# January and February are its training months; judge it from March on. The *order* of the scores got somewhat worse, and
# AUC looks at nothing else. Is the model also **calibrated**, that is: of the flights to which it gives 30 %, are 30 %
# late? Compare what it expects with what comes.

# %%
both = pd.DataFrame({"late": year_late, "expected": year_scores})[year_late.notna()]
share = both.groupby(year.month).mean()
title = (
    f"In July the model expects {share.expected[7]:.0%} late flights, and {share.late[7]:.0%} come"
)
curves = {"really late": share.late, "expected by\nthe model": share.expected}
figure = lines(curves, title, "Month of 2013", "Share of flights", percent=True)
show(
    figure, "Two lines over the months: the share of late flights, and the share that was expected"
)

# %% [markdown]
# It had seen two months of one winter, and summer is another world. When data moves away from what a model was trained
# on, that is **drift**; the quality that is lost is **model decay**. Nothing crashed and no test went red. By December
# it ranks well again, without anyone's help, and still expects too few late flights.

# %% [markdown]
# ## What do its mistakes cost?
#
# Nobody pays for AUC. FlightDesk's finance team counts: a needless warning, a **false alarm**, costs 20 euros for a
# rebooking that nobody needed; a late flight without a warning, a **miss**, costs 60 for the passengers who are stranded.
# The **threshold** is the probability at which the desk warns.

# %% [markdown] nbgrader={"grade": false, "grade_id": "expected-cost-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: the expected cost of a threshold
#
# Write `expected_cost`: the mean cost per flight, in euros and not rounded, if the desk warns of every flight whose
# probability is at `threshold` or above. `late` is an array of 0 and 1, `probability` an array of the same length; leave
# both as they are. A correct warning and a correct silence cost nothing.


# %% nbgrader={"grade": false, "grade_id": "expected-cost", "locked": false, "schema_version": 3, "solution": true, "task": false}
def expected_cost(late, probability, threshold, false_alarm, miss):
    """Return the mean cost per flight in euros."""
    ### BEGIN SOLUTION
    warned = np.asarray(probability) >= threshold
    was_late = np.asarray(late) == 1
    return float(np.mean(false_alarm * (warned & ~was_late) + miss * (~warned & was_late)))
    ### END SOLUTION


# %%
costs = {}
for month in [3, 7, 9]:  # try it
    rows = year_late.notna() & (year.month == month)
    truth, score = year_late[rows].to_numpy(), year_scores[rows].to_numpy()
    costs[month] = [expected_cost(truth, score, t / 100, 20, 60) for t in range(0, 101, 5)]
costs = pd.DataFrame(costs, index=range(0, 101, 5))
title = f"In July 25 % costs €{costs[7][25]:.2f} a flight, warning of everything €{costs[7][0]:.2f}"
curves = {"March": costs[3], "July": costs[7], "September": costs[9]}
figure = lines(curves, title, "Threshold in percent", "Cost in € per flight")
show(figure, "Three lines over the threshold: the cost of a flight in March, July and September")

# %% nbgrader={"grade": true, "grade_id": "expected-cost-check-never", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A threshold that no flight reaches costs every miss, and no false alarm."""
silent_ = expected_cost(np.array([1, 0, 0, 1]), np.array([0.2, 0.9, 0.4, 0.6]), 0.95, 20, 60)
assert silent_ is not None, "Does expected_cost return its result?"
assert math.isclose(float(silent_), 30), "If the desk never warns, what does each late flight cost?"
### BEGIN HIDDEN TESTS
rng_never_ = np.random.default_rng(31)
never_late_ = rng_never_.integers(0, 2, 500)
never_ = expected_cost(never_late_, rng_never_.random(500) * 0.5, 0.75, 7.0, 11.0)
assert math.isclose(float(never_), 11 * never_late_.mean(), rel_tol=1e-6), (
    "Do you use the costs that are given?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "expected-cost-check-always", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A threshold of 0 costs a false alarm for each punctual flight, and no miss."""
loud_ = expected_cost(np.array([1, 0, 0, 0]), np.array([0.2, 0.9, 0.4, 0.6]), 0, 20, 60)
assert loud_ is not None, "Does expected_cost return its result?"
assert math.isclose(float(loud_), 15), (
    "If the desk always warns, what does each punctual flight cost?"
)
### BEGIN HIDDEN TESTS
rng_always_ = np.random.default_rng(32)
always_late_ = rng_always_.integers(0, 2, 700)
always_ = expected_cost(always_late_, rng_always_.random(700), 0, 20, 60)
assert math.isclose(float(always_), 20 * (1 - always_late_.mean()), rel_tol=1e-6), (
    "If the desk always warns, what does a flight cost on average?"
)
only_late_ = expected_cost(np.ones(3, dtype=int), np.array([0.2, 0.3, 0.4]), 0, 20, 60)
assert math.isclose(float(only_late_), 0, abs_tol=1e-9), "What if every flight is late?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "expected-cost-check-mixed", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Both kinds of mistake count, each at its own price, over all flights."""
five_late_, five_scores_ = np.array([1.0, 0, 1, 0, 0]), np.array([0.1, 0.8, 0.7, 0.9, 0.3])
two_kinds_ = expected_cost(five_late_, five_scores_, 0.5, 20, 60)
assert two_kinds_ is not None, "Does expected_cost return its result?"
assert math.isclose(float(two_kinds_), 20), "Which flights are misses here, and which false alarms?"
### BEGIN HIDDEN TESTS
rng_mixed_ = np.random.default_rng(33)
truth_, p_ = rng_mixed_.integers(0, 2, 300).astype(float), rng_mixed_.random(300)
pairs_ = list(zip(truth_.tolist(), p_.tolist(), strict=True))
for t_ in (0.2, 0.55, 0.9):
    bill_ = sum(
        12.125 if y == 0 and q >= t_ else 37.375 if y == 1 and q < t_ else 0 for y, q in pairs_
    )
    got_ = expected_cost(truth_, p_, t_, 12.125, 37.375)
    assert pairs_ == list(zip(truth_.tolist(), p_.tolist(), strict=True)), (
        "Did you change an array?"
    )
    assert math.isclose(float(got_), bill_ / 300, rel_tol=1e-6), (
        "Is it the exact mean of every false alarm and every miss, at the prices given?"
    )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "expected-cost-check-boundary", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A flight exactly at the threshold is warned of."""
edge_ = expected_cost(np.array([1, 0]), np.array([0.25, 0.1]), 0.25, 20, 60)
assert edge_ is not None, "Does expected_cost return its result?"
assert math.isclose(float(edge_), 0, abs_tol=1e-9), (
    "Is a flight warned of whose probability is 0.25?"
)
### BEGIN HIDDEN TESTS
edge_late_ = expected_cost(np.array([1, 1, 0]), np.array([0.5, 0.5, 0.4]), 0.5, 30, 90)
assert math.isclose(float(edge_late_), 0, abs_tol=1e-9), "Is a flight warned of at the threshold?"
edge_punctual_ = expected_cost(np.array([0, 0]), np.array([0.5, 0.5]), 0.5, 30, 90)
assert float(edge_punctual_) > 0, "Is a flight warned of at the threshold?"
### END HIDDEN TESTS

# %% [markdown]
# For a calibrated model the best threshold is 20 / (20 + 60) = 25 %: there, the expected miss costs as much as the
# expected false alarm. In March, which the model had not seen, 25 % is indeed the cheapest. In July, at that same
# threshold, the desk does worse than if it warned of everything. In September hardly a warning pays. A threshold ages
# with its model.

# %% [markdown]
# ## What happens in nine months of production?
#
# Here are all 39 production weeks and three models, each trained on the whole winter. The **leaky** one is your
# colleague's: in production `dep_delay` is empty, the pipeline fills in the winter's median, and nothing complains. The
# **honest** one is frozen. The **retrained** one learns anew every four weeks, from nine weeks of outcomes, which
# arrive two weeks late. Move the week with the arrow keys.

# %%
from course.widgets.year_in_production import YearInProduction

YearInProduction(false_alarm=20, miss=60)

# %% [markdown]
# Try three things. **Leaky:** in how many weeks does it come near the AUC of its notebook (trained on January and
# February, tested on March)? **Honest:** of how many late flights does it warn in weeks 12 to 20? **Retrained:** at
# which threshold does the year cost least? The next cells do the sums.

# %%
from course.replay import replay_year

bill = {}
for name, replay in replay_year().items():
    bill[name] = {t: replay.cost(t / 100, 20, 60).sum() / 1e6 for t in range(5, 35, 5)}
bill = pd.DataFrame(bill).rename_axis("threshold, %")
print(
    f"No warnings at all: €{60 * replay.late.sum() / 1e6:.2f} million; with them, in millions of euros:"
)
bill.round(2)

# %% [markdown]
# A model that stays calibrated is cheapest near 25 %, as the rule says. The honest one is not any more: with hindsight
# a lower threshold would have saved something. How much of the difference is that, and how much is retraining?

# %%
frozen_cost, best_cost = bill.honest[25], bill.honest.min()
better = (replay_year()["retrained"].auc > replay_year()["honest"].auc).sum()
print(f"honest at 25 %: {frozen_cost:.2f}, at its best threshold: {best_cost:.2f}")
print(
    f"retrained at 25 %: {bill.retrained[25]:.2f}, at its best threshold: {bill.retrained.min():.2f}"
)
print(f"retrained ranks better than honest in {better} of 39 weeks")

# %% [markdown]
# A new threshold is the cheap remedy, if somebody notices in time. Retraining does more, and not every week. Both take
# work that goes on after the notebook is closed: collecting outcomes, measuring, deciding, training again, releasing
# safely. That work, and its automation, is what this course is about.

# %% [markdown]
# ## What would have caught it?
#
# **MLOps** is the practice of building, releasing and running machine learning so that it can be trusted every day: code,
# data and models are versioned, tested, deployed and monitored by automation, and trained again when the world moves.
# Its **lifecycle** has an answer to everything that went wrong here, and to what goes wrong next:

# %% [markdown]
# | what went wrong, or will | what answers it | lesson |
# | --- | --- | --- |
# | the next colleague asks which lines and which data made that AUC | experiments that can be repeated | 02 |
# | a column was empty in production | checks of incoming data; the same features in training and serving | 03, 06 |
# | the leak and the shuffled split went unnoticed | tests for data and models, and a gate before each release | 04, 05 |
# | after a few retrainings, nobody knows which model is live | a model registry, careful deployment | 07, 08 |
# | expected and real lateness parted for months, in silence | monitoring of inputs, scores and late outcomes | 09 |
# | the model stayed in winter | retraining by a policy, with approval | 10, 11 |

# %% [markdown] nbgrader={"grade": false, "grade_id": "lifecycle-order-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: the order of the lifecycle
#
# The lifecycle is a loop: monitoring leads back to training. One round of it is a chain of stages that need each other,
# and a **pipeline** tool finds their order. Do the same: `needs` maps each stage to the set of stages that come before
# it. Return a list in which every stage stands once, after all that it needs; leave `needs` as it is. If stages wait
# for each other in a circle, raise a `ValueError`.

# %%
lifecycle = {
    "deploy": {"approve"},
    "train": {"validate data", "build features"},
    "monitor": {"deploy"},
    "validate data": {"collect data"},
    "approve": {"evaluate"},
    "build features": {"validate data"},
    "evaluate": {"train"},
    "collect data": set(),
}


# %% nbgrader={"grade": false, "grade_id": "lifecycle-order", "locked": false, "schema_version": 3, "solution": true, "task": false}
def lifecycle_order(needs):
    """Return the stages in an order in which each comes after all that it needs."""
    ### BEGIN SOLUTION
    order = []
    while len(order) < len(needs):
        ready = [stage for stage in needs if stage not in order and needs[stage] <= set(order)]
        if not ready:
            raise ValueError("These stages wait for each other.")
        order.append(ready[0])
    return order
    ### END SOLUTION


# %%
lifecycle_order(lifecycle)  # try it

# %% nbgrader={"grade": true, "grade_id": "lifecycle-order-check-each-once", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Every stage stands in the list exactly once."""
toy_plan_ = {"serve": {"fit"}, "fit": {"load"}, "load": set()}
toy_order_ = lifecycle_order(toy_plan_)
assert toy_order_ is not None, "Does lifecycle_order return its result?"
toy_order_ = list(toy_order_)
assert all(type(stage) in (str, np.str_) for stage in toy_order_), (
    "Is it a list of the stages' names?"
)
assert sorted(toy_order_) == ["fit", "load", "serve"], "Is a stage missing, or there twice?"
### BEGIN HIDDEN TESTS
wide_ = {"end": {"a", "b", "c"}, "start": set(), "alone": set()}
wide_ |= {middle_stage: {"start"} for middle_stage in "abc"}
wide_order_ = list(lifecycle_order({stage: set(needed) for stage, needed in wide_.items()}))
assert all(type(stage) in (str, np.str_) for stage in wide_order_), (
    "Are the stages named as in the plan?"
)
assert sorted(wide_order_) == ["a", "alone", "b", "c", "end", "start"], (
    "What if two stages need the same one, or a stage needs nothing?"
)
assert list(lifecycle_order({})) == [], "What is the order of no stages?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "lifecycle-order-check-needs-first", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""No stage comes before one that it needs."""
week_plan_ = {"report": {"score"}, "score": {"join"}, "clean": set(), "join": {"clean"}}
week_order_ = lifecycle_order(week_plan_)
assert week_order_ is not None, "Does lifecycle_order return its result?"
week_order_ = list(week_order_)
assert all(type(stage) in (str, np.str_) for stage in week_order_), (
    "Is it a list of the stages' names?"
)
assert week_order_ == ["clean", "join", "score", "report"], (
    "Which stage can start before all others?"
)
### BEGIN HIDDEN TESTS
rng_plan_ = np.random.default_rng(41)
for _ in range(20):
    names_ = [f"stage {n_}" for n_ in rng_plan_.permutation(9)]
    plan_ = {
        name: {o for o in names_[:i] if rng_plan_.random() < 0.4} for i, name in enumerate(names_)
    }
    shuffled_plan_ = {name: set(plan_[name]) for name in rng_plan_.permutation(names_).tolist()}
    found_ = list(lifecycle_order(shuffled_plan_))
    assert all(type(stage) in (str, np.str_) for stage in found_), "Is it a list of the stages?"
    assert sorted(found_) == sorted(names_), "Is a stage missing, or there twice?"
    place_ = {stage: i for i, stage in enumerate(found_)}
    ordered_ = all(place_[o] < place_[n_] for n_ in plan_ for o in plan_[n_])
    assert ordered_, "Does a stage start before what it needs?"
    assert shuffled_plan_ == plan_, "Did you change the plan that was given?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "lifecycle-order-check-circle", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A circle raises a ValueError."""
try:
    lifecycle_order({"hen": {"egg"}, "egg": {"hen"}})
except ValueError:
    refused_ = True
else:
    refused_ = False
assert refused_, "Two stages that wait for each other: can either ever start?"
### BEGIN HIDDEN TESTS
for knot_ in ({"a": {"a"}}, {"go": set(), "x": {"go", "z"}, "y": {"x"}, "z": {"y"}, "end": {"go"}}):
    try:
        lifecycle_order(knot_)
    except ValueError:
        knot_refused_ = True
    else:
        knot_refused_ = False
    assert knot_refused_, (
        "Do you notice a circle of one stage, or of three among others that are fine?"
    )
try:
    lifecycle_order({"b": {"a"}, "a": set()})
except ValueError:
    refused_ = False
assert refused_, "Do you refuse plans that are possible?"
### END HIDDEN TESTS

# %% [markdown]
# ## How is it more than DevOps?
#
# In 2009 John Allspaw and Paul Hammond told how developers and operators of Flickr released together, ten times a day.
# Patrick Debois called a conference in Ghent the same year *DevOpsDays*, and the name stayed. In 2010 Humble and Farley
# wrote down how: a pipeline that builds, tests and can release every change, **continuous delivery**.

# %% [markdown]
# Machine learning breaks an assumption of it: that a product changes only when its code does. In 2015 Sculley and
# colleagues at Google described the **hidden technical debt** of ML systems: the model is a small box among large ones
# for data, serving and monitoring, and *changing anything changes everything*. The word MLOps spread from about 2018.

# %% [markdown]
# | | DevOps | MLOps adds |
# | --- | --- | --- |
# | what is versioned | code, configuration | data and models, each tied to the code that made it |
# | what is tested | does the code do what it should? | is the data what we trained on? is the model better, for each airport too? |
# | what is continuous | integration (**CI**) and delivery (**CD**) | training (**CT**) |
# | why a product fails | a change, a crash, load | also without any change: the world drifts |
# | what is monitored | latency, errors, traffic | inputs, scores, and outcomes that arrive weeks late |

# %% [markdown] nbgrader={"grade": false, "grade_id": "devops-or-mlops-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: DevOps, or added by MLOps?
#
# For each practice A to J say whether software teams without any model have it already, `"DevOps"`, or whether it is
# there because of data and models, `"MLOps"`. Answer with a dictionary: `practices = {"A": "DevOps", "B": ...}`.
#
# - **A** Every change of code is reviewed and tested before it is merged.
# - **B** With each release, the version of the data that it learned from is recorded.
# - **C** Servers are described in files, and rebuilt from them.
# - **D** A new release first gets one percent of the traffic.
# - **E** This week's inputs are compared with those of last winter.
# - **F** The product is built anew because new data has arrived; no line of code has changed.
# - **G** Someone is called at night when the error rate of the service rises.
# - **H** A release is refused: its forecasts are better on average, and worse for one airport.
# - **I** Passwords are kept out of the repository.
# - **J** Outcomes that arrive two weeks late are joined to what was predicted.

# %% nbgrader={"grade": false, "grade_id": "devops-or-mlops", "locked": false, "schema_version": 3, "solution": true, "task": false}
# practices = {"A": ..., "B": ..., and so on to "J"}: each "DevOps" or "MLOps"
### BEGIN SOLUTION
practices = dict.fromkeys("ACDGI", "DevOps") | dict.fromkeys("BEFHJ", "MLOps")
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "devops-or-mlops-check-before", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""The practices before a release are sorted: A, B, C, H, I."""
assert isinstance(practices, dict) and set(practices) == set("ABCDEFGHIJ"), (
    "Is there one answer for each of A to J?"
)
words_ = {key: str(getattr(word, "value", word)).strip().lower() for key, word in practices.items()}
assert set(words_.values()) <= {"devops", "mlops"}, 'Is each answer "DevOps" or "MLOps"?'
### BEGIN HIDDEN TESTS
assert [words_[key] for key in "ABCHI"] == ["devops", "mlops", "devops", "mlops", "devops"], (
    "Would a team that runs a web shop without any model do each of A, B, C, H and I?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "devops-or-mlops-check-after", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""The practices around a running product are sorted: D, E, F, G, J."""
assert isinstance(practices, dict) and set(practices) == set("ABCDEFGHIJ"), (
    "Is there one answer for each of A to J?"
)
words_ = {key: str(getattr(word, "value", word)).strip().lower() for key, word in practices.items()}
assert set(words_.values()) <= {"devops", "mlops"}, 'Is each answer "DevOps" or "MLOps"?'
### BEGIN HIDDEN TESTS
assert [words_[key] for key in "DEFGJ"] == ["devops", "mlops", "mlops", "devops", "mlops"], (
    "Would a team that runs a web shop without any model do each of D, E, F, G and J?"
)
### END HIDDEN TESTS

# %% [markdown]
# ## How mature is a team?
#
# Google's engineers describe three levels of automation; the field has largely adopted them (Microsoft counts five).
# Read them by two questions: *who starts a training?* and *who releases a change of the pipeline?*

# %% [markdown]
# | level | a training | a change of the pipeline | signs |
# | --- | --- | --- | --- |
# | **0**, manual | a person, now and then | there is no pipeline; a model file is handed over | notebooks, rare releases, no monitoring of quality |
# | **1**, pipeline automation | the pipeline itself, on new data, a schedule or an alarm: continuous training | a person tests and deploys it by hand | the same pipeline in development and production, validation of data and model |
# | **2**, CI/CD automation | as level 1 | automation builds, tests and deploys it | many pipelines, changed often |

# %% [markdown] nbgrader={"grade": false, "grade_id": "maturity-levels-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: eight teams
#
# Give each team its level: `levels = {"A": 0, "B": ...}`.
#
# - **A** A data scientist mails a model file to operations once a quarter.
# - **B** Every Sunday a pipeline trains on the newest data, validates the model and deploys it. To change the pipeline, an engineer copies new code to the server.
# - **C** A merge builds and tests the pipeline and rolls it out. The pipeline retrains when its monitor reports drift.
# - **D** When users complain, someone runs the notebook again.
# - **E** An alarm on quality starts the training pipeline. Twice a year the pipeline is changed, tested and installed by hand.
# - **F** The web service is tested and deployed by CI/CD at every commit. Its model is a file that a person trains and commits.
# - **G** Ten pipelines retrain on schedules. A change of the shared feature code is tested, built and rolled out to all ten by automation.
# - **H** Training runs nightly on fresh data with checks of data and model; an engineer installs new versions of the pipeline by hand on Fridays.

# %% nbgrader={"grade": false, "grade_id": "maturity-levels", "locked": false, "schema_version": 3, "solution": true, "task": false}
# levels = {"A": ..., "B": ..., and so on to "H"}: each 0, 1 or 2
### BEGIN SOLUTION
levels = {"A": 0, "B": 1, "C": 2, "D": 0, "E": 1, "F": 0, "G": 2, "H": 1}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "maturity-levels-check-a-to-d", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Teams A to D stand on the right level."""
assert isinstance(levels, dict) and set(levels) == set("ABCDEFGH"), (
    "Is there one level for each of A to H?"
)
digits_ = {team: str(level).removesuffix(".0") for team, level in levels.items()}
assert set(digits_.values()) <= {"0", "1", "2"}, "Is each level 0, 1 or 2?"
### BEGIN HIDDEN TESTS
assert "".join(digits_[team] for team in "ABCD") == "0120", (
    "For each of A to D: who starts a training, and who releases a change of the pipeline?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "maturity-levels-check-e-to-h", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Teams E to H stand on the right level."""
assert isinstance(levels, dict) and set(levels) == set("ABCDEFGH"), (
    "Is there one level for each of A to H?"
)
digits_ = {team: str(level).removesuffix(".0") for team, level in levels.items()}
assert set(digits_.values()) <= {"0", "1", "2"}, "Is each level 0, 1 or 2?"
### BEGIN HIDDEN TESTS
assert "".join(digits_[team] for team in "EFGH") == "1021", (
    "For each of E to H: is the model automated, the pipeline, or only the software around it?"
)
### END HIDDEN TESTS

# %% [markdown]
# Level 2 is not a medal. A model that is trained twice a year by one person who checks it well may be right at level 0.
# Automate what you do often, and what hurts when it is late.

# %% [markdown]
# ## Who does what?
#
# Small teams share the roles. What must not be missing is the **hand-off**, what one gives to the next: had anyone
# handed over *when each column is written*, the leak would not have shipped.
#
# | role | answers for | hands over |
# | --- | --- | --- |
# | data engineer | feeds that arrive, complete and on time | tables with a schema, and when each column is written |
# | data scientist | a model that solves the problem | code that trains it, and a fair estimate of its quality |
# | ML engineer | pipelines, tests, serving, retraining | a versioned model, with the code and data that made it |
# | platform or operations | machines, deployment, alarms | a service with its metrics, someone on call |
# | product owner | the costs of mistakes, the threshold | what a miss and a false alarm cost |
# | risk or compliance | who may say yes | an approval that can be shown later |

# %% [markdown]
# ## What does a certificate say?
#
# Organisations certify people to have a yardstick: for hiring, for clients and auditors, and to give a team one
# vocabulary. What the exams ask is alike: data preparation, model development, deployment and orchestration, monitoring
# and security. AWS's *Machine Learning Engineer, Associate* weights these four 28, 26, 22 and 24 %, in 65 questions and
# 130 minutes; Google's *Professional Machine Learning Engineer* asks 50 to 60 questions in two hours.

# %% [markdown]
# Certificates expire, because tools change: after three years at AWS, two at Google and Databricks, one at Microsoft.
# To renew, one sits an exam again; at Microsoft, a free open-book assessment online. This was so in 2026: look at the
# vendor's page before you book. And no paper shows that someone can do the work, which is why you write code here.

# %% [markdown]
# ## What you can do now
#
# - You find leakage by asking when a column is written, and you split in time.
# - You measure a frozen model month by month, compare what it expects with what comes, and turn its mistakes into euros.
# - You can say why a model decays while nothing crashes, and what MLOps adds to DevOps.
# - You place a team on level 0, 1 or 2 by two questions, and know the hand-offs.
# - In lesson 02 you make sure that a number can be made again.

# %% [markdown]
# ## Go deeper
#
# - Sculley et al., *Hidden Technical Debt in Machine Learning Systems*, NeurIPS 2015.
# - Breck et al., *The ML Test Score: A Rubric for ML Production Readiness*, IEEE Big Data 2017.
# - Google Cloud Architecture Center, *MLOps: Continuous delivery and automation pipelines in machine learning*: the three levels.
# - Kreuzberger, Kühl, Hirschl, *Machine Learning Operations (MLOps): Overview, Definition, and Architecture*, 2022: roles and principles.
# - Kaufman et al., *Leakage in Data Mining*, ACM TKDD 2012.
# - scikit-learn user guide: *Common pitfalls*, and `TimeSeriesSplit` for splits in time.

# %% [markdown]
# ## The same thing, in other words
#
# | here | MLflow | SageMaker | Vertex AI | Databricks | DataRobot |
# | --- | --- | --- | --- | --- | --- |
# | training run | run in an experiment | training job, run | training job, run | MLflow run | model on the leaderboard |
# | registered model | registered model, alias | model package group | Model Registry | model in Unity Catalog | registered model |
# | pipeline | — | Pipelines | Pipelines | Lakeflow Jobs | — |
# | serving | `mlflow models serve` | endpoint | endpoint | Model Serving | deployment |
# | monitoring for drift | — | Model Monitor | Model Monitoring | data profiling | data drift, accuracy |
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
