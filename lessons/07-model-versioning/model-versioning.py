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
# # Model versioning
#
# **Lesson 07 of 12, about 110 minutes.** *What is in production, where did it come from, how do I go back?*

# %% [markdown]
# ## What you will be able to do
#
# - register, alias, promote and roll back a model (50 minutes)
# - trace a served prediction to its code, data, parameters and run (30 minutes)
# - say when a version is compatible with its callers (15 minutes)
# - store models so that loading them is safe (15 minutes)

# %% [markdown]
# Run the cells from the top. Where a cell raises `NotImplementedError`, put your answer in place of that line. The locked
# cells below it check you: silence is a good sign, red ends with a question. More checks run when you are graded. For a full
# check press *Check my work* at the end, or ask in a terminal: `mlops-course check model-versioning`.

# %%
import hashlib
import json
import pickle
import numpy as np
import pandas as pd
import skops.io
from course.drills import Stranger, killed, new_model, small_model
from course.registry import TRUSTED, MlflowRegistry, as_sent
from course.workspace import open_workspace

workspace = open_workspace("07-model-versioning")  # tells MLflow where to write
import mlflow

# %% [markdown]
# ## Which file was it?
#
# Monday, 8 July. La Guardia's desk rebooked forty people last week because the model told it to, and wants to know why.
# *Which model said so, and what had it learned?* The colleague who deployed it is on holiday. On the server there are
# three files, and the log of the week.

# %%
from course.mystery import leave_three_files, log_lines, scores

incident = leave_three_files(workspace.folder)
for file in sorted(incident.models.iterdir()):
    print(f"{file.name:<28} {file.stat().st_size:,} bytes")
log = pd.DataFrame(json.loads(line) for line in incident.log.read_text().splitlines())
log.head(3)

# %% [markdown]
# A name is not evidence, and a file's date is that of its last copy. What a model leaves behind is its scores. So let all
# three predict the week again, and compare with the log.

# %%
from course.production import Production

week = Production().features(14).loc[log["flight"]]
same = pd.DataFrame(index=log.index)
for file in sorted(incident.models.iterdir()):
    suspect = pickle.loads(file.read_bytes())  # noqa: S301 - a linter warns of this line; we come back to it
    same[file.name] = log["late"] == scores(suspect, week)
same.mean().map("{:.1%} of the log".format)

# %% [markdown]
# The first file is out. Of the other two each gives the logged score for most flights, and neither for all. They are
# nearly the same model, and the log keeps two decimals. Look at it day by day.

# %%
print("first score that the last file cannot have given:")
print(log["time"][~same["model_final_v2_really.pkl"]].min())
same.groupby(log["time"].str[:10]).mean().map("{:.0%}".format)

# %% [markdown]
# Two files served. `really` explains every score until Thursday noon, when somebody put the other one back. To find that out
# you predicted a whole week again. You needed every feature as it was then, the same libraries, and the luck that the two
# differ at all. And what did either of them learn from? The files do not say.

# %% [markdown]
# ## What if every model had a number?
#
# A **model registry** keeps trained models under a name and a **version** that never changes. **Tags** say of a version what you
# must know later. An **alias** is a name that points at one version, and can be moved. Yours is MLflow's, in a SQLite file
# in your workspace.

# %%
registry = MlflowRegistry("flight-delays")  # makes the name, where there is none
client = mlflow.MlflowClient()  # what you talk to a registry with
[model.name for model in client.search_registered_models("name = 'flight-delays'")]

# %% [markdown]
# What must be known later is a version's **lineage**: the data, the code and the run that it came from. And its
# **signature**: the columns that it takes and gives, with their types. Whoever registers is the last to know all of it,
# so that is the moment to insist.

# %% [markdown] nbgrader={"grade": false, "grade_id": "register-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: register a model
#
# Write `register(client, name, model, rows, tags)`. It keeps `model` as the next version of the registered model `name`, and
# returns the version, an integer.
#
# - If `tags` lacks `data_hash`, `git_commit` or `run`, or one of them is empty: `ValueError`, and nothing is kept, no files either.
# - If there is no registered model `name`, make it. `client.search_registered_models(f"name = '{name}'")` tells.
# - `mlflow.sklearn.log_model(model, name=name, ...)` keeps the files. Pass it
#     - `signature=mlflow.models.infer_signature(as_sent(rows), model.predict_proba(rows))`. `as_sent` turns rows into what a client sends: text and floats;
#     - `pyfunc_predict_fn="predict_proba"`, or callers get labels where the signature says probabilities;
#     - `pip_requirements=["scikit-learn", "skops"]`, or MLflow takes seconds to guess;
#     - `serialization_format="skops"`, `skops_trusted_types=TRUSTED` (see the last section).
# - `client.create_model_version(name, ...)` makes the version, with the `model_uri` and `model_id` of what `log_model` returned, and `tags`. (`registered_model_name` does so too, but talks on stderr, which *Validate* takes for a failure.)


# %% nbgrader={"grade": false, "grade_id": "register", "locked": false, "schema_version": 3, "solution": true, "task": false}
def register(client, name, model, rows, tags):
    """Keep a model as the next version of a registered model, and return the version."""
    ### BEGIN SOLUTION
    absent = [key for key in ("data_hash", "git_commit", "run") if not tags.get(key)]
    if absent:
        raise ValueError(f"A version cannot be traced without {absent}.")
    if len(client.search_registered_models(f"name = '{name}'")) == 0:
        client.create_registered_model(name)
    how = {"serialization_format": "skops", "skops_trusted_types": TRUSTED}
    how["signature"] = mlflow.models.infer_signature(as_sent(rows), model.predict_proba(rows))
    how["pyfunc_predict_fn"] = "predict_proba"
    how["pip_requirements"] = ["scikit-learn", "skops"]
    files = mlflow.sklearn.log_model(model, name=name, **how)
    made = client.create_model_version(name, files.model_uri, tags=tags, model_id=files.model_id)
    return int(made.version)
    ### END SOLUTION


# %%
model, rows = small_model(seed=1)  # try it
register(
    client,
    "evening-flights",
    model,
    rows,
    {"data_hash": "1a2b", "git_commit": "3c4d", "run": "5e6f"},
)

# %% nbgrader={"grade": true, "grade_id": "register-check-versions", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""Versions count up from 1, and each keeps its own tags."""
fresh_name_ = f"{new_model(versions=0)}-fresh"
crew_model_, crew_rows_ = small_model(seed=2)
crew_tags_ = {"data_hash": "0aa1", "git_commit": "7bb8", "run": "9cc0"}
one_ = register(client, fresh_name_, crew_model_, crew_rows_, crew_tags_)
assert str(one_) == "1", "Do you return the number of the version that was made?"
found_ = client.get_model_version(fresh_name_, "1")
assert {key: found_.tags.get(key) for key in crew_tags_} == crew_tags_, (
    "Do the tags reach the version?"
)
later_tags_ = {"data_hash": "ffff", "git_commit": "eeee", "run": "dddd", "ticket": "FD-7"}
try:
    two_ = register(client, fresh_name_, *small_model(seed=8), dict(later_tags_))
except mlflow.MlflowException as error_:
    two_ = str(error_)
assert "exists" not in str(two_), "Do you make the name only where there is none?"
assert str(two_) == "2", "Is it the next version of the same registered model?"
### BEGIN HIDDEN TESTS
assert client.get_model_version(fresh_name_, "2").tags == later_tags_, "Are all tags given kept?"
assert client.get_model_version(fresh_name_, "1").tags["run"] == "9cc0", "Is version 1 as it was?"
crowd_ = range(np.random.default_rng(30).integers(3, 9))
between_ = [client.create_model_version(fresh_name_, source="nowhere") for _ in crowd_]
next_one_ = register(client, fresh_name_, crew_model_, crew_rows_, crew_tags_)
assert str(next_one_) == str(len(between_) + 3), "Do you return the number of the version made?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "register-check-signature", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""A version can be loaded, without pickle, and says truly what it takes and gives."""
signed_name_ = f"{new_model(versions=0)}-signed"
signed_model_, signed_rows_ = small_model(seed=3)
origin_tags_ = {"data_hash": "a", "git_commit": "b", "run": "c"}
signed_ = register(client, signed_name_, signed_model_, signed_rows_, origin_tags_)
assert str(signed_) == "1", "Do you return the number of the version that was made?"
about_ = MlflowRegistry(signed_name_).info(int(signed_))
assert about_.signature is not None, "Did log_model get a signature?"
assert about_.signature.inputs.input_names() == list(signed_rows_), (
    "Is the signature made of the rows?"
)
assert about_.signature.outputs is not None, "Does the signature say what the model gives?"
gives_ = about_.flavors["python_function"]["predict_fn"]
assert gives_ == "predict_proba", "Does the model give the probabilities that its signature names?"
assert about_.flavors["sklearn"]["serialization_format"] == "skops", "Is it stored without pickle?"
### BEGIN HIDDEN TESTS
whole_rows_ = signed_rows_.round({"time_of_day": 0}).astype({"time_of_day": "int64"})
register(client, f"{signed_name_}-too", signed_model_, whole_rows_, origin_tags_)
kinds_ = [str(s.type) for s in MlflowRegistry(f"{signed_name_}-too").info(1).signature.inputs]
assert kinds_ == ["DataType.string", "DataType.double", "DataType.double"], "Are the rows as sent?"
reloaded_ = MlflowRegistry(signed_name_).load(int(signed_))
assert np.allclose(
    reloaded_.predict_proba(signed_rows_), signed_model_.predict_proba(signed_rows_)
), "Is it the model that was given, and not another one?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "register-check-lineage", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Without its lineage no model is kept."""
bare_name_, bare_model_ = new_model(versions=0), small_model(seed=4)
files_before_ = len(mlflow.search_logged_models(output_format="list"))
complete_ = {"data_hash": "a", "git_commit": "b", "run": "c"}
gaps_ = [{key: complete_[key] for key in complete_ if key != lost} for lost in complete_]
gaps_ += [complete_ | {lost: ""} for lost in complete_]
### BEGIN HIDDEN TESTS
gaps_ += [complete_ | {"trained_on": "May", lost: None} for lost in complete_] + [{}]
### END HIDDEN TESTS
for bare_tags_ in gaps_:
    try:
        register(client, bare_name_, *bare_model_, bare_tags_)
        refused_ = False
    except ValueError:
        refused_ = True
    assert refused_, "Can a version be traced whose tags lack something, or say nothing?"
kept_ = client.search_model_versions(f"name = '{bare_name_}'")
assert len(kept_) == 0, "Do you look at the tags before you make the version?"
files_after_ = len(mlflow.search_logged_models(output_format="list"))
assert files_after_ == files_before_, "Do you look at the tags before log_model keeps the files?"

# %% [markdown]
# ## Which version was it?
#
# Now FlightDesk's real candidates. For each, `train_and_register` commits the recipe to a git repository in your workspace,
# trains in an MLflow run, measures by airport on two later weeks, and registers with the three tags.

# %%
from course.candidates import Recipe, train_and_register

for recipe in (Recipe(-12, 0), Recipe(3, 11, fill_labels=True), Recipe(3, 11)):
    train_and_register(recipe, workspace.folder, registry)
tags = {int(v.version): v.tags for v in client.search_model_versions("name = 'flight-delays'")}
kinds = ["data_hash", "git_commit", "run", "trained_on"]
pd.DataFrame(tags, kinds).map(lambda text: text[:14]).sort_index(axis="columns")

# %% [markdown]
# Weeks below 1 are January to March. Now compare versions 2 and 3: the same commit, the same weeks. Of what went in, only
# the **data hash** tells them apart. A script had filled in *on time* where the labels of flights from La Guardia to three
# destinations were missing, and later the labels came. Code alone does not make a model, and a commit alone does not trace one.

# %% [markdown]
# With a registry the log can name the version that gave each score. Then last week's question is one lookup.

# %%
print(log_lines(registry.load(2), "models:/flight-delays/2")[3000])
lineage = client.get_model_version("flight-delays", "2").tags
{key: text[:14] for key, text in lineage.items()}

# %% [markdown] nbgrader={"grade": false, "grade_id": "trace-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: from a log line to its data
#
# Write `trace(client, line)`. `line` is text, a line of such a log: JSON, with spaces between its parts or without.
# Return the data hash of the version that gave the score, from its tag `data_hash`. Names of models hold no slash. Raise
# `ValueError` if the line does not say which version it was:
#
# - it has no `"model"`, or it is empty, or `null`;
# - it names an alias, such as `models:/flight-delays@champion`. An alias tells who serves *now*, not who served *then*.


# %% nbgrader={"grade": false, "grade_id": "trace", "locked": false, "schema_version": 3, "solution": true, "task": false}
def trace(client, line):
    """Return the hash of the data from which a logged prediction's model learned."""
    ### BEGIN SOLUTION
    uri = json.loads(line).get("model") or ""
    name, _, number = uri.removeprefix("models:/").partition("/")
    if not number.isdigit():
        raise ValueError(f"{uri!r} does not say which version it was.")
    return client.get_model_version(name, number).tags["data_hash"]
    ### END SOLUTION


# %%
line = log_lines(registry.load(3), "models:/flight-delays/3")[0]  # try it
trace(client, line)[:14]

# %% nbgrader={"grade": true, "grade_id": "trace-check-hash", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""A line leads to the data hash of the very version that it names."""
traced_name_ = new_model(versions=12)
for number_ in (1, 2, 12):
    client.set_model_version_tag(traced_name_, str(number_), "data_hash", f"{number_:064}")
traced_line_ = {"flight": 5, "model": f"models:/{traced_name_}/2", "late": 0.4}
traced_ = trace(client, json.dumps(traced_line_))
assert traced_ is not None, "Does trace return its result?"
assert str(traced_) == f"{2:064}", "Is it the tag data_hash of the version in the line?"
traced_line_["model"] = f"models:/{traced_name_}/12"
assert trace(client, json.dumps(traced_line_)) == f"{12:064}", "Do you read the whole number?"
remarked_ = {"note": f"was models:/{traced_name_}/1"} | traced_line_
assert trace(client, json.dumps(remarked_)) == f"{12:064}", "Do you read the field model alone?"
### BEGIN HIDDEN TESTS
rng_trace_ = np.random.default_rng(31)
many_name_ = new_model(versions=12)
hashes_ = [rng_trace_.bytes(32).hex() for _ in range(12)]
for place_, digest_ in enumerate(hashes_, start=1):
    client.set_model_version_tag(many_name_, str(place_), "data_hash", digest_)
for place_, digest_ in enumerate(hashes_, start=1):
    mixed_up_ = {
        "a": f"models:/{many_name_}/3",
        "model": f"models:/{many_name_}/{place_}",
        "to": "a/1",
    }
    mixed_up_ |= {"z": f"models:/{many_name_}/4"}
    for signs_ in (None, (",", ":"), (" , ", " : "), (",  ", ":  ")):
        spaced_ = json.dumps(mixed_up_, separators=signs_)
        assert str(trace(client, spaced_)) == digest_, (
            "Is it the version in `model`, however spaced?"
        )
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "trace-check-alias", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A line that names no version is refused."""
alias_name_ = new_model(versions=2)
client.set_registered_model_alias(alias_name_, "champion", "1")
client.set_model_version_tag(alias_name_, "1", "data_hash", "abc")
untold_ = [
    {"late": 0.4},
    {"model": None},
    {"model": f"models:/{alias_name_}@champion", "late": 0.4},
]
### BEGIN HIDDEN TESTS
untold_ += [{"model": vague} for vague in ("", f"models:/{alias_name_}")]
untold_ += [{"model": f"models:/{alias_name_}@challenger", "note": f"was models:/{alias_name_}/1"}]
untold_ += [{"note": f"models:/{alias_name_}/1", "model": f"models:/{alias_name_}@champion"}]
### END HIDDEN TESTS
for fields_ in untold_:
    try:
        trace(client, json.dumps(fields_))
        outcome_ = "an answer"
    except Exception as error_:
        outcome_ = type(error_).__name__
    assert outcome_ != "an answer", "Does this line say which version gave the score?"
    assert outcome_ == "ValueError", f"Is the error for {fields_} a ValueError, and not {outcome_}?"

# %% [markdown]
# So what do you tell La Guardia's desk? Of last week, only which file served when; what it had learned, nobody can say. Of
# every week from now on, the version, and by it the data, the code and the run.

# %% [markdown]
# ## Is it the same data?
#
# A data hash is an address made of content: **content addressing**. Nobody has to hand out numbers, two copies have one
# address, and what was changed in secret has another. Git does so with files. It fails quietly where *the same* was not
# defined: does the order of rows count, the order of keys?

# %% [markdown] nbgrader={"grade": false, "grade_id": "content-id-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: an address made of content
#
# Write `content_id(data, metadata)`. `data` are bytes, `metadata` is a list of rows, each a dictionary with text, numbers,
# `True`, `False` or `None` as values. It does not matter whether you take `1` and `1.0` for the same cell; `True` and `1` are two. Return 64 hexadecimal digits of SHA-256 (`hashlib.sha256(some_bytes).hexdigest()`):
#
# - the same data and the same rows give the same id, in whatever order the rows stand, and the keys within a row;
# - another byte, another cell, a row more, fewer or twice give another id;
# - no byte of the data may pass for metadata. `content_id(b'{"a": 1}', [])` and `content_id(b"", [{"a": 1}])` differ.


# %% nbgrader={"grade": false, "grade_id": "content-id", "locked": false, "schema_version": 3, "solution": true, "task": false}
def content_id(data, metadata):
    """Return the address of some data and the rows that describe it."""
    ### BEGIN SOLUTION
    lines = sorted(json.dumps(row, sort_keys=True) for row in metadata)
    of_rows = hashlib.sha256("\n".join(lines).encode()).hexdigest()
    of_data = hashlib.sha256(data).hexdigest()
    return hashlib.sha256(f"{of_data} {of_rows}".encode()).hexdigest()
    ### END SOLUTION


# %%
columns = [{"name": "temp", "unit": "°F"}, {"name": "distance", "unit": "miles"}]  # try it
print(content_id(b"39.92,1400\n", columns)[:14])
print(content_id(b"39.92,1400\n", columns[::-1])[:14])

# %% nbgrader={"grade": true, "grade_id": "content-id-check-same", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""The order of rows and of keys does not count."""
plain_ = [{"name": "temp", "unit": "F"}, {"name": "wind", "unit": "mph", "missing": 3}]
turned_ = [{"missing": 3, "unit": "mph", "name": "wind"}, {"unit": "F", "name": "temp"}]
address_ = content_id(b"1,2\n", plain_)
assert type(address_) is str and len(address_) == 64 and int(address_, 16), (
    "Is it the hexdigest of SHA-256?"
)
assert address_ == content_id(b"1,2\n", plain_[::-1]), "Does the order of the rows count?"
assert address_ == content_id(b"1,2\n", turned_), "Does the order of the keys in a row count?"
twins_ = [{"name": "temp", "unit": "F"}, {"name": "temp", "unit": "C"}]
assert content_id(b"", twins_) == content_id(b"", twins_[::-1]), (
    "Are rows of one name in any order?"
)
### BEGIN HIDDEN TESTS
rng_same_ = np.random.default_rng(32)
for _ in range(20):
    cells_ = rng_same_.integers(0, 5, (6, 3)).tolist()
    table_ = [dict(zip("abc", row, strict=True)) | {"note": None, "ok": True} for row in cells_]
    table_ += [table_[0] | {"note": note, "more": note} for note in ("dry", 7, False)]
    shuffled_ = [table_[place_] for place_ in rng_same_.permutation(9)]
    shuffled_ = json.loads(json.dumps([dict(reversed(row.items())) for row in shuffled_]))
    before_, content_ = json.dumps(table_), rng_same_.bytes(40)
    assert content_id(content_, table_) == content_id(bytes(content_), shuffled_), (
        "Do equal rows give one id, in whatever order they and their keys stand?"
    )
    assert json.dumps(table_) == before_, "Did you change the rows that were given?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "content-id-check-changed", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Another byte or another cell gives another id."""
base_rows_ = [{"name": "temp", "unit": "F"}, {"name": "dewp", "unit": "F"}]
base_id_ = content_id(b"1,2\n", base_rows_)
assert base_id_ is not None, "Does content_id return its result?"
assert base_id_ != content_id(b"1,3\n", base_rows_), "Do the data count?"
celsius_ = [{"name": "temp", "unit": "C"}, {"name": "dewp", "unit": "F"}]
assert base_id_ != content_id(b"1,2\n", celsius_), "Does every cell of the metadata count?"
assert base_id_ != content_id(b"1,2\n", base_rows_ + base_rows_[:1]), "Does a row count twice?"
assert content_id(b"", [{"x": 1}]) != content_id(b"", [{"y": 1}]), "Do the keys count?"
### BEGIN HIDDEN TESTS
rng_changed_ = np.random.default_rng(33)
stock_ = [{"k": int(k), "v": str(v)} for k, v in enumerate(rng_changed_.integers(0, 99, 8))]
payload_, spot_, flip_ = rng_changed_.bytes(60), *map(int, rng_changed_.integers((8, 60)))
less_ = [row for row in stock_ if row["k"] != spot_]  # a hash of rows that is XORed cannot tell
variants_ = [less_, [*stock_, stock_[spot_]], [*stock_, {}], [*stock_, {"v": None}], []]
variants_ += [[row | ({"v": "?"} if row["k"] == spot_ else {}) for row in stock_]]
variants_ += [[{"k": row["v"], "v": row["k"]} for row in stock_]]
variants_ += [[{"w" if key == "v" else key: row[key] for key in row} for row in stock_]]
for ends_ in (("left", "right"), ("right", "left")):
    variants_ += [[stock_[0] | {"v": ends_[0]}, stock_[1] | {"v": ends_[1]}, *stock_[2:]]]
ids_ = [content_id(payload_, rows) for rows in [stock_, *variants_]]
ids_ += [content_id(odd, stock_) for odd in (b"\xfe", b"\xff", b"\\xff")]
ids_ += [
    content_id(payload_[:flip_] + bytes([payload_[flip_] ^ 1]) + payload_[flip_ + 1 :], stock_)
]
assert len(set(ids_)) == len(ids_), "Does each byte, key, cell and repeated row count?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "content-id-check-whole", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""All of the data counts, and all of a cell and of a key, as they stand."""
small_id_ = content_id(b"1,2\n", [{"name": "temp"}])
assert small_id_ is not None, "Does content_id return its result?"
assert small_id_ != content_id(b"1,2\n", [{"name": "Temp"}]), "Is that the same text?"
assert small_id_ != content_id(b"1,2", [{"name": "temp"}]), "Are those the same bytes?"
### BEGIN HIDDEN TESTS
rng_whole_ = np.random.default_rng(37)
bulk_, ends_ = rng_whole_.bytes(100_000), (b"\r", b"\n", b" ", b"\0")
copies_ = [
    bulk_,
    bulk_[1:],
    bulk_[:-1],
    *(bulk_ + end for end in ends_),
    *(end + bulk_ for end in ends_),
]
for place_ in range(99_999, 0, -12_345):
    copies_ += [bulk_[:place_] + bytes([bulk_[place_] ^ 32]) + bulk_[place_ + 1 :]]
ids_ = {content_id(copy, [{"k": 1}]) for copy in copies_}
assert len(ids_) == len(copies_), "Does each byte count, wherever it stands?"
word_, number_ = "".join(rng_whole_.choice([*"bdfghkm"], 6)), float(rng_whole_.uniform(1, 9))
texts_ = {word_, word_.upper(), word_.title(), f" {word_}", f"{word_} ", f"{word_}\n", f"{word_}°"}
texts_ |= {f"{word_}µ", *(word_[:3] + gap + word_[3:] for gap in (" ", "  ", "-", "_", "."))}
digits_ = {number_, *(round(number_, places) for places in range(10))}
ids_ = {content_id(b"", [{"k": 1, "v": cell}]) for cell in (*texts_, *digits_)}
assert len(ids_) == len(texts_) + len(digits_), "Does all of a cell count?"
ids_ = {content_id(b"", [{text: "v"}]) for text in texts_}
assert len(ids_) == len(texts_), "Does all of a key count?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "content-id-check-borders", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Data cannot pass for metadata, nor one cell for another."""
assert content_id(b'{"a": 1}', []) != content_id(b"", [{"a": 1}]), "Where do the data end?"
assert content_id(b"", [{"a": 1}]) != content_id(b"", [{"a": "1"}]), "Is 1 the same as the text 1?"
split_rows_ = [{"a": "b"}, {"c": "d"}]
assert content_id(b"", [{"a": "b", "c": "d"}]) != content_id(b"", split_rows_), (
    "Where does a row end?"
)
### BEGIN HIDDEN TESTS
for word_ in (b'{"a": 1}', b'{"a":1}', b"{'a': 1}", b"[('a', 1)]", b"a1", b'[{"a": 1}]'):
    for gap_ in (b"", b"\n", b" ", b"[]", b"\x00", b"|", b",", b"---"):
        as_data_ = {content_id(gap_ + word_, []), content_id(word_ + gap_, [])}
        as_rows_ = {content_id(b"", [{"a": 1}]), content_id(gap_, [{"a": 1}])}
        assert not as_data_ & as_rows_, "Can the end of the data be taken for a row?"
        for lead_ in (b"", b"x"):
            longer_ = {content_id(lead_ + word_ + gap_, [{"b": 2}])}
            longer_ |= {content_id(lead_ + gap_ + word_, [{"b": 2}])}
            two_rows_ = content_id(lead_, [{"a": 1}, {"b": 2}])
            assert two_rows_ not in longer_, "Can the end of the data be taken for one more row?"
pair_, fused_ = [{"a": "b", "c": "d"}], [{"a": "b c d"}]
three_ = {content_id(b"", part) for part in (pair_, fused_, split_rows_)}
assert len(three_) == 3, "Can one row be taken for two, or one cell for another?"
cells_ = [None, "", "None", "null", True, "True", 1, "1", False, "False", 0, "0", 0.5, "0.5"]
own_ = {content_id(b"", [{"a": cell, "b": 2}]) for cell in cells_}
assert len(own_) == len(cells_), "Can one kind of value be taken for another?"
### END HIDDEN TESTS

# %% [markdown]
# **DVC** does this for data beside git. A small `.dvc` file, with the hash of the data, goes into git; the data
# themselves go into a cache under that hash, and by `dvc push` to a bucket or a disk that the team shares. After
# `git checkout` of an old commit, `dvc checkout` brings back that commit's data. So *commit* then names code **and** data,
# and the tag `git_commit` would have told versions 2 and 3 apart.

# %% [markdown]
# ## May it become champion?
#
# The version that serves has the alias **champion**, one that wants its place is a **challenger**. Callers ask for
# `models:/flight-delays@champion` and never change. (Older courses teach *stages*, such as *Staging* and
# *Production*. MLflow has deprecated them: there were four for everyone, and an alias is yours to name.)

# %%
from course.lineage import versions

client.set_registered_model_alias("flight-delays", "champion", "1")
client.set_registered_model_alias("flight-delays", "challenger", "2")
auc = {version.number: version.auc for version in versions(client, "flight-delays")}
pd.DataFrame(auc).round(3)  # by airport, on two weeks that none has learned from

# %% [markdown]
# Version 2 is the better model by the last row, at Newark and at Kennedy. At La Guardia it is worse than the champion: a
# slice pays for the average. So a promotion must show its **evidence**, measured on that very version, by slice; and it
# must not leave FlightDesk without a champion, whatever happens in between. `promote` refuses only missing evidence; whether a
# worse slice is acceptable a person decides, or lesson 05's gate.

# %% [markdown] nbgrader={"grade": false, "grade_id": "promote-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: promote
#
# Write `promote(client, name, version, evidence)`. `evidence` is a dictionary with `"run"`, the run that was measured, and `"auc"`,
# a dictionary. Raise `ValueError` and change nothing if
#
# - `evidence` is not a dictionary, lacks one of the two, or its `auc` is not a dictionary;
# - its run is not that of the version's tag `run`: then another model was measured;
# - the AUC of `"EWR"`, `"JFK"` or `"LGA"` is missing, or not a number from 0 to 1. NaN is none.
#
# If the version is champion already, change nothing. Otherwise make three changes:
#
# - tag the version: `client.set_model_version_tag(name, str(version), "evidence", json.dumps(evidence))`;
# - add the champion until now, if there is one, to the end of the registered model's tag `former_champions`, the oldest first: `"1,2"`. `client.get_registered_model(name)` has `.tags` and `.aliases` (an alias is read as an integer, and written as text), `client.set_registered_model_tag(name, key, value)` writes;
# - `client.set_registered_model_alias(name, "champion", str(version))`.
#
# The process may be killed between any two calls. Then the champion is the old one or the new one; a new one has its evidence, and the old one is noted.


# %% nbgrader={"grade": false, "grade_id": "promote", "locked": false, "schema_version": 3, "solution": true, "task": false}
def promote(client, name, version, evidence):
    """Make a version the champion, if there is evidence for it."""
    ### BEGIN SOLUTION
    asked = client.get_model_version(name, str(version))
    measured = evidence.get("auc") if isinstance(evidence, dict) else None
    if not isinstance(measured, dict):
        raise ValueError("There is no evidence by airport.")
    if not evidence.get("run") or evidence["run"] != asked.tags.get("run"):
        raise ValueError("The evidence was not measured on this version.")
    for airport in ("EWR", "JFK", "LGA"):
        area = measured.get(airport)
        if not isinstance(area, int | float) or not 0 <= area <= 1:
            raise ValueError(f"There is no AUC of {airport}.")
    model = client.get_registered_model(name)
    serving = model.aliases.get("champion")
    if str(serving) == str(version):
        return
    client.set_model_version_tag(name, str(version), "evidence", json.dumps(evidence))
    if serving is not None:
        noted = [text for text in model.tags.get("former_champions", "").split(",") if text]
        client.set_registered_model_tag(name, "former_champions", ",".join([*noted, str(serving)]))
    client.set_registered_model_alias(name, "champion", str(version))
    ### END SOLUTION


# %%
practice = new_model(versions=2)  # two versions without files; their tags `run` are run-1 and run-2
proof = {"run": "run-1", "auc": {"EWR": 0.7, "JFK": 0.75, "LGA": 0.72}}  # try it
promote(client, practice, 1, proof)
died = killed(3, lambda own: promote(own, practice, 2, proof | {"run": "run-2"}))  # before change 3
left = client.get_registered_model(practice)
print("killed:", died, left.aliases, left.tags)
print("version 2:", client.get_model_version(practice, "2").tags)

# %% nbgrader={"grade": true, "grade_id": "promote-check-moves", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""The alias moves, the evidence is kept, and former champions are noted in order."""
moved_ = new_model(versions=4)
for number_ in (1, 3, 2):
    proven_ = {"run": f"run-{number_}", "auc": {"EWR": 0.7, "JFK": 0.8, "LGA": 0.6 + number_ / 100}}
    promote(client, moved_, number_, proven_)
    seen_ = client.get_registered_model(moved_)
    assert str(seen_.aliases.get("champion")) == str(number_), (
        "Does the alias point at the version?"
    )
    kept_ = client.get_model_version(moved_, str(number_)).tags.get("evidence")
    assert kept_ is not None and json.loads(kept_) == proven_, (
        "Is the evidence kept with the version?"
    )
assert seen_.tags.get("former_champions") == "1,3", "Who was champion before, the oldest first?"
promote(client, moved_, 2, proven_ | {"auc": {"EWR": 0.1, "JFK": 0.1, "LGA": 0.1}})
unmoved_, again_ = client.get_registered_model(moved_), client.get_model_version(moved_, "2").tags
assert json.loads(again_["evidence"]) == proven_, "What changes if it is champion already?"
assert unmoved_.tags.get("former_champions") == "1,3", "What changes if it is champion already?"
### BEGIN HIDDEN TESTS
client.set_registered_model_alias(moved_, "challenger", "4")
promote(client, moved_, 4, {"run": "run-4", "auc": {"EWR": 1, "JFK": 0.0, "LGA": 0.5, "all": 0.6}})
promote(client, moved_, 1, {"run": "run-1", "auc": {"EWR": 0.6, "JFK": 0.6, "LGA": 0.6}})
for turn_ in (3, 1):
    promote(client, moved_, turn_, {"run": f"run-{turn_}", "auc": proven_["auc"]})
final_ = client.get_registered_model(moved_)
assert final_.tags["former_champions"] == "1,3,2,4,1,3", "Is a champion noted each time it goes?"
ends_ = {k: str(v) for k, v in final_.aliases.items()}
assert ends_ == {"champion": "1", "challenger": "4"}, "Does the alias champion move, and no other?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "promote-check-kept", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""The evidence is kept as it was given, to the last digit."""
shelf_ = new_model(versions=3)
given_ = {"run": "run-2", "auc": {"EWR": 0.71828, "JFK": 0.80902, "LGA": 0.69315}}
promote(client, shelf_, 2, json.loads(json.dumps(given_)))
kept_ = client.get_model_version(shelf_, "2").tags.get("evidence")
assert kept_ is not None, "Is the evidence kept with the version?"
assert json.loads(kept_) == given_, "Are the numbers kept those that were measured?"
### BEGIN HIDDEN TESTS
rng_kept_ = np.random.default_rng(36)
for turn_ in (3, 1):
    slices_ = ("EWR", "JFK", "LGA", "all")
    measured_ = dict(zip(slices_, rng_kept_.uniform(0, 1, 4).tolist(), strict=True))
    proof_ = {"run": f"run-{turn_}", "auc": measured_}
    promote(client, shelf_, turn_, json.loads(json.dumps(proof_)))
    stored_ = client.get_model_version(shelf_, str(turn_)).tags.get("evidence", "null")
    assert json.loads(stored_) == proof_, "Is any number rounded, or left out?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "promote-check-evidence", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""Without evidence of this very version, for each airport, nothing changes."""
shut_ = new_model(versions=2)
client.set_registered_model_alias(shut_, "champion", "1")
good_ = {"EWR": 0.7, "JFK": 0.7, "LGA": 0.7}
poor_ = [None, {}, {"run": "run-2"}, {"auc": good_}, {"run": "run-1", "auc": good_}]
areas_ = [{}, {"EWR": 0.7, "JFK": 0.7}, good_ | {"LGA": float("nan")}, good_ | {"JFK": 1.2}, None]
### BEGIN HIDDEN TESTS
for wrong_ in (float("nan"), 1.3, -0.1, None, "0.7", float("inf")):
    areas_ += [good_ | {airport: wrong_} for airport in good_]
poor_ += [{"run": "", "auc": good_}, {"run": None, "auc": good_}]
### END HIDDEN TESTS
for weak_ in [*poor_, *({"run": "run-2", "auc": area} for area in areas_)]:
    try:
        promote(client, shut_, 2, weak_)
        outcome_ = "a promotion"
    except Exception as error_:
        outcome_ = type(error_).__name__
    assert outcome_ != "a promotion", f"Is this evidence of version 2, an AUC by airport: {weak_}?"
    assert outcome_ == "ValueError", f"Is the error for {weak_} a ValueError, and not {outcome_}?"
intact_ = client.get_registered_model(shut_)
assert str(intact_.aliases.get("champion")) == "1", "Does a refusal leave the champion alone?"
assert not intact_.tags.get("former_champions"), "Does a refusal leave the notes alone?"
assert "evidence" not in client.get_model_version(shut_, "2").tags, "Is weak evidence kept?"

# %% nbgrader={"grade": true, "grade_id": "promote-check-killed", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
"""Killed before any of its changes, it leaves a champion, with evidence, and the old one noted."""
cut_proof_ = {"run": "run-2", "auc": {"EWR": 0.7, "JFK": 0.7, "LGA": 0.7}}
promote(client, new_model(versions=2), 2, cut_proof_)  # an error of its own shows here
for step_ in range(1, 20):
    cut_ = new_model(versions=3)
    client.set_registered_model_alias(cut_, "champion", "1")
    client.set_registered_model_tag(cut_, "former_champions", "3")
    died_ = killed(step_, lambda own_, cut_=cut_: promote(own_, cut_, 2, cut_proof_))
    left_ = client.get_registered_model(cut_)
    serves_ = str(left_.aliases.get("champion"))
    assert serves_ in ("1", "2"), "Is there a moment without a champion?"
    noted_ = left_.tags.get("former_champions", "").split(",")
    proven_now_ = "evidence" in client.get_model_version(cut_, "2").tags
    assert serves_ == "1" or proven_now_, "Is there a moment at which a champion has no evidence?"
    assert serves_ == "1" or "1" in noted_, "Is there a moment at which nobody knows the old one?"
    ### BEGIN HIDDEN TESTS
    assert noted_ in (["3"], ["3", "1"]), "Is the list whole at every moment, the oldest first?"
    ### END HIDDEN TESTS
    if not died_:
        break
assert step_ > 1 and serves_ == "2", "Do you make each change through the client that is given?"

# %% [markdown]
# A note *before* the deed, as a database writes its log before its pages. If the power goes in between, the
# note says too much (the champion stands in its own list), and that does no harm. The other way round it would say too
# little, and nobody could go back.

# %% [markdown]
# ## How do we go back?
#
# At three in the morning nobody trains. A **rollback** points the alias at the version that was champion before, whose
# quality in production is known. That is why versions are kept, and why the order was noted.

# %% [markdown] nbgrader={"grade": false, "grade_id": "rollback-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: roll back
#
# Write `rollback(client, name)`. Point `champion` at the version that was champion before, take it off the list
# `former_champions`, and return it, an integer. Called twice it goes back two. If nobody was champion before, raise `ValueError` and
# change nothing.
#
# - After a power cut the champion itself may stand at the end of the list, once or several times. Skip all of these, but keep earlier ones.
# - Your process may be killed between any two calls, too (reckon with one power cut at a time). Then the champion is the old one or the one before, and the next rollback goes back exactly one from there.


# %% nbgrader={"grade": false, "grade_id": "rollback", "locked": false, "schema_version": 3, "solution": true, "task": false}
def rollback(client, name):
    """Bring back the version that was champion before, and return it."""
    ### BEGIN SOLUTION
    model = client.get_registered_model(name)
    noted = [int(text) for text in model.tags.get("former_champions", "").split(",") if text]
    while noted and str(noted[-1]) == str(model.aliases.get("champion")):
        noted.pop()
    if not noted:
        raise ValueError("Nobody was champion before.")
    target = noted.pop()
    client.set_registered_model_alias(name, "champion", str(target))
    client.set_registered_model_tag(name, "former_champions", ",".join(str(one) for one in noted))
    return target
    ### END SOLUTION


# %%
client.set_registered_model_alias(practice, "champion", "2")  # try it
client.set_registered_model_tag(practice, "former_champions", "1")
rollback(client, practice)

# %% nbgrader={"grade": true, "grade_id": "rollback-check-two", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""Twice in a row goes back two."""
back_ = new_model(versions=4)
client.set_registered_model_alias(back_, "champion", "4")
client.set_registered_model_tag(back_, "former_champions", "1,3,2")
for expected_ in (2, 3):
    came_ = rollback(client, back_)
    assert came_ is not None and int(came_) == expected_, "Which version was champion before that?"
    seen_ = client.get_registered_model(back_)
    assert str(seen_.aliases.get("champion")) == str(expected_), "Does the alias point at it?"
    entries_ = seen_.tags.get("former_champions", "").split(",")
    assert str(expected_) not in entries_, "Is the version taken off the list?"
### BEGIN HIDDEN TESTS
assert int(rollback(client, back_)) == 1, "Does it go back as far as the list reaches?"
rng_back_ = np.random.default_rng(34)
long_list_ = [int(n) for n in rng_back_.permutation(range(1, 8))]
long_list_ = [long_list_[2], *long_list_]  # one was champion twice
deep_ = new_model(versions=8)
client.set_registered_model_alias(deep_, "champion", "8")
client.set_registered_model_alias(deep_, "challenger", "5")
client.set_registered_model_tag(deep_, "former_champions", ",".join(map(str, long_list_)))
for wanted_ in reversed(long_list_):
    assert int(rollback(client, deep_)) == wanted_, "Do you take the newest entry, by its place?"
ends_ = {key: str(value) for key, value in client.get_registered_model(deep_).aliases.items()}
assert ends_ == {"champion": str(long_list_[0]), "challenger": "5"}, "Does only champion move?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "rollback-check-nothing", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Where nobody was champion before, it refuses and changes nothing."""
first_ever_ = new_model(versions=2)
client.set_registered_model_alias(first_ever_, "champion", "2")
### BEGIN HIDDEN TESTS
for trace_left_ in ("", "2", "2,2"):
    client.set_registered_model_tag(first_ever_, "former_champions", trace_left_)
    nowhere_ = object()
    try:
        went_ = rollback(client, first_ever_)
    except ValueError:
        went_ = nowhere_
    assert went_ is nowhere_, "Is the champion itself somebody to go back to?"
    still_ = {"former_champions": "", **client.get_registered_model(first_ever_).tags}
    assert still_ == {"former_champions": trace_left_}, (
        "Does a refusal leave all tags as they were?"
    )
client.delete_registered_model_tag(first_ever_, "former_champions")
### END HIDDEN TESTS
try:
    rollback(client, first_ever_)
    refused_ = False
except ValueError:
    refused_ = True
assert refused_, "Is there anybody to go back to?"
unchanged_ = client.get_registered_model(first_ever_).aliases
assert str(unchanged_.get("champion")) == "2", "Does the champion stay, if there is nobody?"

# %% nbgrader={"grade": true, "grade_id": "rollback-check-killed", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""Killed at any change, it leaves a champion, and the next rollback goes back exactly one."""
dark_ = new_model(versions=3)
client.set_registered_model_alias(dark_, "champion", "2")
client.set_registered_model_tag(dark_, "former_champions", "3,1,2,2")  # promotions were killed
skipped_ = rollback(client, dark_)
assert str(skipped_) != "2", "Do all entries at the end count that are the champion itself?"
assert str(skipped_) == "1", "Which version was champion before version 2?"
for step_ in range(1, 20):
    outage_ = new_model(versions=4)
    client.set_registered_model_alias(outage_, "champion", "4")
    client.set_registered_model_tag(outage_, "former_champions", "1,2,3")
    died_ = killed(step_, lambda own_, outage_=outage_: rollback(own_, outage_))
    serves_ = client.get_registered_model(outage_).aliases.get("champion")
    assert str(serves_) in ("4", "3"), "Is there a moment without a champion?"
    assert int(rollback(client, outage_)) == int(serves_) - 1, (
        "Which of the two changes comes first, so that no entry is lost between them?"
    )
    if not died_:
        break
assert step_ > 1, "Do you make each change through the client that is given?"
### BEGIN HIDDEN TESTS
client.set_registered_model_alias(dark_, "champion", "3")
client.set_registered_model_tag(dark_, "former_champions", "2,1" + ",3" * 12)
assert int(rollback(client, dark_)) == 1, "Are as many entries skipped as there are, and no more?"
### END HIDDEN TESTS

# %% [markdown]
# Here is the whole registry on one board. Promote version 2, as somebody did who looked at the average, and read what the
# sentence says of La Guardia. Roll back: one move, nothing copied, nothing trained. The buttons write into the real registry.

# %%
from course.widgets.registry import RegistryBoard

board = RegistryBoard("flight-delays")
board

# %% [markdown]
# So Python sees what you did there. And the other way round: this makes version 3 the challenger, and the board shows it as
# soon as you press *Read the registry again*.

# %%
client.set_registered_model_alias("flight-delays", "challenger", "3")
serving = client.get_model_version_by_alias("flight-delays", "champion")
print(f"version {serving.version} serves, trained on {serving.tags['trained_on']}")

# %% [markdown]
# Buttons are methods, too. The bad promotion, and the way back, in two lines:

# %%
board.version = 2
board.promote()
print(board.describe())
board.roll_back()
print(board.describe())

# %% [markdown]
# Version 3 learned from the labels that came late, and is better than version 1 at every airport. Give it the place, by
# *your* `promote`, with the evidence of its own run. (Until you have written it, this cell fails.)

# %%
third = client.get_model_version("flight-delays", "3")
promote(client, "flight-delays", 3, {"run": third.tags["run"], "auc": auc[3]})
board.version = 3
print(board.describe())

# %% [markdown]
# ## Will its callers notice?
#
# A version can be better and still break those who call it. Callers go by the signature. Take five changes of the inputs, and
# send what a caller has always sent.

# %%
ColSpec, Schema = mlflow.types.ColSpec, mlflow.types.Schema
old = [ColSpec("string", "origin"), ColSpec("double", "temp")]
changes = {
    "a column removed": old[:1],
    "one added, required": [*old, ColSpec("double", "wind")],
    "one added, optional": [*old, ColSpec("double", "wind", required=False)],
    "one of another type": [old[0], ColSpec("long", "temp")],
    "in another order": old[::-1],
}

# %% [markdown]
# MLflow compares the rows with the signature before it lets a model predict. This is what the caller gets.

# %%
from course.contracts import caller_sees

sent = pd.DataFrame({"origin": ["LGA"], "temp": [88.0]})
for change, columns in changes.items():
    print(f"{change}: {caller_sees(sent, Schema(columns))}")

# %% [markdown]
# Two errors, which somebody will notice. The removed column is worse: an answer comes, and nobody tells the caller that
# the temperature does not count any more. **Semantic versions** put such promises into numbers, MAJOR.MINOR.PATCH.

# %% [markdown] nbgrader={"grade": false, "grade_id": "bump-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: major, minor or patch?
#
# Write `bump(old, new)` for the inputs of two signatures, each a `Schema`. `old.input_dict()` gives the columns by name, each with
# `.type` and `.required`. Callers send the required columns, and some of them the optional ones. Return the highest that applies:
#
# - `"major"`: some caller who goes on as before may get an error, or an answer that no longer heeds what it sends. Any type that changes may mean an error.
# - `"minor"`: no caller has to change, but callers may now send a column that was not there, or leave out one that was required.
# - `"patch"`: neither. Columns go by name, so their order means nothing.


# %% nbgrader={"grade": false, "grade_id": "bump", "locked": false, "schema_version": 3, "solution": true, "task": false}
def bump(old, new):
    """Return which part of the version number a change of the inputs raises."""
    ### BEGIN SOLUTION
    before, after = old.input_dict(), new.input_dict()
    for name, column in before.items():
        if name not in after or after[name].type != column.type:
            return "major"
    for name, column in after.items():
        if column.required and (name not in before or not before[name].required):
            return "major"
    relaxed = any(column.required and not after[name].required for name, column in before.items())
    return "minor" if relaxed or len(after) > len(before) else "patch"
    ### END SOLUTION


# %%
{change: bump(Schema(old), Schema(columns)) for change, columns in changes.items()}  # try it

# %% nbgrader={"grade": true, "grade_id": "bump-check-breaks", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""What breaks a caller, loudly or in silence, is major."""
spec_, inputs_ = mlflow.types.ColSpec, mlflow.types.Schema
pair_ = [spec_("string", "dest"), spec_("double", "humid")]
assert isinstance(bump(inputs_(pair_), inputs_(pair_)), str), (
    "Do you return one of the three words?"
)
assert bump(inputs_(pair_), inputs_(pair_[:1])) == "major", (
    "Who heeds the column that callers send?"
)
more_ = inputs_([*pair_, spec_("long", "seats")])
assert bump(inputs_(pair_), more_) == "major", "Who sends the column that is now required?"
retyped_ = inputs_([spec_("long", "dest"), pair_[1]])
assert bump(inputs_(pair_), retyped_) == "major", "Do callers send a column of that type?"
maybe_, sure_ = spec_("double", "gust", required=False), spec_("double", "gust")
some_send_ = inputs_([*pair_, maybe_])
assert bump(some_send_, inputs_(pair_)) == "major", "Did some callers send the optional column?"
assert bump(some_send_, inputs_([*pair_, sure_])) == "major", (
    "Did all callers send what is required?"
)
### BEGIN HIDDEN TESTS
whole_ = spec_("long", "gust", required=False)
assert bump(some_send_, inputs_([*pair_, whole_])) == "major", "Did some callers send it as it was?"
kinds_ = list(mlflow.types.DataType)
for was_, becomes_ in ((a, b) for a in kinds_ for b in kinds_ if a is not b):
    one_, other_ = (inputs_([pair_[0], spec_(kind, "gust")]) for kind in (was_, becomes_))
    assert bump(one_, other_) == "major", "Is a type that changes safe for all?"
renamed_ = inputs_([pair_[0], spec_("double", "humidity")])
assert bump(inputs_(pair_), renamed_) == "major", "Do callers know the new name?"
both_ways_ = inputs_([pair_[0], maybe_])
assert bump(inputs_(pair_), both_ways_) == "major", "Is the highest of several changes returned?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "bump-check-offers", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""What callers may use, and need not, is minor."""
spec_, inputs_ = mlflow.types.ColSpec, mlflow.types.Schema
trio_ = [spec_("string", "dest"), spec_("double", "humid"), spec_("long", "seats")]
assert isinstance(bump(inputs_(trio_), inputs_(trio_)), str), (
    "Do you return one of the three words?"
)
offered_ = inputs_([*trio_, spec_("double", "gust", required=False)])
assert bump(inputs_(trio_), offered_) == "minor", "Must any caller change, and may one?"
loose_ = inputs_([trio_[0], spec_("double", "humid", required=False), trio_[2]])
assert bump(inputs_(trio_), loose_) == "minor", "May callers leave out what they had to send?"
### BEGIN HIDDEN TESTS
front_ = inputs_([spec_("boolean", "holiday", required=False), *trio_[::-1]])
assert bump(inputs_(trio_), front_) == "minor", "Does the order of columns mean anything?"
gated_ = inputs_([*loose_.inputs, spec_("string", "gate", required=False)])
assert bump(loose_, gated_) == "minor", "May callers send a column that was not there?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "bump-check-same", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""The same columns, in whatever order, are a patch."""
spec_, inputs_ = mlflow.types.ColSpec, mlflow.types.Schema
row_ = [spec_("string", "dest"), spec_("double", "humid", required=False), spec_("long", "seats")]
assert isinstance(bump(inputs_(row_), inputs_(row_)), str), "Do you return one of the three words?"
assert bump(inputs_(row_), inputs_(row_[::-1])) == "patch", "Do columns go by name or by place?"
### BEGIN HIDDEN TESTS
rng_bump_ = np.random.default_rng(35)
kinds_ = ["string", "double", "long", "boolean"]
for _ in range(10):
    wide_ = [spec_(str(rng_bump_.choice(kinds_)), f"c{n}", required=bool(n % 3)) for n in range(9)]
    mixed_ = [wide_[place_] for place_ in rng_bump_.permutation(9)]
    assert bump(inputs_(wide_), inputs_(mixed_)) == "patch", "Are they the same columns?"
### END HIDDEN TESTS

# %% [markdown]
# ## Is it safe to load?
#
# In the first section you loaded three pickles of unknown origin. A pickle is not data. It is a small program that says how to
# build an object, and it may call any function. Here is one that looks like a model. It is made harmless: all it does is
# write a file into your workspace.


# %%
class Trojan:
    """A model, and a line of Python that runs when its pickle is loaded."""

    def __init__(self, model, note):
        self.model, self.note = model, str(note)

    def __reduce__(self):  # pickle asks: which function builds you, from what?
        line = "[__import__('pathlib').Path(note).write_text('I could read your keys'), model][1]"
        return eval, (line, {"model": self.model, "note": self.note})


# %% [markdown]
# Somebody puts it on the server under a trustworthy name. You load it, as you did this morning.

# %%
note = workspace.folder / "note-from-a-stranger.txt"
gift = incident.models / "model_final_v3.pkl"
gift.write_bytes(pickle.dumps(Trojan(registry.load(3), note)))
gift_model = pickle.loads(gift.read_bytes())  # noqa: S301 - the linter was right
print(type(gift_model).__name__, scores(gift_model, week)[:3])
print("and in the workspace:", note.read_text())

# %% [markdown]
# It predicts as a model should, and no error betrays it. The line could have sent your credentials away. No scan of a
# pickle proves it harmless; `joblib` and `cloudpickle` files are pickles, too. **skops** stores an object as data: types and
# numbers. Before loading, you can ask which types a file needs that skops does not know to be harmless.

# %%
honest, trap = workspace.folder / "honest.skops", workspace.folder / "trap.skops"
skops.io.dump(registry.load(3), honest)
skops.io.dump(Trojan(registry.load(3), note), trap)
for file in (honest, trap):
    print(file.name, skops.io.get_untrusted_types(file=file))
try:
    skops.io.load(trap, trusted=TRUSTED)
except Exception as error:
    print(type(error).__name__, error)

# %% [markdown]
# `TRUSTED` is the list of three types that somebody at FlightDesk has looked at. MLflow keeps such a list with each version
# that is logged as skops. The list must come from you: ask the *file* what to trust, and you trust whoever wrote it.

# %% [markdown] nbgrader={"grade": false, "grade_id": "safe-load-task", "locked": true, "schema_version": 3, "solution": false, "task": false}
# ### Exercise: load only what you trust
#
# Write `load_checked(path, trusted)`. Return the model in the skops file at `path`, if all types that `skops.io.get_untrusted_types` finds
# in it are in `trusted`, a list of names. Otherwise raise a `ValueError` that names each type that is not in the list, and none
# that is. Check before you call `load`: of a refused file nothing may be built.


# %% nbgrader={"grade": false, "grade_id": "safe-load", "locked": false, "schema_version": 3, "solution": true, "task": false}
def load_checked(path, trusted):
    """Return the model in a skops file, if it holds nothing but trusted types."""
    ### BEGIN SOLUTION
    strange = sorted(set(skops.io.get_untrusted_types(file=path)) - set(trusted))
    if strange:
        raise ValueError(f"{path} needs {', '.join(strange)}.")
    return skops.io.load(path, trusted=list(trusted))
    ### END SOLUTION


# %%
type(load_checked(honest, TRUSTED)).__name__  # try it, and then with `trap`

# %% nbgrader={"grade": true, "grade_id": "safe-load-check-good", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A file of trusted types is loaded, and predicts as before."""
safe_model_, safe_rows_ = small_model(seed=6)
safe_path_ = workspace.folder / "safe.skops"
skops.io.dump(safe_model_, safe_path_)
loaded_ = load_checked(safe_path_, TRUSTED)
assert loaded_ is not None, "Do you return the model?"
assert np.allclose(loaded_.predict_proba(safe_rows_), safe_model_.predict_proba(safe_rows_)), (
    "Is it the model that lies in the file?"
)
### BEGIN HIDDEN TESTS
roomy_ = (*TRUSTED, "collections.OrderedDict", "somebody.else")
again_ = load_checked(safe_path_, roomy_)
assert np.allclose(again_.predict(safe_rows_), safe_model_.predict(safe_rows_)), (
    "May the list name more types than the file needs?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "safe-load-check-refuses", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A file that needs any other type is refused, by name."""
strange_path_ = workspace.folder / "stranger.skops"
skops.io.dump([small_model(seed=7)[0], Stranger()], strange_path_)
strange_type_ = "course.drills.Stranger"
lists_ = [TRUSTED, [], [strange_type_]]
### BEGIN HIDDEN TESTS
lists_ += [[strange_type_, *TRUSTED[1:]], [*TRUSTED[:2], strange_type_], TRUSTED[1:2]]
for kind_ in (strange_type_, *TRUSTED):  # in its place a name that is like it
    others_ = [other_ for other_ in (strange_type_, *TRUSTED) if other_ != kind_]
    package_, last_ = kind_.split(".")[0], kind_.split(".")[-1]
    alike_ = [
        kind_[:-1],
        f"{kind_}s",
        f"{kind_}.more",
        f"my.{kind_}",
        f"x{kind_}",
        kind_.swapcase(),
    ]
    alike_ += [
        package_,
        f"{package_}.",
        f"{package_}.*",
        kind_.rpartition(".")[0],
        last_,
        f"my.{last_}",
    ]
    lists_ += [[*others_, name] for name in alike_] + [[*others_, *alike_]]
### END HIDDEN TESTS
for allowed_ in lists_:
    try:
        load_checked(strange_path_, allowed_)
        complaint_ = None
    except ValueError as error_:
        complaint_ = str(error_)
    assert complaint_ is not None, f"Is each type of this file in the list {allowed_}?"
    lacking_ = {*TRUSTED, strange_type_} - set(allowed_)
    assert all(kind_ in complaint_ for kind_ in lacking_), (
        "Is each type named that is not in the list?"
    )
    named_ = [kind_ for kind_ in {*TRUSTED, strange_type_} - lacking_ if kind_ in complaint_]
    assert not named_, "Is a trusted type named as a stranger?"

# %% nbgrader={"grade": true, "grade_id": "safe-load-check-unbuilt", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Of a file that is refused nothing is built."""
sealed_path_ = workspace.folder / "sealed.skops"
skops.io.dump([small_model(seed=9)[0], Stranger()], sealed_path_)
Stranger.built = 0
for part_ in (TRUSTED, []):
    try:
        load_checked(sealed_path_, part_)
        refused_ = False
    except ValueError:
        refused_ = True
    assert Stranger.built == 0, "Did the stranger's code run before you looked at the types?"
    assert refused_, "Is each type of this file in the list?"

# %% [markdown]
# ## What you can do now
#
# - You register a model with its signature and its lineage, and refuse one that has none.
# - You trace a line of a log to a version, its data, code and run.
# - You promote with evidence and roll back by an alias, so that even a power cut leaves a champion.
# - You say what a change of inputs does to callers, and load models without running strangers' code.
# - In lesson 08 the champion goes into a service.

# %% [markdown]
# ## Go deeper
#
# - Documentation of MLflow, *ML Model Registry* and *Model Signatures and Input Examples*.
# - Documentation of skops, *Secure persistence with skops*; of Python, the warning at the top of *pickle*.
# - Documentation of DVC, *Versioning Data and Models*; *Pro Git*, chapter 10, *Git Objects*.
# - Tom Preston-Werner, *Semantic Versioning 2.0.0*.
# - Sculley et al., *Hidden Technical Debt in Machine Learning Systems*, NeurIPS 2015: undeclared consumers.
# - Open Source Security Foundation, *SLSA*, and *model signing*: who made this file?

# %% [markdown]
# ## The same thing, in other words
#
# | here | MLflow | SageMaker | Vertex AI | Databricks | DataRobot |
# | --- | --- | --- | --- | --- | --- |
# | registered model | registered model | model package group | model in Model Registry | model in Unity Catalog | registered model |
# | version | model version | model package | model version | model version | registered model version |
# | champion | alias | approval status | alias, default version | alias | champion of a deployment |
# | lineage | run, tags | ML Lineage Tracking | ML Metadata | lineage in Unity Catalog | model lineage |
# | signature | signature | — | instance schema | signature | feature list |
# | roll back | move the alias | deploy the earlier package | move the alias, traffic split | move the alias | replace the model |
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
