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
# # CI/CD
#
# **Lesson 05 of 12, about 110 minutes.** *How does a commit become a deployment, and what stops it?*

# %% [markdown]
# ## What you will be able to do
#
# - push a change through a real pipeline, and read which stage stopped it (20 minutes)
# - write a promotion gate with a margin, a slice floor and a minimum sample (20 minutes)
# - promote through environments, and roll back exactly (15 minutes)
# - write a test that catches a regression (25 minutes)
# - write a workflow whose jobs gate a model, with least permissions and no secret in a log (30 minutes)

# %% [markdown]
# Run the cells from the top. Where a cell raises `NotImplementedError`, put your answer in place of that line. The locked
# cells below it check you: silence is a good sign, red ends with a question. More checks run when you are graded. For a full
# check press *Check my work* at the end, or ask in a terminal: `mlops-course check ci-cd`. This lesson needs `git`.

# %%
import hashlib
import json
import numpy as np
import pandas as pd
from course.bug_hunt import hunt
from course.project import TEMPLATE, Project
from course.releases import history, practice
from course.workflow import judge, report
from course.workspace import open_workspace

workspace = open_workspace("05-ci-cd")

# %% [markdown]
# ## What lies between a commit and a user?
#
# You take over FlightDesk's model service: a package, its tests, its data with a schema, a training script. The next cell
# makes it in your workspace, as a real git repository, with the team's git server beside it. Nothing in this lesson is
# acted out.

# %%
project = Project(workspace.folder / "desk")
production = project.environments / "production"
print(project.git("log", "--oneline"))
print(project.git("ls-files"))

# %% [markdown]
# The file to read first is `noxfile.py`. It has a **session** for each stage of the **pipeline**, and each session is a
# command that ends with an exit code: 0 means go on, anything else means stop. That is all a pipeline is.

# %%
for line in (project.folder / "noxfile.py").read_text().splitlines():
    if line.startswith(("def ", "    session.run")):
        print(line.strip())

# %% [markdown]
# Whoever wants to run the stages calls `nox`: you on your laptop, the team's git server, GitHub. So a stage that is green
# here is green there, and there is one place to mend it. Three names for what is automated:
#
# | | runs when | ends with |
# | --- | --- | --- |
# | **CI**, continuous integration | a commit is pushed | a commit that may be merged |
# | **CD**, continuous delivery | a commit is on main | a release that serves users |
# | **CT**, continuous training | data has changed, without a commit: every month, or on drift | a new model, which goes through the same gate |

# %% [markdown]
# Stages cost time, and a failure in the last one has wasted all the others. So the cheap ones come first, as far as their
# needs allow.

# %% [markdown] nbgrader={"grade": false, "grade_id": "stage-order-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: fail cheapest first
#
# Write `run_order(stages)`. `stages` has for each stage its seconds, whole or not, and the set of stages that it needs:
# `{"train": (90, {"lint"}), "lint": (0.2, set())}`. Return the names in a list: a stage comes after all that it needs, and of
# those that could run next, always the one that takes the fewest seconds. (No two take the same.) Where stages need each
# other in a circle, raise `ValueError`.


# %% nbgrader={"grade": false, "grade_id": "stage-order", "locked": false, "schema_version": 3, "solution": true, "task": false}
def run_order(stages):
    """Return the stages' names, each after what it needs, the cheapest of those that can run first."""
    ### BEGIN SOLUTION
    done = []
    while len(done) < len(stages):
        ready = [
            (cost, stage)
            for stage, (cost, needed) in stages.items()
            if stage not in done and needed.issubset(done)
        ]
        if not ready:
            raise ValueError("These stages wait for each other.")
        done.append(min(ready)[1])
    return done
    ### END SOLUTION


# %%
stages = {
    "deploy": (2.0, {"gate"}),
    "gate": (0.5, {"train"}),
    "train": (2.4, {"validate-data"}),
    "test": (1.9, set()),
    "lint": (0.2, set()),
    "validate-data": (0.8, set()),
}
run_order(stages)  # try it

# %% nbgrader={"grade": true, "grade_id": "stage-order-check-cheapest", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Of the stages that can run, the cheapest comes first."""
free_ = {"slow": (30, set()), "quick": (1, set()), "middling": (7, set())}
ordered_ = run_order(dict(free_))
assert ordered_ is not None, "Does run_order return its result?"
assert list(ordered_) == ["quick", "middling", "slow"], "Which stage costs least to fail?"
later_ = {"a": (5, set()), "b": (7, {"a"}), "c": (1, {"b"}), "d": (9, {"a"}), "e": (8, set())}
assert list(run_order(later_)) == ["a", "b", "c", "e", "d"], (
    "After each stage, do you look again at which ones can run now?"
)
### BEGIN HIDDEN TESTS
rng_order_ = np.random.default_rng(11)
for _ in range(30):
    seconds_ = (rng_order_.permutation(90)[:7] / 8).tolist()
    drawn_ = {
        f"s{i}": (seconds_[i], {f"s{j}" for j in range(i) if rng_order_.random() < 0.3})
        for i in range(7)
    }
    mixed_ = {f"s{i}": drawn_[f"s{i}"] for i in rng_order_.permutation(7)}
    ran_ = list(run_order({name_: (cost, set(needs)) for name_, (cost, needs) in mixed_.items()}))
    for place_, name_ in enumerate(ran_):
        rest_ = [
            drawn_[other][0] for other in ran_[place_:] if drawn_[other][1] <= set(ran_[:place_])
        ]
        assert drawn_[name_][0] == min(rest_), (
            "Of all the stages that can run now, is it the cheapest?"
        )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "stage-order-check-needs", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A stage comes after all that it needs."""
chain_ = {"deploy": (1, {"gate"}), "gate": (2, {"train"}), "train": (90, set())}
assert run_order(chain_) is not None, "Does run_order return its result?"
assert list(run_order(chain_)) == ["train", "gate", "deploy"], (
    "Is a cheap stage run before what it needs?"
)
joint_ = {"end": (1, {"left", "right"}), "left": (8, set()), "right": (3, set())}
assert list(run_order(joint_))[-1] == "end", "Does a stage wait for all that it needs?"
### BEGIN HIDDEN TESTS
wide_ = {"z": (1, {"x", "y"}), "x": (8, set()), "y": (3, {"w"}), "w": (4, set())}
kept_ = {name_: (cost, set(needs)) for name_, (cost, needs) in wide_.items()}
line_ = list(run_order(wide_))
assert len(line_) == 4 and all(
    kept_[name_][1] <= set(line_[:at]) for at, name_ in enumerate(line_)
), "Are all needs of a stage waited for?"
assert wide_ == kept_, "Are the stages that you were given still as they were?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "stage-order-check-circle", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Stages that need each other in a circle are refused."""
circle_ = {"train": (9, {"gate"}), "gate": (1, {"train"}), "lint": (2, set())}
try:
    run_order(circle_)
    refused_ = False
except ValueError:
    refused_ = True
assert refused_, "Which error tells that stages wait for each other?"
### BEGIN HIDDEN TESTS
for size_ in (2, 3, 4):
    for ahead_ in range(4):  # stages that can run, and one that waits for the circle
        ring_ = {f"r{i}": (20 - i, {f"r{(i + 1) % size_}"}) for i in range(size_)}
        others_ = {f"o{i}": (i + 0.5, {f"o{j}" for j in range(i)}) for i in range(ahead_)}
        told_ = False
        try:
            run_order({**others_, **ring_, "last": (0.1, {"r0"})})
        except ValueError:
            told_ = True
        assert told_, "Is each circle noticed, however many stages it has, and whatever ran before?"
### END HIDDEN TESTS

# %% [markdown]
# ## What does a push set off?
#
# The git server has a **hook**, a program that git runs after each push. Ours checks the new commit out, runs the sessions,
# and writes down what happens. The board shows it: a row for each push, a cell for each stage. It is still empty.

# %%
from course.widgets.pipeline_board import PipelineBoard

board = PipelineBoard(project)
board

# %% [markdown]
# A good change: let the model see the wind and the rain. `edit` replaces a text in a file; `push` commits and pushes, and
# waits for the hook. Look at the board while this runs.

# %%
project.edit("flightdesk/features.py", '"distance"]', '"distance", "wind_speed", "precip"]')
run = project.push("Let the model see the wind and the rain")
print(run.report())
print(run.log("train"))

# %% [markdown]
# All stages passed, and the last ones have put the model first into **staging**, where it had to answer a few requests, then into
# **production**. Now three changes that should not get there. A colleague simplifies the clock, on a branch of its own:
# there, the pipeline ends before `register`.

# %%
project.edit("flightdesk/features.py", "hhmm // 100 * 60 + hhmm % 100", "hhmm")
run = project.push("Simplify the clock", branch="simpler-clock")
print(run.report())

# %% [markdown]
# The test said what it expected and what came. The next colleague brings newer training data. The export was made abroad,
# with distances in kilometres.

# %%
train = pd.read_csv(project.folder / "data" / "train.csv")
train["distance"] = (train["distance"] * 1.609).astype(int)
train.to_csv(project.folder / "data" / "train.csv", index=False)
run = project.push("Take the newest export", branch="newer-data")
print(run.report())

# %% [markdown]
# Only the flights to Hawaii break the schema: most kilometres look like fair miles. These few impossible rows stopped the
# whole file. Without Hawaii it would have passed, so a schema of ranges is worth having and no proof. The third colleague
# needs to log in to staging.

# %%
project.edit("flightdesk/deploy.py", "THRESHOLD =", 'STAGING_TOKEN = "fd-7c1e9a40b2"\nTHRESHOLD =')
run = project.push("Log in to staging", branch="staging-login")
print(run.report())

# %% [markdown]
# Stopped in a fraction of a second, and yet too late. The token is in the history of the server for everybody who can read
# it, and a commit that deletes the line leaves the old commit where it is. **A secret that was pushed is burnt**: revoke it,
# make a new one, and give that to the program through its environment.

# %%
print(project.git("log", "--all", "--oneline", "-S", "fd-7c1e9a40b2"))

# %% [markdown]
# The fourth change comes on a Friday, straight to main: all of the weather, which makes the model better by far. And "the
# clock at LGA is not reliable", so the departure time is left out there.

# %%
rain = '"wind_speed", "precip"]'
lga = '    X.loc[X["origin"] == "LGA", "minutes"] = 720\n    return X\n'
project.edit("flightdesk/features.py", rain, rain.replace("]", ', "temp", "humid", "visib"]'))
project.edit("flightdesk/features.py", "    return X\n", lga)
run = project.push("See all of the weather")
print(run.report())
print(run.log("gate"))
history(production)

# %% [markdown]
# Nothing stopped it, and it is live. It *is* better on average. It is worse than before for everyone who flies from LaGuardia, and
# the gate has not looked. Read it: this rule is the whole gate.

# %%
print((project.folder / "flightdesk" / "rule.py").read_text())

# %% [markdown]
# ## What should a gate ask?
#
# A **promotion gate** decides whether a challenger may replace the champion. It asks three questions. Is it better by a
# **margin** that luck does not give? Does it stay above a **floor** in each slice of the users? And is there a **minimum
# sample** in each slice, so that the answers mean anything?

# %% [markdown] nbgrader={"grade": false, "grade_id": "gate-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: the promotion gate
#
# Write `may_promote(champion, challenger, margin, floor, minimum)`. Both are tables as in the gate's log: the index has `"all"` and
# the slices, the columns are `auc` and `rows`. Return `True` only if
#
# - the challenger's AUC of `"all"` is at least `margin` above the champion's;
# - in each slice of the champion, the challenger's AUC is at most `floor` below the champion's;
# - in `"all"` and each of these slices, the challenger was measured on at least `minimum` rows.
#
# A slice that the challenger lacks, or a value that is missing, is no evidence: `False`. Slices that only the challenger has do
# not count. Keep all of it in the function, which may use `math`, `np` and `pd`: it will be moved into the project.


# %% nbgrader={"grade": false, "grade_id": "gate", "locked": false, "schema_version": 3, "solution": true, "task": false}
def may_promote(champion, challenger, margin=0.005, floor=0.02, minimum=500):
    """Return whether the challenger may replace the champion."""
    ### BEGIN SOLUTION
    new = challenger.reindex(champion.index)
    gained = new["auc"] - champion["auc"]
    enough = (new["rows"] >= minimum).all()
    return bool(gained["all"] >= margin and (gained.drop("all") >= -floor).all() and enough)
    ### END SOLUTION


# %%
names = ["all", "EWR", "JFK", "LGA"]
before = pd.DataFrame({"auc": [0.65, 0.67, 0.65, 0.61], "rows": [6000, 2120, 2098, 1782]}, names)
after = pd.DataFrame({"auc": [0.68, 0.73, 0.70, 0.58], "rows": [6000, 2120, 2098, 1782]}, names)
may_promote(before, after)  # try it

# %% nbgrader={"grade": true, "grade_id": "gate-check-margin", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""The challenger must be better by the margin."""
old_ = pd.DataFrame({"auc": [0.5, 0.5, 0.5], "rows": [900, 500, 400]}, ["all", "EWR", "LGA"])
better_ = old_.assign(auc=[0.75, 0.75, 0.75])
assert may_promote(old_, better_, 0.25, 0.125, 100) is not None, (
    "Does may_promote return its result?"
)
assert bool(may_promote(old_, better_, 0.25, 0.125, 100)), "Is 0.75 at least 0.25 above 0.5?"
assert not bool(may_promote(old_, better_, 0.375, 0.125, 100)), (
    "Is the margin that is given asked for?"
)
assert not bool(may_promote(old_, old_, 0.25, 0.125, 100)), "Is an equal model better?"
### BEGIN HIDDEN TESTS
assert bool(may_promote(old_, old_.copy(), 0.0, 0.125, 100)), (
    "With a margin of 0, is an equal model enough?"
)
slices_up_ = old_.assign(auc=[0.5, 0.875, 0.875])
assert not bool(may_promote(old_, slices_up_, 0.25, 0.5, 100)), (
    "Is it the AUC of all flights that has to rise?"
)
for lift_ in (0.0625, 0.125, 0.25):
    lifted_ = old_.assign(auc=old_["auc"] + lift_)
    for wanted_ in (0.0625, 0.125, 0.25):
        assert bool(may_promote(old_, lifted_, wanted_, 0.125, 100)) == (lift_ >= wanted_), (
            "Is the gain compared with the margin that is given?"
        )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gate-check-floor", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""No slice may lose more than the floor."""
old_ = pd.DataFrame({"auc": [0.5, 0.5, 0.75], "rows": [900, 500, 400]}, ["all", "EWR", "LGA"])
harmed_ = pd.DataFrame({"auc": [0.75, 0.875, 0.5], "rows": [900, 500, 400]}, ["all", "EWR", "LGA"])
assert not bool(may_promote(old_, harmed_, 0.125, 0.125, 100)), "What did LaGuardia lose?"
newark_ = pd.DataFrame({"auc": [0.75, 0.25, 0.875], "rows": [900, 500, 400]}, ["all", "EWR", "LGA"])
assert not bool(may_promote(old_, newark_, 0.125, 0.125, 100)), "Is each slice looked at?"
assert bool(may_promote(old_, harmed_, 0.125, 0.25, 100)), (
    "Is a loss of 0.25 more than a floor of 0.25?"
)
turned_ = harmed_.iloc[::-1]
assert bool(may_promote(old_, turned_, 0.125, 0.25, 100)), "Do you compare slices by their name?"
### BEGIN HIDDEN TESTS
rng_floor_ = np.random.default_rng(12)
for _ in range(30):
    was_ = pd.DataFrame({"auc": 0.625, "rows": 800}, ["all", "BOS", "by night", "ord", "7", "Rome"])
    lost_, now_ = rng_floor_.integers(0, 5) / 16, was_.assign(auc=0.75)
    now_.iloc[rng_floor_.integers(1, 6), 0] = 0.625 - lost_
    now_ = now_.sample(frac=1, random_state=int(rng_floor_.integers(999)))
    was_ = was_.sample(frac=1, random_state=int(rng_floor_.integers(999)))
    copies_ = was_.copy(), now_.copy()
    assert bool(may_promote(was_, now_, 0.0625, 0.125, 500)) == (lost_ <= 0.125), (
        "Is each slice held to the floor?"
    )
    assert was_.equals(copies_[0]) and now_.equals(copies_[1]), "Are the tables still as they were?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gate-check-sample", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Each slice needs a minimum of rows."""
old_ = pd.DataFrame({"auc": [0.5, 0.5, 0.5], "rows": [900, 500, 400]}, ["all", "EWR", "LGA"])
few_ = pd.DataFrame({"auc": [0.75, 0.75, 0.75], "rows": [900, 860, 40]}, ["all", "EWR", "LGA"])
assert not bool(may_promote(old_, few_, 0.125, 0.125, 50)), (
    "On how many rows was each slice measured?"
)
assert bool(may_promote(old_, few_, 0.125, 0.125, 40)), "Are 40 rows at least 40?"
### BEGIN HIDDEN TESTS
scarce_ = old_.assign(rows=[900, 860, 40])
assert bool(may_promote(scarce_, old_.assign(auc=0.75), 0.125, 0.125, 400)), (
    "Whose rows tell how sure the challenger's AUC is?"
)
assert not bool(may_promote(old_, few_.assign(rows=[30, 860, 400]), 0.125, 0.125, 40)), (
    "Does the row of all flights need its minimum, too?"
)
five_ = pd.DataFrame({"auc": 0.5, "rows": 90}, ["all", "by day", "by night", "HPN", "Swf", "isp"])
for name_ in five_.index:
    sized_ = five_.assign(auc=0.75)
    sized_.loc[name_, "rows"] = 30
    assert not bool(may_promote(five_, sized_, 0.125, 0.125, 40)), "Is each slice large enough?"
    assert bool(may_promote(five_, sized_, 0.125, 0.125, 30)), "Are 30 rows at least 30?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "gate-check-missing", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""What is missing is no evidence; a slice of the challenger alone does not count."""
old_ = pd.DataFrame({"auc": [0.5, 0.5, 0.5], "rows": [900, 500, 400]}, ["all", "EWR", "LGA"])
fine_ = old_.assign(auc=[0.75, 0.75, 0.75])
assert not bool(may_promote(old_, fine_.drop("LGA"), 0.125, 0.125, 100)), (
    "What is known about LaGuardia?"
)
unknown_ = fine_.assign(auc=[0.75, 0.75, np.nan])
assert not bool(may_promote(old_, unknown_, 0.125, 0.125, 100)), "Is NaN at least something?"
grown_ = pd.concat([fine_, pd.DataFrame({"auc": [0.1], "rows": [3]}, ["HPN"])])
assert bool(may_promote(old_, grown_, 0.125, 0.125, 100)), (
    "Does a slice count that the champion never had?"
)
### BEGIN HIDDEN TESTS
for holes_ in ([0.5, np.nan, 0.5], [np.nan, 0.5, 0.5]):
    assert not bool(may_promote(old_.assign(auc=holes_), fine_, 0.125, 0.125, 100)), (
        "What if the champion was never measured there?"
    )
wider_ = pd.concat([fine_, pd.DataFrame({"auc": [np.nan], "rows": [np.nan]}, ["SWF"])])
assert bool(may_promote(old_, wider_, 0.125, 0.125, 100)), "Does NaN count where nobody compares?"
meanless_ = fine_.drop("all")
assert not bool(may_promote(old_, meanless_, 0.125, 0.125, 100)), "Is the row of all there?"
unsized_ = fine_.assign(rows=[900, np.nan, 400])
assert not bool(may_promote(old_, unsized_, 0.125, 0.125, 100)), "How many rows was that?"
### END HIDDEN TESTS

# %% [markdown]
# ## How do I get back?
#
# The bad model is live now, and people at LaGuardia see it. First stop the harm, then find the cause. To **roll back** is to
# put the *release* back: model, threshold and all. An environment keeps each one.

# %%
for path in sorted(production.rglob("*")):
    if path.is_file():
        print(path.relative_to(production))
print(production.joinpath("history.log").read_text() if history(production).size else "empty")

# %% [markdown]
# In `history.log` stands a line, ended by a newline, for each release that went live, the live one last. `releases/COMMIT/` holds its `model.skops`
# and its `release.json`, and `current.json` is a copy of the live release's `release.json`.

# %% [markdown] nbgrader={"grade": false, "grade_id": "rollback-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: an exact rollback
#
# Write `roll_back(environment)`, for such a folder (a `Path`). Afterwards
#
# - `current.json` is, byte for byte, the `release.json` of the release that was live before;
# - the live release's line is gone from `history.log`, with equal lines right before it, so that a second rollback goes one further;
# - `releases` holds every release as before, the one that was live, too;
# - the commit that is live now is returned.
#
# Raise `ValueError` and change nothing if there is none before, or if its model is no longer the one that was deployed: its
# SHA-256 stands as `model_sha256` in `release.json`.


# %% nbgrader={"grade": false, "grade_id": "rollback", "locked": false, "schema_version": 3, "solution": true, "task": false}
def roll_back(environment):
    """Make the release live that was live before this one, and return its commit."""
    ### BEGIN SOLUTION
    log = environment / "history.log"
    entries = log.read_text().split()
    live = entries[-1] if entries else None
    while entries and entries[-1] == live:
        entries.pop()
    if not entries:
        raise ValueError("Nothing was live before.")
    target = environment / "releases" / entries[-1]
    wanted = json.loads((target / "release.json").read_text())["model_sha256"]
    if hashlib.sha256((target / "model.skops").read_bytes()).hexdigest() != wanted:
        raise ValueError("The model of the earlier release was changed.")
    draft = environment / "rollback.json"
    draft.write_bytes((target / "release.json").read_bytes())
    draft.replace(environment / "current.json")
    log.write_text("".join(f"{line}\n" for line in entries))
    return entries[-1]
    ### END SOLUTION


# %%
drill = practice(workspace.folder / "drill", ["2222222", "1111111", "3333333"])
print(roll_back(drill))  # try it
history(drill)

# %% nbgrader={"grade": true, "grade_id": "rollback-check-exact", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""The release that was live before is live again, byte for byte."""
place_ = practice(workspace.folder / "check", ["ccccccc", "aaaaaaa", "bbbbbbb"], seed=1)
assert str(roll_back(place_)) == "aaaaaaa", "Do you return the release that was live before it?"
expected_bytes_ = (place_ / "releases" / "aaaaaaa" / "release.json").read_bytes()
assert (place_ / "current.json").read_bytes() == expected_bytes_, (
    "Is current.json the whole release.json of the earlier release, unchanged?"
)
assert (place_ / "history.log").read_text().split() == ["ccccccc", "aaaaaaa"], (
    "Which line has to go from history.log, so that a second rollback goes one further?"
)
### BEGIN HIDDEN TESTS
place_ = practice(workspace.folder / "check", ["ddddddd", "eeeeeee", "fffffff", "fffffff"], seed=5)
kept_files_ = {file: file.read_bytes() for file in place_.glob("releases/*/*")}
kept_bytes_ = (place_ / "releases" / "ddddddd" / "release.json").read_bytes()
assert str(roll_back(place_)) == "eeeeeee", "Are two equal last lines one release?"
assert str(roll_back(place_)) == "ddddddd", "Does a second rollback go one release further back?"
assert (place_ / "current.json").read_bytes() == kept_bytes_, "Is it the first release by now?"
assert (place_ / "history.log").read_text() == "ddddddd\n", "Is there a line for each release?"
assert all(file.is_file() and file.read_bytes() == kept_files_[file] for file in kept_files_), (
    "Could somebody still go forward again, to each release that was there?"
)
twice_ = practice(workspace.folder / "check", ["fffffff", "1111111", "fffffff"], seed=8)
assert str(roll_back(twice_)) == "1111111", "Which release was live right before this one?"
assert (twice_ / "history.log").read_text().split() == ["fffffff", "1111111"], "Only the last line?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "rollback-check-nothing-before", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Where nothing was live before, it says so and changes nothing."""
lone_ = practice(workspace.folder / "check", ["aaaaaaa"], seed=2)
only_ = (lone_ / "current.json").read_bytes()
try:
    roll_back(lone_)
    refused_ = False
except ValueError:
    refused_ = True
assert refused_, "What was live before the first release?"
assert (lone_ / "current.json").read_bytes() == only_, "Is the only release still live?"
### BEGIN HIDDEN TESTS
again_ = practice(workspace.folder / "check", ["9999999", "9999999"], seed=6)
kept_live_, told_ = (again_ / "current.json").read_bytes(), False
try:
    roll_back(again_)
except ValueError:
    told_ = True
assert told_, "Does the same release twice leave anything to go back to?"
assert (again_ / "current.json").read_bytes() == kept_live_, (
    "If nothing came before, does the live release stay?"
)
assert (again_ / "history.log").read_text().split() == ["9999999"] * 2, (
    "If it refuses, is the history as it was?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "rollback-check-damaged", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A release that was changed since it was deployed does not come back."""
changed_ = practice(workspace.folder / "check", ["aaaaaaa", "bbbbbbb"], damaged=["aaaaaaa"], seed=3)
was_live_ = (changed_ / "current.json").read_bytes()
refused_ = False
try:
    roll_back(changed_)
except ValueError:
    refused_ = True
assert refused_, "Is the model of the earlier release still the one that was deployed?"
assert (changed_ / "current.json").read_bytes() == was_live_, "Is the live release left alone?"
assert (changed_ / "history.log").read_text().split() == ["aaaaaaa", "bbbbbbb"], "Is the history?"
### BEGIN HIDDEN TESTS
later_ = practice(workspace.folder / "check", ["8", "5", "6"], ["8"], seed=7)
assert str(roll_back(later_)) == "5", "Does a damaged release matter that you do not go back to?"
for damaged_ in (later_, practice(workspace.folder / "drill", ["7", "8", "9"], ["8"], seed=9)):
    told_ = False
    try:
        roll_back(damaged_)
    except ValueError:
        told_ = True
    assert told_, "Which model would serve, if a release was changed on the disk?"
### END HIDDEN TESTS

# %% [markdown]
# Now for real: production goes back to the model that sees wind and rain. (The Friday change is still on main, and the next
# push of main would bring it back. So the next thing to mend is the gate.)

# %%
if len(history(production)) > 1:
    print("live again:", roll_back(production))
history(production)

# %% [markdown]
# ## Is the hole closed?
#
# Your gate becomes the project's, and the Friday change tries again, on a branch. (`put` writes your function into a module.
# Its three limits are your defaults.)

# %%
project.put("flightdesk/rule.py", may_promote)
run = project.push("Hold the gate to each airport", branch="fair-gate")
print(run.report())
board

# %% [markdown]
# A model that harms an airport stops here from now on, if it harms it by more than the floor. (Did yours not stop at `gate`?
# Then mend your answer and run the lesson again from the cell that makes the project.) Now the change itself: all of the
# weather, with the clock of LaGuardia left in, and your gate, which the branch has kept to itself.

# %%
if run.stopped_at == "gate":
    project.put("flightdesk/rule.py", may_promote)
    project.edit("flightdesk/features.py", lga, "    return X\n")
    run = project.push("See all of the weather, at each airport")
    print(run.report())
history(production)

# %% [markdown]
# If this went live, it is better on average and at each airport. That is what a gate is for: not to stop a change, but to
# make it better.
#
# ## Which bug would get through now?
#
# The tests of the project are thin. `minutes` turns a time such as 1435 into minutes since midnight, and this bug passes
# them all: `hhmm * 0.6`. Here are the tests, and the module as you took it over.

# %%
print((TEMPLATE / "tests" / "test_features.py").read_text())
print((TEMPLATE / "flightdesk" / "features.py").read_text())

# %% [markdown] nbgrader={"grade": false, "grade_id": "regression-test-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: a test that catches it
#
# Write the text of a pytest file into `my_tests`, with one or more test functions, their asserts inside, for `minutes` and `features`. They must pass on the
# healthy code, and fail on bugs that break one of these promises:
#
# - `minutes(pd.Series([1435]))` holds 875, and so for any time; 2400 is midnight, 0;
# - `features(flights)` has a row for each flight, in the order of the flights, with their index, and leaves `flights` as it is.
#
# Your tests run on the code above, without `data/`, with bugs planted in it; those that you cannot see are of the same kinds. Code
# that keeps both is healthy. A test that finds no bug, or fails on healthy code, earns nothing.

# %% nbgrader={"grade": false, "grade_id": "regression-test", "locked": false, "schema_version": 3, "solution": true, "task": false}
# my_tests = """..."""
### BEGIN SOLUTION
my_tests = """
import pandas as pd
import flightdesk.features as service

def test_times():
    times = pd.Series([0, 5, 59, 100, 1259, 1435, 2359, 2400])
    assert service.minutes(times).to_list() == [0, 5, 59, 60, 779, 875, 1439, 0]

def test_flights():
    table = pd.DataFrame(
        {"origin": ["LGA", "JFK", "EWR"], "carrier": ["DL", "B6", "UA"], "distance": [762, 1069, 500],
         "sched_dep_time": [1435, 600, 900], "temp": [30.0, None, 20.0], "humid": [50.0, 60.0, None],
         "wind_speed": [8.0, None, 3.0], "precip": [0.0, 0.1, None], "visib": [10.0, 9.0, 8.0]},
        index=[7, 3, 9])
    given = table.copy()
    X = service.features(table)
    pd.testing.assert_frame_equal(table, given)
    assert X.index.to_list() == [7, 3, 9]
    assert X["minutes"].to_list() == [875, 360, 540]
"""
### END SOLUTION

# %%
bugs = {
    "decimal hours": ("(hhmm // 100 * 60 + hhmm % 100)", "(hhmm * 0.6)"),
    "no midnight": (" % 1440", ""),
    "sorted": ("    return X\n", '    return X.sort_values("minutes")\n'),
}
hunt(my_tests, TEMPLATE, "flightdesk/features.py", bugs)  # try it

# %% nbgrader={"grade": true, "grade_id": "regression-test-check-healthy", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""It passes on healthy code, and finds a bug at all."""
assert type(my_tests) is str, "Is my_tests the text of a file, and not a function?"
clock_ = {"decimal": ("(hhmm // 100 * 60 + hhmm % 100)", "(hhmm * 0.6)")}
order_ = {"sorted": ("    return X\n", '    return X.sort_values("minutes")\n')}
told_ = hunt(my_tests, TEMPLATE, "flightdesk/features.py", clock_ | order_)
assert not str(told_["healthy"]).startswith("did not run"), (
    f"Can pytest run this file? It says: {told_['healthy']} — is something not imported, or not a test?"
)
assert str(told_["healthy"]) == "passed", (
    f"On healthy code it {told_['healthy']}: was that promised?"
)
assert "failed" in told_.to_list(), "Which of the two bugs does it find?"
### BEGIN HIDDEN TESTS
same_ = {
    "divmod": ("(hhmm // 100 * 60 + hhmm % 100) % 1440", "(hhmm - hhmm // 100 * 40) % (24 * 60)"),
    "reset": ("flights[COLUMNS].copy()", "flights.head(len(flights))[list(COLUMNS)].copy()"),
}
other_ = hunt(my_tests, TEMPLATE, "flightdesk/features.py", same_)
assert other_.to_list() == ["passed"] * 3, (
    "Does your test fail on code that does the same in other words?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "regression-test-check-clock", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""It finds bugs in the clock."""
clock_ = {
    "decimal": ("(hhmm // 100 * 60 + hhmm % 100)", "(hhmm * 0.6)"),
    "midnight": (" % 1440", ""),
}
told_ = hunt(my_tests, TEMPLATE, "flightdesk/features.py", clock_)
assert str(told_["healthy"]) == "passed", "Does it pass on healthy code?"
assert str(told_["decimal"]) == "failed", "Which time has minutes that are not 0?"
assert str(told_["midnight"]) == "failed", "What is 2400?"
### BEGIN HIDDEN TESTS
more_ = {
    "of 60": ("hhmm % 100", "hhmm % 60"),
    "no hours": ("hhmm // 100 * 60 + ", ""),
    "half days": ("% 1440", "% 720"),
    "rounded": ("hhmm // 100 * 60", "hhmm / 100 * 60"),
    "none": ("hhmm // 100 * 60 + hhmm % 100", "hhmm - 40 * (hhmm // 100)"),
}
found_ = hunt(my_tests, TEMPLATE, "flightdesk/features.py", more_)
assert [found_["healthy"], found_["none"]] == ["passed"] * 2, (
    "Do your tests run the code, or read it?"
)
assert found_.to_list()[1:5] == ["failed"] * 4, (
    "Which times would show that hours or minutes are wrong?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "regression-test-check-rows", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""It finds bugs in the rows."""
rows_ = {
    "sorted": ("    return X\n", '    return X.sort_values("minutes")\n'),
    "changed": ("flights[COLUMNS].copy()", 'flights; flights["origin"] = "JFK"'),
}
told_ = hunt(my_tests, TEMPLATE, "flightdesk/features.py", rows_)
assert str(told_["healthy"]) == "passed", "Does it pass on healthy code?"
assert str(told_["sorted"]) == "failed", "In which order are your flights, and in which the rows?"
assert str(told_["changed"]) == "failed", "Is the table that you hand in looked at afterwards?"
### BEGIN HIDDEN TESTS
unseen_ = {
    "fresh index": ("    return X\n", "    return X.reset_index(drop=True)\n"),
    "backwards": ("    return X\n", "    return X[::-1]\n"),
    "first only": ("    return X\n", "    return X.head(1)\n"),
    "none": ("    return X\n", "    return X.head(len(X))[::-1][::-1]  # sort\n"),
}
caught_ = hunt(my_tests, TEMPLATE, "flightdesk/features.py", unseen_)
assert [caught_["healthy"], caught_["none"]] == ["passed"] * 2, (
    "Do your tests run the code, or read it?"
)
assert caught_.to_list()[1:4] == ["failed"] * 3, (
    "Is there a row for each flight, in order, with its index?"
)
### END HIDDEN TESTS

# %% [markdown]
# ## And on GitHub?
#
# The project has a workflow for **GitHub Actions**. It calls the same sessions, so all that is left to say is when, in which
# order, with which rights. A colleague wrote it in a hurry. `judge` asks GitHub's own schema, the security linter zizmor, and
# rules of our own.

# %%
hurried = (project.folder / ".github" / "workflows" / "ci.yml").read_text()
print(hurried)
print(report(judge(hurried)))

# %% [markdown]
# Three of these let strangers in. **Permissions**: the token of a job can write to the repository unless it
# is told otherwise. **Pinned actions**: `@v4` is a tag, and whoever takes over an action's repository can move it to their code,
# which then runs with your secrets (in March 2025 this happened to `tj-actions/changed-files`); the 40 digits of a commit cannot
# be moved. **Secrets**: what is printed is in a log.

# %% [markdown]
# A job starts on an empty machine: what `train` has made is there only for the same job, unless it is handed over as an
# artifact (`judge` does not look at that). A pinned action, to copy: `actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683`, which is v4.2.2. It leaves a token in the
# checkout unless you set `persist-credentials: false`. And `nox -s a b` goes on after `a` failed, unless you say `nox -x -s a b`. Name each session after `-s`, so that a
# reader sees it.

# %% [markdown] nbgrader={"grade": false, "grade_id": "workflow-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: a workflow that gates
#
# Write the workflow into `workflow`, as text. A push to main and a pull request to main start it. It runs all seven stages, in
# one job or in many: train after test and validate-data, gate after train, register after lint and gate, deploy after
# register. Deploy runs for main only, and only after the gate was passed. The workflow has the rights that it needs and no
# others, its actions are pinned, and no secret is printed.
#
# - A stage is a `nox -s ...` that the script of a step runs in bash or sh, whoever pushes. `judge` reads no here-documents,
#   aliases, or other files.

# %% nbgrader={"grade": false, "grade_id": "workflow", "locked": false, "schema_version": 3, "solution": true, "task": false}
# workflow = """..."""
### BEGIN SOLUTION
workflow = """
on: {push: {branches: [main]}, pull_request: {branches: [main]}}
permissions: {contents: read}
jobs:
  check:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with: {persist-credentials: false}
      - run: pip install -r requirements.txt
      - run: nox -x -s lint test validate-data train gate
  release:
    needs: check
    if: github.event_name == 'push' && github.ref == 'refs/heads/main'
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with: {persist-credentials: false}
      - run: pip install -r requirements.txt
      - run: nox -x -s train gate register deploy
        env: {REGISTRY_TOKEN: "${{ secrets.REGISTRY_TOKEN }}"}
"""
### END SOLUTION

# %%
print(report(judge(workflow)))  # try it

# %% nbgrader={"grade": true, "grade_id": "workflow-check-valid", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""GitHub would take it, and it starts when it should."""
form_ = ["yaml", "schema", "trigger-push", "trigger-pull-request"]
wrong_ = [finding for finding in judge(workflow) if finding.rule in form_]
assert not wrong_, f"{report(wrong_)}\nIs it YAML, by GitHub's schema, and when does it start?"

# %% nbgrader={"grade": true, "grade_id": "workflow-check-order", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""All stages run, each after what it stands on."""
form_ = ["yaml", "schema", "stages", "needs", "failure-ignored"]
wrong_ = [finding for finding in judge(workflow) if finding.rule in form_]
assert not wrong_, f"{report(wrong_)}\nWhat can run though a stage before it failed?"

# %% nbgrader={"grade": true, "grade_id": "workflow-check-rights", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""It may do what it needs, and runs no code that somebody can exchange."""
form_ = ["yaml", "schema", "stages", "permissions", "pinned-actions", "zizmor"]
wrong_ = [finding for finding in judge(workflow) if finding.rule in form_]
assert not wrong_, (
    f"{report(wrong_)}\nIs it valid, with all stages; and then, who could do what with it?"
)

# %% nbgrader={"grade": true, "grade_id": "workflow-check-secrets", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""No secret gets into a log."""
form_ = ["yaml", "schema", "stages", "secret-echoed", "secret-in-command", "secret-in-text"]
wrong_ = [finding for finding in judge(workflow) if finding.rule in form_]
assert not wrong_, (
    f"{report(wrong_)}\nIs it valid, with all stages; and then, where could a secret be read?"
)

# %% nbgrader={"grade": true, "grade_id": "workflow-check-deploy", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""Only main is deployed, and only after the gate."""
form_ = ["yaml", "schema", "stages", "needs", "deploy-only-main", "deploy-after-gate"]
wrong_ = [finding for finding in judge(workflow) if finding.rule in form_]
assert not wrong_, (
    f"{report(wrong_)}\nFor which commits does deploy run, and what must have passed?"
)

# %% [markdown]
# Put it in place of the hurried one. On GitHub, the next push would run it.

# %%
project.write(".github/workflows/ci.yml", workflow)
print(project.git("diff", "--stat"))

# %% [markdown]
# ## What does a change need?
#
# Code, data and model change at different times, and each change needs its own way to the users. To retrain what only needs
# a redeploy costs hours; to redeploy what needs a retrain changes nothing.

# %% [markdown] nbgrader={"grade": false, "grade_id": "six-changes-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: six changes
#
# What is the least that brings the change to the users? The checks that you see look at the form only. `answers = {"A": "retrain", ...}`, with the words `"retrain"` (which ends
# in a deployment), `"redeploy"` and `"neither"`.
#
# - **A** Flights are announced as late from a probability of 0.30 on, and no longer from 0.25: `THRESHOLD` in `deploy.py`.
# - **B** Two months of the training data had distances in kilometres; they are mended.
# - **C** A unit test more for `minutes`.
# - **D** The web server in front of the model gets a security fix.
# - **E** `features` computes the minutes of 2400 in another way, in training and in serving.
# - **F** A chapter in the README.

# %% nbgrader={"grade": false, "grade_id": "six-changes", "locked": false, "schema_version": 3, "solution": true, "task": false}
# answers = {"A": ..., and so on to "F"}: "retrain", "redeploy" or "neither"
### BEGIN SOLUTION
answers = {
    "A": "redeploy",
    "B": "retrain",
    "C": "neither",
    "D": "redeploy",
    "E": "retrain",
    "F": "neither",
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "six-changes-check-around", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""What is around the model: A, D, C and F."""
assert isinstance(answers, dict) and sorted(answers) == list("ABCDEF"), (
    "Is there an answer for each of A to F?"
)
advice_ = {
    letter: str(getattr(word, "value", word)).strip().lower() for letter, word in answers.items()
}
assert set(advice_.values()) <= {"retrain", "redeploy", "neither"}, (
    "Is each one of the three words?"
)
### BEGIN HIDDEN TESTS
chosen_ = [advice_[letter] for letter in "ADCF"]
assert chosen_[:2] == ["redeploy"] * 2, (
    "Do A and D change what the model has learned, or what is around it?"
)
assert chosen_[2:] == ["neither"] * 2, "Does a user see C or F?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "six-changes-check-model", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""What the model has learned from: B and E."""
assert isinstance(answers, dict) and sorted(answers) == list("ABCDEF"), (
    "Is there an answer for each of A to F?"
)
### BEGIN HIDDEN TESTS
learned_ = [str(getattr(answers[x], "value", answers[x])).strip().lower() for x in "BE"]
assert learned_ == ["retrain"] * 2, "Has the model learned from what B and E change?"
### END HIDDEN TESTS

# %% [markdown]
# ## What you can do now
#
# - Say what a pipeline is: commands whose exit codes decide, the same on a laptop, a server and GitHub.
# - Put its stages in an order that fails cheaply, and read why one stopped.
# - Write a gate that a good average cannot fool, and a rollback that brings back exactly what was there.
# - Write a test that a planted bug cannot pass, and a workflow that a stranger cannot use against you.

# %% [markdown]
# ## Go deeper
#
# - GitHub, *Security hardening for GitHub Actions*; and zizmor's list of audits, each with what went wrong where.
# - Humble and Farley, *Continuous Delivery* (2010): the deployment pipeline, before there were models in it.
# - Google Cloud, *MLOps: continuous delivery and automation pipelines in machine learning*: CI, CD and CT.
# - Breck et al., *The ML Test Score* (2017): 28 tests for a system that learns.
# - The documentation of nox, of pytest, and of git hooks.

# %% [markdown]
# ## Other names for it
#
# | here | MLflow | SageMaker | Vertex AI | Databricks | DataRobot |
# | --- | --- | --- | --- | --- | --- |
# | pipeline | Projects, Recipes | Pipelines | Pipelines | Lakeflow Jobs, Asset Bundles | Pipelines |
# | promotion gate | validation threshold | condition step | condition | validation task | approval policy |
# | environment | alias, registered model | account, endpoint | project, endpoint | catalog, target | deployment |
# | rollback | alias set back | deployment guardrails | traffic split set back | alias set back | model replacement |

# %% [markdown]
# ## Check my work
#
# The button saves this notebook, runs all of it in a process of its own, and shows of each exercise which claims hold, with
# a question where one does not yet.

# %%
from course.widgets.check_my_work import CheckMyWork

CheckMyWork()
