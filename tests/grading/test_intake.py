"""What is read of a notebook that a stranger handed in, and what is set aside of a folder."""

import json
import os
import socket
import warnings
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
    new_raw_cell,
)

from course.grading.intake.submission import IntakeLimits, Unreadable, read_submission, set_aside
from tests.pipeline.course_copy import ROOT

CHECK = {
    "grade": True,
    "grade_id": "sum-check",
    "locked": True,
    "points": 2,
    "schema_version": 3,
    "solution": False,
    "task": False,
}


def cell(kind="code", **parts):
    whole = {"cell_type": kind, "id": "a", "metadata": {}, "source": "1 + 1"}
    if kind == "code":
        whole |= {"execution_count": None, "outputs": []}
    return {**whole, **parts}


def document(*cells, **parts):
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": list(cells), **parts}


@pytest.fixture
def read(tmp_path):
    """Write bytes, text or a JSON document to a file and read it as a submission."""

    def read(content, **limits):
        if not isinstance(content, str | bytes):
            content = json.dumps(content)
        path = tmp_path / "lesson.ipynb"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        notebook = read_submission(path, IntakeLimits(**limits))
        again = nbformat.writes(notebook)  # what is read can be written, in UTF-8
        assert nbformat.reads(again.encode().decode(), as_version=4) == notebook
        nbformat.validate(notebook, relax_add_props=True)
        return notebook

    return read


def rich_notebook():
    picture = {"image/png": "iVBORw0KGgo=" * 20_000, "text/plain": ["a\n", "b"]}
    return new_notebook(
        metadata={
            "kernelspec": {"name": "ir", "display_name": "R"},
            "language_info": {"name": "R"},
            "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}}},
        },
        cells=[
            new_markdown_cell(
                "![a](attachment:a.png)\n", attachments={"a.png": {"image/png": "AAAA"}}
            ),
            new_raw_cell("\\LaTeX", metadata={"format": "text/latex"}),
            new_code_cell(
                "naïve = 'Zoë 🦆 \\ud800 \\\\u0000'\nprint(naïve)",
                execution_count=7,
                metadata={"tags": ["hard"], "nbgrader": CHECK, "collapsed": True},
                outputs=[
                    new_output("stream", text="🦆\n" * 1000),
                    new_output("display_data", data=picture),
                    new_output("execute_result", data={"application/json": {"x": [1, [2]]}}),
                    new_output("error", ename="E", evalue="é", traceback=["\x1b[31mE"]),
                ],
            ),
        ],
    )


@pytest.mark.parametrize("path", sorted((ROOT / "source").glob("*/*.ipynb")), ids=lambda p: p.stem)
def test_a_lesson_is_read_as_nbformat_reads_it(path):
    assert read_submission(path) == nbformat.read(path, as_version=4)


@pytest.mark.parametrize("minor", range(7))
@pytest.mark.parametrize("split", [True, False])
@pytest.mark.parametrize("escape", [True, False])
def test_a_valid_notebook_is_read_as_nbformat_reads_it(read, minor, split, escape):
    notebook = rich_notebook()
    notebook.nbformat_minor = minor
    for each in notebook.cells:
        if minor < 5:
            del each["id"]
        if minor < 1:
            each.pop("attachments", None)
    if minor > 5:
        notebook.cells[1]["of the future"] = {"a": 1}
    text = nbformat.writes(notebook, split_lines=split, ensure_ascii=escape)
    expected = nbformat.reads(text, as_version=4)
    assert read(text) == expected
    assert read(b"\xef\xbb\xbf" + text.encode()) == expected  # as Windows saves it


def test_a_notebook_of_format_3_is_brought_to_format_4(read):
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": "old"},
        "worksheets": [
            {
                "cells": [
                    {"cell_type": "heading", "level": 2, "source": ["Title"], "metadata": {}},
                    {
                        "cell_type": "code",
                        "collapsed": False,
                        "input": ["x = 1\n", "x"],
                        "language": "python",
                        "metadata": {},
                        "outputs": [
                            {
                                "output_type": "pyout",
                                "prompt_number": 1,
                                "text": ["1"],
                                "metadata": {},
                            }
                        ],
                        "prompt_number": 1,
                    },
                ],
                "metadata": {},
            }
        ],
    }
    notebook = read(old)
    assert [(each.cell_type, each.source) for each in notebook.cells] == [
        ("markdown", "## Title"),
        ("code", "x = 1\nx"),
    ]
    assert notebook.cells[1].outputs[0].data == {"text/plain": "1"}
    old["worksheets"][0]["cells"][0]["level"] = 10**12  # as many # would fill the memory
    assert read(old).cells[0].source == "###### Title"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty"),
        (b" \n", "The file is empty"),
        (b"\x00\x01\xff\xfe" * 100, "not text in UTF-8"),
        ('{"nbformat": 4}'.encode("utf-16"), "not text in UTF-8"),
        ('{"nbformat": 4, "cells": [{"cell_type": "co', "not valid JSON, or not all of it"),
        (b"<html>Please log in</html>", "not valid JSON"),
        ('{"nbformat": 4, "cells": [' + "9" * 5000 + "]}", "not valid JSON"),
        ([1, 2], "JSON but not a notebook"),
        ("null", "JSON but not a notebook"),
        ({"cells": []}, "does not say that it is a notebook"),
        ({"nbformat": "4", "cells": []}, "does not say that it is a notebook"),
        ({"nbformat": 5, "cells": []}, "does not say that it is a notebook"),
        ({"nbformat": True, "cells": []}, "does not say that it is a notebook"),
        ({"nbformat": 4}, "has no list of cells"),
        ({"nbformat": 4, "cells": {"a": 1}}, "has no list of cells"),
        ({"nbformat": 3, "worksheets": 7}, "is in format 3 and cannot be brought to format 4"),
        ({"nbformat": 2, "cells": []}, "is in format 2 and cannot be brought to format 4"),
        (b"[" * 1_000_000, "nested 1,000,000 levels deep"),
        ('{"a":' * 200_000, "nested 200,000 levels deep"),
        (document(a="]" * 90, b=[[[[["["]]]]] * 2, c='\\"[[[['), None),
        ("[" + "{}," * 300_000 + "{}]", "holds 300,002 lists and objects"),
        (document(*[cell(id=f"c{n}") for n in range(2001)]), "has 2,001 cells"),
        (document(cell(source="x" * 1_000_001)), "A cell has 1,000,001 characters"),
    ],
)
def test_what_is_no_notebook_is_refused_in_one_sentence_with_its_cure(read, content, reason):
    if reason is None:
        assert read(content).cells == []
        return
    with pytest.raises(Unreadable) as refused:
        read(content)
    sentence = str(refused.value)
    assert reason in sentence
    assert "again" in sentence or "fresh copy" in sentence
    assert sentence.endswith(".") and sentence.count(". ") == 0 and len(sentence) < 200


def test_a_file_over_the_limit_is_refused_at_its_size(tmp_path):
    path = tmp_path / "huge.ipynb"
    with path.open("wb") as file:
        file.truncate(10**12)  # more than could be read
    with pytest.raises(Unreadable, match=r"is 1000000 MB and at most 20 MB is read: clear its"):
        read_submission(path)


def test_nothing_but_a_plain_file_is_opened(tmp_path):
    (tmp_path / "real.ipynb").write_text(json.dumps(document()), encoding="utf-8")
    (tmp_path / "link.ipynb").symlink_to("real.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "device.ipynb").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket.ipynb"))
    for name in ("link", "folder", "pipe", "device", "socket"):
        with pytest.raises(Unreadable, match="submit a plain file"):
            read_submission(tmp_path / f"{name}.ipynb")
    with pytest.raises(Unreadable, match="There is no such file"):
        read_submission(tmp_path / "none.ipynb")


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"cell_type": "code"},
        {"cell_type": "mystery", "source": "1"},
        {"cell_type": ["code"], "source": "1"},
        cell(source=None),
        cell(source=["a\n", 7, None, "b"]),
        cell(source={"a": 1}),
        cell(metadata=None),
        cell(metadata=["skip"]),
        cell(metadata={"tags": "skip"}),
        cell(metadata={"tags": ["a", "a"]}),
        cell(metadata={"tags": [["a"], 1, "b,c"]}),
        cell(metadata={"name": 7, "collapsed": "yes", "scrolled": [], "jupyter": 1}),
        cell(outputs=None),
        cell(outputs={"a": 1}),
        cell(outputs=[1, None]),
        cell(outputs=[{"output_type": "stream"}]),
        cell(outputs=[{"output_type": "display_data", "data": [1]}]),
        cell(outputs=[{"output_type": "execute_result", "data": {"text/plain": 1}}]),
        cell(outputs=[{"output_type": ["a"], "data": None}]),
        cell(outputs=[{"data": {}}]),
        cell(execution_count="seven"),
        cell(execution_count=-1),
        cell(attachments=7),
        cell("markdown", attachments=[1]),
        cell("markdown", attachments={"a": 7}),
        cell("raw", attachments={"a": {"image/png": 7}}),
        cell("markdown", outputs=[], execution_count=1),
        cell(id=None),
        cell(id=[1]),
        cell(id=""),
        cell(id="has space"),
        cell(id="x" * 65),
        cell(trusted=True, more={"a": 1}),
        cell(prompt_number=1, input="1"),
    ],
    ids=lambda odd: json.dumps(odd)[-60:],
)
def test_an_odd_cell_is_mended_and_costs_no_other_cell(read, odd):
    whole = cell(id="b", source="honest = 1", metadata={"tags": ["t"]})
    for minor in (5, 4, 0, 9):
        notebook = read(document(odd, whole, nbformat_minor=minor))
        assert len(notebook.cells) == 2
        assert notebook.cells[1].source == "honest = 1"
        assert notebook.cells[1].metadata == {"tags": ["t"]}
        assert isinstance(notebook.cells[0].source, str)


def test_what_can_be_read_of_an_odd_cell_is_kept(read):
    odd = cell("mystery", source=["a\n", 7, "b"], metadata={"tags": [1], "more": 2}, outputs=3)
    assert read(document(odd)).cells[0] == {
        "cell_type": "raw",
        "id": "a",
        "metadata": {"more": 2},
        "source": "a\nb",
    }


def test_what_is_no_cell_is_left_out(read):
    assert [each.source for each in read(document(7, None, "x", [], cell())).cells] == ["1 + 1"]


def test_every_cell_gets_an_id_of_its_own_without_a_word(read, caplog):
    several = [cell(), cell(), {"cell_type": "code", "source": ""}, cell("raw", id=7)]
    with warnings.catch_warnings(record=True) as warned:
        notebook = read(document(*several))
    assert warned == []
    assert caplog.text == ""
    ids = [each.id for each in notebook.cells]
    assert ids[0] == "a"
    assert len(set(ids)) == 4


@pytest.mark.parametrize(
    "odd",
    [
        7,
        None,
        ["grade"],
        {},
        {"grade": "yes"},
        CHECK | {"points": "lots"},
        CHECK | {"points": -5},
        CHECK | {"points": None},
        CHECK | {"points": [2]},
        CHECK | {"grade_id": 7},
        CHECK | {"grade_id": ""},
        CHECK | {"grade_id": "a b"},
        CHECK | {"grade_id": {"a": 1}},
        CHECK | {"schema_version": 4},
        CHECK | {"schema_version": "3"},
        CHECK | {"schema_version": [3]},
        CHECK | {"cell_type": "mystery"},
        CHECK | {"checksum": "short"},
        {key: value for key, value in CHECK.items() if key != "points"},
        {key: value for key, value in CHECK.items() if key != "grade_id"},
    ],
)
def test_nbgrader_metadata_that_makes_no_sense_is_taken_off(read, odd):
    metadata = read(document(cell(metadata={"nbgrader": odd, "name": "kept"}))).cells[0].metadata
    assert metadata == {"name": "kept"}


@pytest.mark.parametrize("points", ["1e999", "NaN", "-Infinity", "1" + "0" * 400])
def test_points_beyond_numbers_are_taken_off(read, points):
    text = json.dumps(document(cell(metadata={"nbgrader": CHECK | {"points": 77}})))
    assert read(text.replace("77", points)).cells[0].metadata == {}


def test_sensible_nbgrader_metadata_is_kept_and_brought_up_to_date(read):
    old = {key: CHECK[key] for key in ("grade", "grade_id", "locked", "points", "solution")}
    for given in (CHECK, CHECK | {"extra": [1]}, old, old | {"schema_version": 2}):
        metadata = read(document(cell(metadata={"nbgrader": given}))).cells[0].metadata
        assert {"task": False} | metadata.nbgrader == CHECK


def test_what_no_file_or_database_can_hold_is_replaced(read):
    text = json.dumps(document(cell(source="SOURCE"), metadata={"KEY": {"x": 1}}))
    text = text.replace("SOURCE", r"a\ud800b\u0000c\ud83e\udd86").replace("KEY", r"k\uDFFF")
    notebook = read(text)
    assert notebook.cells[0].source == "a\ufffdb\ufffdc🦆"
    assert notebook.metadata == {"k\ufffd": {"x": 1}}


def test_numbers_beyond_json_and_doubled_keys_do_no_harm(read):
    text = json.dumps(document(cell(metadata={"odd": 77})))
    notebook = read(text.replace("77", "NaN").replace('"source"', '"source": 1, "source"'))
    assert notebook.cells[0].metadata == {"odd": None}
    assert notebook.cells[0].source == "1 + 1"


@pytest.mark.parametrize("metadata", [7, None, [], {"kernelspec": "x"}, {"title": 1, "a": 2}])
@pytest.mark.parametrize("minor", [None, "x", -1, 4.5, True])
def test_odd_metadata_of_a_notebook_is_mended(read, metadata, minor):
    notebook = read(document(cell(), metadata=metadata, nbformat_minor=minor, more=1))
    assert notebook.nbformat_minor == 5
    assert notebook.metadata == ({"a": 2} if metadata == {"title": 1, "a": 2} else {})


def test_brackets_and_quotes_in_text_nest_nothing(read):
    source = '"' + "[" * 500 + "\\"
    assert read(document(cell(source=source))).cells[0].source == source


def test_many_tags_and_deep_sources_are_read(read):
    tags = [{"a": number} for number in range(30_000)]
    brackets = "(" * 500_000
    notebook = read(document(cell(metadata={"tags": tags}), cell(source=brackets)))
    assert notebook.cells[0].metadata == {}
    assert notebook.cells[1].source == brackets


# -- What is set aside of a folder -----------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "submitted" / "ana" / "ps 1"
    (folder / "data").mkdir(parents=True)
    (folder / "lesson.ipynb").write_text("{}", encoding="utf-8")
    (folder / "data" / "días.csv").write_text("a\n", encoding="utf-8")
    (folder / "timestamp.txt").write_text("2026-02-03 12:00:00 UTC", encoding="utf-8")
    return folder


def contents(folder: Path):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


PLAIN = ["data", "data/días.csv", "lesson.ipynb", "timestamp.txt"]


def test_an_honest_folder_is_left_as_it_is(folder, tmp_path):
    assert set_aside(folder, tmp_path / "aside") == []
    assert contents(folder) == PLAIN
    assert not (tmp_path / "aside").exists()


def test_what_is_no_plain_file_is_moved_and_nothing_is_followed(folder, tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key").write_text("k", encoding="utf-8")
    (folder / "data" / "up").symlink_to("../../../../secret")
    (folder / "dangling.ipynb").symlink_to("nowhere")
    os.mkfifo(folder / "pipe\nname")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(folder / "socket"))
    aside = tmp_path / "aside"
    told = set_aside(folder, aside)
    assert contents(folder) == PLAIN
    assert sorted(path.name for path in aside.iterdir()) == [
        "dangling.ipynb",
        "data",
        "pipe\nname",
        "socket",
    ]
    assert (aside / "data" / "up").readlink() == Path("../../../../secret")
    assert contents(secret) == ["key"]
    assert told == [
        f"'dangling.ipynb' is a symbolic link: it was moved to {aside}.",
        f"'data/up' is a symbolic link: it was moved to {aside}.",
        rf"'pipe\nname' is a pipe, a socket or a device: it was moved to {aside}.",
        f"'socket' is a pipe, a socket or a device: it was moved to {aside}.",
    ]


def test_what_was_set_aside_before_is_kept(folder, tmp_path):
    aside = tmp_path / "aside"
    for target in ("one", "two", "three"):
        (folder / "link").symlink_to(target)
        set_aside(folder, aside)
    assert {str(path.readlink()) for path in aside.iterdir()} == {"one", "two", "three"}


def test_a_folder_that_is_a_link_is_moved_itself(folder, tmp_path):
    link = folder.parent / "ps 2"
    link.symlink_to(folder)
    (sentence,) = set_aside(link, tmp_path / "aside")
    assert "is no folder but a file or a link" in sentence
    assert not link.is_symlink()
    assert contents(folder) == PLAIN


@pytest.mark.parametrize(
    ("limits", "moved", "why"),
    [
        ({"file_bytes": 5}, ["big.bin", "timestamp.txt"], "and at most"),
        ({"folder_bytes": 100}, ["big.bin"], "would make the folder larger than"),
        ({"files": 3}, ["data/días.csv", "timestamp.txt"], "is one more than 3 files and folders"),
        ({"folder_depth": 1}, ["data/días.csv"], "lies more than 1 folders deep"),
    ],
)
def test_what_exceeds_a_limit_is_moved_and_the_notebook_stays(folder, tmp_path, limits, moved, why):
    (folder / "big.bin").write_bytes(b"x" * 200)
    aside = tmp_path / "aside"
    told = set_aside(folder, aside, replace(IntakeLimits(), **limits))
    files = [str(path.relative_to(aside)) for path in aside.rglob("*") if path.is_file()]
    assert sorted(files) == moved
    assert all(why in sentence for sentence in told)
    assert (folder / "lesson.ipynb").exists()


def test_a_thousand_links_are_told_in_a_few_sentences(folder, tmp_path):
    for number in range(1000):
        (folder / f"link{number}").symlink_to("/etc/passwd")
    told = set_aside(folder, tmp_path / "aside")
    assert len(told) == 21
    assert "980 more" in told[-1]
    assert contents(folder) == PLAIN


@pytest.mark.parametrize(
    "said",
    [
        b"soon",
        b"\xff\xfe",
        b"9" * 5000,
        b"2026-02-03 12:00:00 +99999999",
        b"2026-02-03" + b" " * 99 + b"x",
    ],
)
def test_a_timestamp_that_holds_no_time_is_moved(folder, tmp_path, said):
    (folder / "timestamp.txt").write_bytes(said)
    (sentence,) = set_aside(folder, tmp_path / "aside")
    assert sentence.startswith("'timestamp.txt' holds no time")
    assert not (folder / "timestamp.txt").exists()


def test_a_folder_in_place_of_the_timestamp_is_moved(folder, tmp_path):
    (folder / "timestamp.txt").unlink()
    (folder / "timestamp.txt").mkdir()
    (sentence,) = set_aside(folder, tmp_path / "aside")
    assert sentence.startswith("'timestamp.txt' holds no time")
    assert contents(folder) == PLAIN[:-1]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files to somebody else")
def test_a_hard_link_to_a_file_of_somebody_else_is_moved(folder, tmp_path):
    other = tmp_path / "other"
    other.write_text("theirs", encoding="utf-8")
    os.chown(other, 65534, 65534)
    (folder / "linked.csv").hardlink_to(other)
    (folder / "own.csv").hardlink_to(folder / "data" / "días.csv")
    (sentence,) = set_aside(folder, tmp_path / "aside")
    assert sentence.startswith("'linked.csv' is a hard link to a file of somebody else")
