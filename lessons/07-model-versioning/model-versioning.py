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
fresh_name = f"{new_model(versions=0)}-fresh"
crew_model, crew_rows = small_model(seed=2)
crew_tags = {"data_hash": "0aa1", "git_commit": "7bb8", "run": "9cc0"}
one = register(client, fresh_name, crew_model, crew_rows, crew_tags)
assert str(one) == "1", "Do you return the number of the version that was made?"
found = client.get_model_version(fresh_name, "1")
assert {key: found.tags.get(key) for key in crew_tags} == crew_tags, (
    "Do the tags reach the version?"
)
later_tags = {"data_hash": "ffff", "git_commit": "eeee", "run": "dddd", "ticket": "FD-7"}
try:
    two = register(client, fresh_name, *small_model(seed=8), dict(later_tags))
except mlflow.MlflowException as error:
    two = str(error)
assert "exists" not in str(two), "Do you make the name only where there is none?"
assert str(two) == "2", "Is it the next version of the same registered model?"
### BEGIN HIDDEN TESTS
assert client.get_model_version(fresh_name, "2").tags == later_tags, "Are all tags given kept?"
assert client.get_model_version(fresh_name, "1").tags["run"] == "9cc0", "Is version 1 as it was?"
crowd = range(np.random.default_rng(30).integers(3, 9))
between = [client.create_model_version(fresh_name, source="nowhere") for _ in crowd]
next_one = register(client, fresh_name, crew_model, crew_rows, crew_tags)
assert str(next_one) == str(len(between) + 3), "Do you return the number of the version made?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "register-check-signature", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""A version can be loaded, without pickle, and says truly what it takes and gives."""
signed_name = f"{new_model(versions=0)}-signed"
signed_model, signed_rows = small_model(seed=3)
origin_tags = {"data_hash": "a", "git_commit": "b", "run": "c"}
signed = register(client, signed_name, signed_model, signed_rows, origin_tags)
assert str(signed) == "1", "Do you return the number of the version that was made?"
about = MlflowRegistry(signed_name).info(int(signed))
assert about.signature is not None, "Did log_model get a signature?"
assert about.signature.inputs.input_names() == list(signed_rows), (
    "Is the signature made of the rows?"
)
assert about.signature.outputs is not None, "Does the signature say what the model gives?"
gives = about.flavors["python_function"]["predict_fn"]
assert gives == "predict_proba", "Does the model give the probabilities that its signature names?"
assert about.flavors["sklearn"]["serialization_format"] == "skops", "Is it stored without pickle?"
### BEGIN HIDDEN TESTS
whole_rows = signed_rows.round({"time_of_day": 0}).astype({"time_of_day": "int64"})
register(client, f"{signed_name}-too", signed_model, whole_rows, origin_tags)
kinds = [str(s.type) for s in MlflowRegistry(f"{signed_name}-too").info(1).signature.inputs]
assert kinds == ["DataType.string", "DataType.double", "DataType.double"], "Are the rows as sent?"
reloaded = MlflowRegistry(signed_name).load(int(signed))
assert np.allclose(reloaded.predict_proba(signed_rows), signed_model.predict_proba(signed_rows)), (
    "Is it the model that was given, and not another one?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "register-check-lineage", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Without its lineage no model is kept."""
bare_name, bare_model = new_model(versions=0), small_model(seed=4)
files_before = len(mlflow.search_logged_models(output_format="list"))
complete = {"data_hash": "a", "git_commit": "b", "run": "c"}
gaps = [{key: complete[key] for key in complete if key != lost} for lost in complete]
gaps += [complete | {lost: ""} for lost in complete]
### BEGIN HIDDEN TESTS
gaps += [complete | {"trained_on": "May", lost: None} for lost in complete] + [{}]
### END HIDDEN TESTS
for bare_tags in gaps:
    try:
        register(client, bare_name, *bare_model, bare_tags)
        refused = False
    except ValueError:
        refused = True
    assert refused, "Can a version be traced whose tags lack something, or say nothing?"
kept = client.search_model_versions(f"name = '{bare_name}'")
assert len(kept) == 0, "Do you look at the tags before you make the version?"
files_after = len(mlflow.search_logged_models(output_format="list"))
assert files_after == files_before, "Do you look at the tags before log_model keeps the files?"

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
traced_name = new_model(versions=12)
for number in (1, 2, 12):
    client.set_model_version_tag(traced_name, str(number), "data_hash", f"{number:064}")
traced_line = {"flight": 5, "model": f"models:/{traced_name}/2", "late": 0.4}
traced = trace(client, json.dumps(traced_line))
assert traced is not None, "Does trace return its result?"
assert str(traced) == f"{2:064}", "Is it the tag data_hash of the version in the line?"
traced_line["model"] = f"models:/{traced_name}/12"
assert trace(client, json.dumps(traced_line)) == f"{12:064}", "Do you read the whole number?"
remarked = {"note": f"was models:/{traced_name}/1"} | traced_line
assert trace(client, json.dumps(remarked)) == f"{12:064}", "Do you read the field model alone?"
### BEGIN HIDDEN TESTS
rng_trace = np.random.default_rng(31)
many_name = new_model(versions=12)
hashes = [rng_trace.bytes(32).hex() for _ in range(12)]
for place, digest in enumerate(hashes, start=1):
    client.set_model_version_tag(many_name, str(place), "data_hash", digest)
for place, digest in enumerate(hashes, start=1):
    mixed_up = {"a": f"models:/{many_name}/3", "model": f"models:/{many_name}/{place}", "to": "a/1"}
    mixed_up |= {"z": f"models:/{many_name}/4"}
    for signs in (None, (",", ":"), (" , ", " : "), (",  ", ":  ")):
        spaced = json.dumps(mixed_up, separators=signs)
        assert str(trace(client, spaced)) == digest, "Is it the version in `model`, however spaced?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "trace-check-alias", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A line that names no version is refused."""
alias_name = new_model(versions=2)
client.set_registered_model_alias(alias_name, "champion", "1")
client.set_model_version_tag(alias_name, "1", "data_hash", "abc")
untold = [{"late": 0.4}, {"model": None}, {"model": f"models:/{alias_name}@champion", "late": 0.4}]
### BEGIN HIDDEN TESTS
untold += [{"model": vague} for vague in ("", f"models:/{alias_name}")]
untold += [{"model": f"models:/{alias_name}@challenger", "note": f"was models:/{alias_name}/1"}]
untold += [{"note": f"models:/{alias_name}/1", "model": f"models:/{alias_name}@champion"}]
### END HIDDEN TESTS
for fields in untold:
    try:
        trace(client, json.dumps(fields))
        outcome = "an answer"
    except Exception as error:
        outcome = type(error).__name__
    assert outcome != "an answer", "Does this line say which version gave the score?"
    assert outcome == "ValueError", f"Is the error for {fields} a ValueError, and not {outcome}?"

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
plain = [{"name": "temp", "unit": "F"}, {"name": "wind", "unit": "mph", "missing": 3}]
turned = [{"missing": 3, "unit": "mph", "name": "wind"}, {"unit": "F", "name": "temp"}]
address = content_id(b"1,2\n", plain)
assert type(address) is str and len(address) == 64 and int(address, 16), (
    "Is it the hexdigest of SHA-256?"
)
assert address == content_id(b"1,2\n", plain[::-1]), "Does the order of the rows count?"
assert address == content_id(b"1,2\n", turned), "Does the order of the keys in a row count?"
twins = [{"name": "temp", "unit": "F"}, {"name": "temp", "unit": "C"}]
assert content_id(b"", twins) == content_id(b"", twins[::-1]), "Are rows of one name in any order?"
### BEGIN HIDDEN TESTS
rng_same = np.random.default_rng(32)
for _ in range(20):
    cells = rng_same.integers(0, 5, (6, 3)).tolist()
    table = [dict(zip("abc", row, strict=True)) | {"note": None, "ok": True} for row in cells]
    table += [table[0] | {"note": note, "more": note} for note in ("dry", 7, False)]
    shuffled = [table[place] for place in rng_same.permutation(9)]
    shuffled = json.loads(json.dumps([dict(reversed(row.items())) for row in shuffled]))
    before, content = json.dumps(table), rng_same.bytes(40)
    assert content_id(content, table) == content_id(bytes(content), shuffled), (
        "Do equal rows give one id, in whatever order they and their keys stand?"
    )
    assert json.dumps(table) == before, "Did you change the rows that were given?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "content-id-check-changed", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Another byte or another cell gives another id."""
base_rows = [{"name": "temp", "unit": "F"}, {"name": "dewp", "unit": "F"}]
base_id = content_id(b"1,2\n", base_rows)
assert base_id is not None, "Does content_id return its result?"
assert base_id != content_id(b"1,3\n", base_rows), "Do the data count?"
celsius = [{"name": "temp", "unit": "C"}, {"name": "dewp", "unit": "F"}]
assert base_id != content_id(b"1,2\n", celsius), "Does every cell of the metadata count?"
assert base_id != content_id(b"1,2\n", base_rows + base_rows[:1]), "Does a row count twice?"
assert content_id(b"", [{"x": 1}]) != content_id(b"", [{"y": 1}]), "Do the keys count?"
### BEGIN HIDDEN TESTS
rng_changed = np.random.default_rng(33)
stock = [{"k": int(k), "v": str(v)} for k, v in enumerate(rng_changed.integers(0, 99, 8))]
payload, spot, flip = rng_changed.bytes(60), *map(int, rng_changed.integers((8, 60)))
less = [row for row in stock if row["k"] != spot]  # a hash of rows that is XORed cannot tell
variants = [less, [*stock, stock[spot]], [*stock, {}], [*stock, {"v": None}], []]
variants += [[row | ({"v": "?"} if row["k"] == spot else {}) for row in stock]]
variants += [[{"k": row["v"], "v": row["k"]} for row in stock]]
variants += [[{"w" if key == "v" else key: row[key] for key in row} for row in stock]]
for ends in (("left", "right"), ("right", "left")):
    variants += [[stock[0] | {"v": ends[0]}, stock[1] | {"v": ends[1]}, *stock[2:]]]
ids = [content_id(payload, rows) for rows in [stock, *variants]]
ids += [content_id(odd, stock) for odd in (b"\xfe", b"\xff", b"\\xff")]
ids += [content_id(payload[:flip] + bytes([payload[flip] ^ 1]) + payload[flip + 1 :], stock)]
assert len(set(ids)) == len(ids), "Does each byte, key, cell and repeated row count?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "content-id-check-whole", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""All of the data counts, and all of a cell and of a key, as they stand."""
small_id = content_id(b"1,2\n", [{"name": "temp"}])
assert small_id is not None, "Does content_id return its result?"
assert small_id != content_id(b"1,2\n", [{"name": "Temp"}]), "Is that the same text?"
assert small_id != content_id(b"1,2", [{"name": "temp"}]), "Are those the same bytes?"
### BEGIN HIDDEN TESTS
rng_whole = np.random.default_rng(37)
bulk, ends = rng_whole.bytes(100_000), (b"\r", b"\n", b" ", b"\0")
copies = [bulk, bulk[1:], bulk[:-1], *(bulk + end for end in ends), *(end + bulk for end in ends)]
for place in range(99_999, 0, -12_345):
    copies += [bulk[:place] + bytes([bulk[place] ^ 32]) + bulk[place + 1 :]]
ids = {content_id(copy, [{"k": 1}]) for copy in copies}
assert len(ids) == len(copies), "Does each byte count, wherever it stands?"
word, number = "".join(rng_whole.choice([*"bdfghkm"], 6)), float(rng_whole.uniform(1, 9))
texts = {word, word.upper(), word.title(), f" {word}", f"{word} ", f"{word}\n", f"{word}°"}
texts |= {f"{word}µ", *(word[:3] + gap + word[3:] for gap in (" ", "  ", "-", "_", "."))}
digits = {number, *(round(number, places) for places in range(10))}
ids = {content_id(b"", [{"k": 1, "v": cell}]) for cell in (*texts, *digits)}
assert len(ids) == len(texts) + len(digits), "Does all of a cell count?"
ids = {content_id(b"", [{text: "v"}]) for text in texts}
assert len(ids) == len(texts), "Does all of a key count?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "content-id-check-borders", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Data cannot pass for metadata, nor one cell for another."""
assert content_id(b'{"a": 1}', []) != content_id(b"", [{"a": 1}]), "Where do the data end?"
assert content_id(b"", [{"a": 1}]) != content_id(b"", [{"a": "1"}]), "Is 1 the same as the text 1?"
split_rows = [{"a": "b"}, {"c": "d"}]
assert content_id(b"", [{"a": "b", "c": "d"}]) != content_id(b"", split_rows), (
    "Where does a row end?"
)
### BEGIN HIDDEN TESTS
for word in (b'{"a": 1}', b'{"a":1}', b"{'a': 1}", b"[('a', 1)]", b"a1", b'[{"a": 1}]'):
    for gap in (b"", b"\n", b" ", b"[]", b"\x00", b"|", b",", b"---"):
        as_data = {content_id(gap + word, []), content_id(word + gap, [])}
        as_rows = {content_id(b"", [{"a": 1}]), content_id(gap, [{"a": 1}])}
        assert not as_data & as_rows, "Can the end of the data be taken for a row?"
        for lead in (b"", b"x"):
            longer = {content_id(lead + word + gap, [{"b": 2}])}
            longer |= {content_id(lead + gap + word, [{"b": 2}])}
            two_rows = content_id(lead, [{"a": 1}, {"b": 2}])
            assert two_rows not in longer, "Can the end of the data be taken for one more row?"
pair, fused = [{"a": "b", "c": "d"}], [{"a": "b c d"}]
three = {content_id(b"", part) for part in (pair, fused, split_rows)}
assert len(three) == 3, "Can one row be taken for two, or one cell for another?"
cells = [None, "", "None", "null", True, "True", 1, "1", False, "False", 0, "0", 0.5, "0.5"]
own = {content_id(b"", [{"a": cell, "b": 2}]) for cell in cells}
assert len(own) == len(cells), "Can one kind of value be taken for another?"
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
moved = new_model(versions=4)
for number in (1, 3, 2):
    proven = {"run": f"run-{number}", "auc": {"EWR": 0.7, "JFK": 0.8, "LGA": 0.6 + number / 100}}
    promote(client, moved, number, proven)
    seen = client.get_registered_model(moved)
    assert str(seen.aliases.get("champion")) == str(number), "Does the alias point at the version?"
    kept = client.get_model_version(moved, str(number)).tags.get("evidence")
    assert kept is not None and json.loads(kept) == proven, "Is the evidence kept with the version?"
assert seen.tags.get("former_champions") == "1,3", "Who was champion before, the oldest first?"
promote(client, moved, 2, proven | {"auc": {"EWR": 0.1, "JFK": 0.1, "LGA": 0.1}})
unmoved, again = client.get_registered_model(moved), client.get_model_version(moved, "2").tags
assert json.loads(again["evidence"]) == proven, "What changes if it is champion already?"
assert unmoved.tags.get("former_champions") == "1,3", "What changes if it is champion already?"
### BEGIN HIDDEN TESTS
client.set_registered_model_alias(moved, "challenger", "4")
promote(client, moved, 4, {"run": "run-4", "auc": {"EWR": 1, "JFK": 0.0, "LGA": 0.5, "all": 0.6}})
promote(client, moved, 1, {"run": "run-1", "auc": {"EWR": 0.6, "JFK": 0.6, "LGA": 0.6}})
for turn in (3, 1):
    promote(client, moved, turn, {"run": f"run-{turn}", "auc": proven["auc"]})
final = client.get_registered_model(moved)
assert final.tags["former_champions"] == "1,3,2,4,1,3", "Is a champion noted each time it goes?"
ends = {k: str(v) for k, v in final.aliases.items()}
assert ends == {"champion": "1", "challenger": "4"}, "Does the alias champion move, and no other?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "promote-check-kept", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""The evidence is kept as it was given, to the last digit."""
shelf = new_model(versions=3)
given = {"run": "run-2", "auc": {"EWR": 0.71828, "JFK": 0.80902, "LGA": 0.69315}}
promote(client, shelf, 2, json.loads(json.dumps(given)))
kept = client.get_model_version(shelf, "2").tags.get("evidence")
assert kept is not None, "Is the evidence kept with the version?"
assert json.loads(kept) == given, "Are the numbers kept those that were measured?"
### BEGIN HIDDEN TESTS
rng_kept = np.random.default_rng(36)
for turn in (3, 1):
    slices = ("EWR", "JFK", "LGA", "all")
    measured = dict(zip(slices, rng_kept.uniform(0, 1, 4).tolist(), strict=True))
    given = {"run": f"run-{turn}", "auc": measured}
    promote(client, shelf, turn, json.loads(json.dumps(given)))
    kept = client.get_model_version(shelf, str(turn)).tags.get("evidence", "null")
    assert json.loads(kept) == given, "Are the numbers kept those that were measured?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "promote-check-evidence", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""Without evidence of this very version, for each airport, nothing changes."""
shut = new_model(versions=2)
client.set_registered_model_alias(shut, "champion", "1")
good = {"EWR": 0.7, "JFK": 0.7, "LGA": 0.7}
poor = [None, {}, {"run": "run-2"}, {"auc": good}, {"run": "run-1", "auc": good}]
areas = [{}, {"EWR": 0.7, "JFK": 0.7}, good | {"LGA": float("nan")}, good | {"JFK": 1.2}, None]
### BEGIN HIDDEN TESTS
for wrong in (float("nan"), 1.3, -0.1, None, "0.7", float("inf")):
    areas += [good | {airport: wrong} for airport in good]
poor += [{"run": "", "auc": good}, {"run": None, "auc": good}]
### END HIDDEN TESTS
for weak in [*poor, *({"run": "run-2", "auc": area} for area in areas)]:
    try:
        promote(client, shut, 2, weak)
        outcome = "a promotion"
    except Exception as error:
        outcome = type(error).__name__
    assert outcome != "a promotion", f"Is this evidence of version 2, an AUC by airport: {weak}?"
    assert outcome == "ValueError", f"Is the error for {weak} a ValueError, and not {outcome}?"
intact = client.get_registered_model(shut)
assert str(intact.aliases.get("champion")) == "1", "Does a refusal leave the champion alone?"
assert not intact.tags.get("former_champions"), "Does a refusal leave the notes alone?"
assert "evidence" not in client.get_model_version(shut, "2").tags, "Is weak evidence kept?"

# %% nbgrader={"grade": true, "grade_id": "promote-check-killed", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
"""Killed before any of its changes, it leaves a champion, with evidence, and the old one noted."""
cut_proof = {"run": "run-2", "auc": {"EWR": 0.7, "JFK": 0.7, "LGA": 0.7}}
promote(client, new_model(versions=2), 2, cut_proof)  # an error of its own shows here
for step in range(1, 20):
    cut = new_model(versions=3)
    client.set_registered_model_alias(cut, "champion", "1")
    client.set_registered_model_tag(cut, "former_champions", "3")
    died = killed(step, lambda own, cut=cut: promote(own, cut, 2, cut_proof))
    left = client.get_registered_model(cut)
    serves = str(left.aliases.get("champion"))
    assert serves in ("1", "2"), "Is there a moment without a champion?"
    noted = left.tags.get("former_champions", "").split(",")
    proven_now = "evidence" in client.get_model_version(cut, "2").tags
    assert serves == "1" or proven_now, "Is there a moment at which a champion has no evidence?"
    assert serves == "1" or "1" in noted, "Is there a moment at which nobody knows the old one?"
    ### BEGIN HIDDEN TESTS
    assert noted in (["3"], ["3", "1"]), "Is the list whole at every moment, the oldest first?"
    ### END HIDDEN TESTS
    if not died:
        break
assert step > 1 and serves == "2", "Do you make each change through the client that is given?"

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
back = new_model(versions=4)
client.set_registered_model_alias(back, "champion", "4")
client.set_registered_model_tag(back, "former_champions", "1,3,2")
for expected in (2, 3):
    came = rollback(client, back)
    assert came is not None and int(came) == expected, "Which version was champion before that?"
    seen = client.get_registered_model(back)
    assert str(seen.aliases.get("champion")) == str(expected), "Does the alias point at it?"
    entries = seen.tags.get("former_champions", "").split(",")
    assert str(expected) not in entries, "Is the version taken off the list?"
### BEGIN HIDDEN TESTS
assert int(rollback(client, back)) == 1, "Does it go back as far as the list reaches?"
rng_back = np.random.default_rng(34)
long_list = [int(n) for n in rng_back.permutation(range(1, 8))]
long_list = [long_list[2], *long_list]  # one was champion twice
deep = new_model(versions=8)
client.set_registered_model_alias(deep, "champion", "8")
client.set_registered_model_alias(deep, "challenger", "5")
client.set_registered_model_tag(deep, "former_champions", ",".join(map(str, long_list)))
for wanted in reversed(long_list):
    assert int(rollback(client, deep)) == wanted, "Do you take the newest entry, by its place?"
ends = {key: str(value) for key, value in client.get_registered_model(deep).aliases.items()}
assert ends == {"champion": str(long_list[0]), "challenger": "5"}, "Does only champion move?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "rollback-check-nothing", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Where nobody was champion before, it refuses and changes nothing."""
first_ever = new_model(versions=2)
client.set_registered_model_alias(first_ever, "champion", "2")
### BEGIN HIDDEN TESTS
for trace_left in ("", "2", "2,2"):
    client.set_registered_model_tag(first_ever, "former_champions", trace_left)
    nowhere = object()
    try:
        went = rollback(client, first_ever)
    except ValueError:
        went = nowhere
    assert went is nowhere, "Is the champion itself somebody to go back to?"
    still = {"former_champions": "", **client.get_registered_model(first_ever).tags}
    assert still == {"former_champions": trace_left}, "Does a refusal leave all tags as they were?"
client.delete_registered_model_tag(first_ever, "former_champions")
### END HIDDEN TESTS
try:
    rollback(client, first_ever)
    refused = False
except ValueError:
    refused = True
assert refused, "Is there anybody to go back to?"
unchanged = client.get_registered_model(first_ever).aliases
assert str(unchanged.get("champion")) == "2", "Does the champion stay, if there is nobody?"

# %% nbgrader={"grade": true, "grade_id": "rollback-check-killed", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""Killed at any change, it leaves a champion, and the next rollback goes back exactly one."""
dark = new_model(versions=3)
client.set_registered_model_alias(dark, "champion", "2")
client.set_registered_model_tag(dark, "former_champions", "3,1,2,2")  # promotions were killed
skipped = rollback(client, dark)
assert str(skipped) != "2", "Do all entries at the end count that are the champion itself?"
assert str(skipped) == "1", "Which version was champion before version 2?"
for step in range(1, 20):
    outage = new_model(versions=4)
    client.set_registered_model_alias(outage, "champion", "4")
    client.set_registered_model_tag(outage, "former_champions", "1,2,3")
    died = killed(step, lambda own, outage=outage: rollback(own, outage))
    serves = client.get_registered_model(outage).aliases.get("champion")
    assert str(serves) in ("4", "3"), "Is there a moment without a champion?"
    assert int(rollback(client, outage)) == int(serves) - 1, (
        "Which of the two changes comes first, so that no entry is lost between them?"
    )
    if not died:
        break
assert step > 1, "Do you make each change through the client that is given?"
### BEGIN HIDDEN TESTS
client.set_registered_model_alias(dark, "champion", "3")
client.set_registered_model_tag(dark, "former_champions", "2,1" + ",3" * 12)
assert int(rollback(client, dark)) == 1, "Are as many entries skipped as there are, and no more?"
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
spec, inputs = mlflow.types.ColSpec, mlflow.types.Schema
pair = [spec("string", "dest"), spec("double", "humid")]
assert isinstance(bump(inputs(pair), inputs(pair)), str), "Do you return one of the three words?"
assert bump(inputs(pair), inputs(pair[:1])) == "major", "Who heeds the column that callers send?"
more = inputs([*pair, spec("long", "seats")])
assert bump(inputs(pair), more) == "major", "Who sends the column that is now required?"
retyped = inputs([spec("long", "dest"), pair[1]])
assert bump(inputs(pair), retyped) == "major", "Do callers send a column of that type?"
maybe, sure = spec("double", "gust", required=False), spec("double", "gust")
some_send = inputs([*pair, maybe])
assert bump(some_send, inputs(pair)) == "major", "Did some callers send the optional column?"
assert bump(some_send, inputs([*pair, sure])) == "major", "Did all callers send what is required?"
### BEGIN HIDDEN TESTS
whole = spec("long", "gust", required=False)
assert bump(some_send, inputs([*pair, whole])) == "major", "Did some callers send it as it was?"
kinds = list(mlflow.types.DataType)
for was, becomes in ((a, b) for a in kinds for b in kinds if a is not b):
    one, other = (inputs([pair[0], spec(kind, "gust")]) for kind in (was, becomes))
    assert bump(one, other) == "major", "Is a type that changes safe for all?"
renamed = inputs([pair[0], spec("double", "humidity")])
assert bump(inputs(pair), renamed) == "major", "Do callers know the new name?"
both_ways = inputs([pair[0], maybe])
assert bump(inputs(pair), both_ways) == "major", "Is the highest of several changes returned?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "bump-check-offers", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
"""What callers may use, and need not, is minor."""
spec, inputs = mlflow.types.ColSpec, mlflow.types.Schema
trio = [spec("string", "dest"), spec("double", "humid"), spec("long", "seats")]
assert isinstance(bump(inputs(trio), inputs(trio)), str), "Do you return one of the three words?"
offered = inputs([*trio, spec("double", "gust", required=False)])
assert bump(inputs(trio), offered) == "minor", "Must any caller change, and may one?"
loose = inputs([trio[0], spec("double", "humid", required=False), trio[2]])
assert bump(inputs(trio), loose) == "minor", "May callers leave out what they had to send?"
### BEGIN HIDDEN TESTS
front = inputs([spec("boolean", "holiday", required=False), *trio[::-1]])
assert bump(inputs(trio), front) == "minor", "Does the order of columns mean anything?"
gated = inputs([*loose.inputs, spec("string", "gate", required=False)])
assert bump(loose, gated) == "minor", "May callers send a column that was not there?"
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "bump-check-same", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""The same columns, in whatever order, are a patch."""
spec, inputs = mlflow.types.ColSpec, mlflow.types.Schema
row = [spec("string", "dest"), spec("double", "humid", required=False), spec("long", "seats")]
assert isinstance(bump(inputs(row), inputs(row)), str), "Do you return one of the three words?"
assert bump(inputs(row), inputs(row[::-1])) == "patch", "Do columns go by name or by place?"
### BEGIN HIDDEN TESTS
rng_bump = np.random.default_rng(35)
kinds = ["string", "double", "long", "boolean"]
for _ in range(10):
    wide = [spec(str(rng_bump.choice(kinds)), f"c{n}", required=bool(n % 3)) for n in range(9)]
    mixed = [wide[place] for place in rng_bump.permutation(9)]
    assert bump(inputs(wide), inputs(mixed)) == "patch", "Are they the same columns?"
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
safe_model, safe_rows = small_model(seed=6)
safe_path = workspace.folder / "safe.skops"
skops.io.dump(safe_model, safe_path)
loaded = load_checked(safe_path, TRUSTED)
assert loaded is not None, "Do you return the model?"
assert np.allclose(loaded.predict_proba(safe_rows), safe_model.predict_proba(safe_rows)), (
    "Is it the model that lies in the file?"
)
### BEGIN HIDDEN TESTS
roomy = (*TRUSTED, "collections.OrderedDict", "somebody.else")
again = load_checked(safe_path, roomy)
assert np.allclose(again.predict(safe_rows), safe_model.predict(safe_rows)), (
    "May the list name more types than the file needs?"
)
### END HIDDEN TESTS

# %% nbgrader={"grade": true, "grade_id": "safe-load-check-refuses", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""A file that needs any other type is refused, by name."""
strange_path = workspace.folder / "stranger.skops"
skops.io.dump([small_model(seed=7)[0], Stranger()], strange_path)
strange_type = "course.drills.Stranger"
lists = [TRUSTED, [], [strange_type]]
### BEGIN HIDDEN TESTS
lists += [[strange_type, *TRUSTED[1:]], [*TRUSTED[:2], strange_type], TRUSTED[1:2]]
for kind in (strange_type, *TRUSTED):  # in its place a name that is like it
    others = [other for other in (strange_type, *TRUSTED) if other != kind]
    package, last = kind.split(".")[0], kind.split(".")[-1]
    alike = [kind[:-1], f"{kind}s", f"{kind}.more", f"my.{kind}", f"x{kind}", kind.swapcase()]
    alike += [package, f"{package}.", f"{package}.*", kind.rpartition(".")[0], last, f"my.{last}"]
    lists += [[*others, name] for name in alike] + [[*others, *alike]]
### END HIDDEN TESTS
for allowed in lists:
    try:
        load_checked(strange_path, allowed)
        complaint = None
    except ValueError as error:
        complaint = str(error)
    assert complaint is not None, f"Is each type of this file in the list {allowed}?"
    lacking = {*TRUSTED, strange_type} - set(allowed)
    assert all(kind in complaint for kind in lacking), "Is each type named that is not in the list?"
    named = [kind for kind in {*TRUSTED, strange_type} - lacking if kind in complaint]
    assert not named, "Is a trusted type named as a stranger?"

# %% nbgrader={"grade": true, "grade_id": "safe-load-check-unbuilt", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
"""Of a file that is refused nothing is built."""
sealed_path = workspace.folder / "sealed.skops"
skops.io.dump([small_model(seed=9)[0], Stranger()], sealed_path)
Stranger.built = 0
for part in (TRUSTED, []):
    try:
        load_checked(sealed_path, part)
        refused = False
    except ValueError:
        refused = True
    assert Stranger.built == 0, "Did the stranger's code run before you looked at the types?"
    assert refused, "Is each type of this file in the list?"

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
