"""The Pipeline board, over runs written as the server's hook writes them."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from traitlets import TraitError

from course.pipeline import STAGES, Run, read_runs
from course.widgets.pipeline_board import PipelineBoard

PASSED = {"state": "passed", "exit_code": 0, "seconds": 1.21}
FAILED = {"state": "failed", "exit_code": 1, "seconds": 2.5}
RUNNING, WAITING, SKIPPED = (
    {"state": state, "exit_code": None, "seconds": None}
    for state in ("running", "waiting", "skipped")
)


class Server:
    """Holds runs, and changes them as a hook does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tell: Callable[[], object] = lambda: None

    def runs(self) -> list[Run]:
        return read_runs(self.folder)

    def watch(self, callback: Callable[[], object]) -> None:
        self.tell = callback

    def pushed(self, message: str, *states: dict[str, Any], branch: str = "main") -> None:
        """Add a run; its last stages are waiting, or skipped where one before failed."""
        number = len(self.runs()) + 1
        place = self.folder / f"{number:03}"
        place.mkdir(parents=True)
        rest = SKIPPED if FAILED in states or branch != "main" else WAITING
        for name, state in zip(STAGES, [*states, *[rest] * len(STAGES)], strict=False):
            (place / f"{name}.json").write_text(json.dumps(state))
        about = {"number": number, "commit": f"{number:x}" * 40, "branch": branch}
        (place / "run.json").write_text(json.dumps(about | {"message": message}))
        self.tell()

    def reached(self, stage: str, state: dict[str, Any], log: str = "") -> None:
        """Let the newest run get further."""
        place = self.folder / f"{len(self.runs()):03}"
        (place / f"{stage}.json").write_text(json.dumps(state))
        (place / f"{stage}.log").write_text(log)
        self.tell()


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path / "runs")


class Reader(HTMLParser):
    """Reads a board: its rows as texts, its log, and the elements there are."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.log, self.title, self.elements, self.inside = "", "", set[str](), ""
        self.current: list[bool] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.inside = tag if tag in ("pre", "p", "th", "td") else self.inside
        if tag == "tr":
            self.rows.append([])
            self.current.append(("aria-current", "true") in attributes)
        if tag in ("th", "td"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag == self.inside else self.inside
        if tag in ("th", "td"):
            self.rows[-1][-1] = self.rows[-1][-1].strip()

    def handle_data(self, data: str) -> None:
        if self.inside in ("th", "td"):
            self.rows[-1][-1] += data
        elif self.inside == "pre":
            self.log += data
        elif self.inside == "p":
            self.title += data


def shown(board: PipelineBoard) -> Reader:
    return Reader(board.draw())


def test_before_the_first_push_there_is_the_head_of_the_table(server: Server) -> None:
    board = PipelineBoard(server)
    assert shown(board).rows == [["Push", *STAGES]]
    assert shown(board).log == "(nothing has been pushed)"
    assert board.describe() == "Nothing has been pushed yet."


def test_each_push_is_a_row_and_each_stage_a_cell_in_words(server: Server) -> None:
    server.pushed("Say it better", *[PASSED] * 7)
    server.pushed("Round the delay", PASSED, FAILED)
    server.pushed("Try it", PASSED, RUNNING)
    board = shown(PipelineBoard(server))
    assert board.rows == [
        ["Push", *STAGES],
        ["3 3333333 Try it", "✓ passed 1.2 s", "● running", *["○ waiting"] * 5],
        ["2 2222222 Round the delay", "✓ passed 1.2 s", "✗ FAILED exit 1", *["- skipped"] * 5],
        ["1 1111111 Say it better", *["✓ passed 1.2 s"] * 7],
    ]
    assert board.current == [False, True, False, False]


@pytest.mark.parametrize(
    ("states", "branch", "told"),
    [
        (
            [PASSED, FAILED],
            "main",
            "Push 1 was stopped by test after 3.7 seconds, with exit code 1; the 5 stages behind "
            "it did not run.",
        ),
        (
            [PASSED] * 6 + [FAILED],
            "main",
            "Push 1 was stopped by deploy after 9.8 seconds, with exit code 1.",
        ),
        (
            [PASSED] * 5 + [FAILED],
            "main",
            "Push 1 was stopped by register after 8.6 seconds, with exit code 1; the 1 stage "
            "behind it did not run.",
        ),
        ([PASSED] * 7, "main", "Push 1 passed all 7 stages and is deployed, after 8.5 seconds."),
        ([], "main", "Push 1 is running: lint, stage 1 of 7."),
        ([PASSED] * 3 + [RUNNING], "main", "Push 1 is running: train, stage 4 of 7."),
        (
            [PASSED] * 5,
            "try-it",
            "Push 1 passed 5 stages after 6.0 seconds; from try-it none is deployed.",
        ),
    ],
)
def test_the_sentence_tells_how_far_a_push_came(
    server: Server, states: list[dict[str, Any]], branch: str, told: str
) -> None:
    server.pushed("Change it", *states, branch=branch)
    assert PipelineBoard(server).describe() == told


def test_a_branch_that_is_not_main_is_named(server: Server) -> None:
    server.pushed("Try it", branch="fix-typo")
    assert shown(PipelineBoard(server)).rows[1][0] == "1 1111111 on fix-typo Try it"


def test_the_board_follows_a_push_and_sends_only_what_is_new(server: Server) -> None:
    board = PipelineBoard(server)
    board._repr_mimebundle_()
    seen: list[dict[str, str]] = []
    board.observe(lambda change: seen.append(change.new), "_shown")
    server.pushed("Round the delay", RUNNING)
    server.reached("lint", PASSED, "All checks passed!")
    server.tell()  # nothing has changed: nothing is sent
    server.reached("test", RUNNING)
    server.reached("test", FAILED, "1 failed")
    assert [state["sentence"] for state in seen] == [
        "Push 1 is running: lint, stage 1 of 7.",
        "Push 1 is running: lint, stage 1 of 7.",
        "Push 1 is running: test, stage 2 of 7.",
        "Push 1 was stopped by test after 3.7 seconds, with exit code 1; the 5 stages behind it"
        " did not run.",
    ]
    assert [Reader(state["figure"]).rows[1][1] for state in seen] == [
        "● running",
        *["✓ passed 1.2 s"] * 3,
    ]
    assert Reader(seen[-1]["figure"]).log == "1 failed"


# Which push, and which log


def test_the_log_is_that_of_the_stage_that_ran_last(server: Server) -> None:
    board = PipelineBoard(server)
    server.pushed("Round the delay", PASSED, RUNNING)
    server.reached("test", RUNNING, "collecting ...")
    assert shown(board).log == "collecting ..."
    server.reached("test", FAILED, "assert 1 == 2")
    assert shown(board).log == "assert 1 == 2"
    assert shown(board).title == "Log of test, push 1"


def test_a_push_and_a_stage_are_chosen(server: Server) -> None:
    board = PipelineBoard(server)
    server.pushed("First", *[PASSED] * 6)
    server.reached("deploy", PASSED, "released")
    server.reached("lint", PASSED, "All checks passed!")
    server.pushed("Second", RUNNING)
    board.push = "1"
    assert shown(board).current == [False, False, True]
    assert shown(board).log == "released" and "Push 1 passed all" in board.describe()
    board.stage = "lint"
    assert shown(board).log == "All checks passed!"
    server.pushed("Third")  # what was chosen stays
    assert shown(board).title == "Log of lint, push 1"
    board.push = "newest"
    assert shown(board).title == "Log of lint, push 3"
    assert shown(board).log == "(lint has printed nothing: waiting)"
    board.stage = "none"
    assert "pre" not in shown(board).elements


def test_the_choice_of_pushes_grows_with_them(server: Server) -> None:
    board = PipelineBoard(server)

    def offered() -> list[str]:
        return next(one["texts"] for one in board._controls if one["name"] == "push")

    assert offered() == ["the newest"]
    with pytest.raises(TraitError, match="push cannot be '1'"):
        board.push = "1"
    server.pushed("First")
    server.pushed("Second")
    assert offered() == ["the newest", "2", "1"]
    assert PipelineBoard(server).push == "newest"


# What others wrote


def test_messages_and_logs_are_escaped(server: Server) -> None:
    evil = "<script>alert(1)</script><img src=x onerror='alert(2)'>&amp;"
    server.pushed(f"{evil[:29]}", RUNNING, branch="<b>'\"")
    server.reached("lint", FAILED, f"</pre></div>{evil}")
    board = PipelineBoard(server)
    page = shown(board)
    assert page.elements <= {
        *("table", "caption", "thead", "tbody", "tr", "th", "td"),
        *("span", "p", "div", "pre"),
    }
    assert page.log == f"</pre></div>{evil}"
    assert page.rows[1][0] == f"1 1111111 on <b>'\" {evil[:29]}"
    static = board._repr_mimebundle_()[0]["text/html"]
    assert "<script" not in static and "<img" not in static


def test_a_long_log_is_cut_to_its_end_and_a_long_line_to_its_start(server: Server) -> None:
    server.pushed("Talk", RUNNING)
    lines = [f"line {number}" for number in range(1, 2001)]
    server.reached("lint", FAILED, "\n".join([*lines, "x" * 5000]) + "\n\n")
    board = shown(PipelineBoard(server))
    assert board.title == "Log of lint, push 1: its last 40 of 2,001 lines"
    *logged, long = board.log.split("\n")
    assert logged == lines[-39:]
    assert long == "x" * 199 + "…"


def test_colors_of_a_terminal_and_controls_are_left_out(server: Server) -> None:
    server.pushed("a\tb\u202ec" + "d" * 100, RUNNING)
    server.reached("lint", FAILED, "\x1b[1;31mE\x1b[0m  assert\x07 1\tx\x1b]0;title\x07")
    board = shown(PipelineBoard(server))
    assert board.log == "E  assert 1 x]0;title"
    assert re.fullmatch(r"1 1111111 a   bcd+…", board.rows[1][0])


# In the page


def test_the_log_can_be_reached_and_is_named(server: Server) -> None:
    server.pushed("Round the delay", RUNNING)
    html = PipelineBoard(server).draw()
    assert re.search(
        r"<div class='log' tabindex='0' role='region' aria-label='Log of lint, push 1'>", html
    )
    assert html.count("scope='col'") == 8 and html.count("scope='row'") == 1
    assert "<caption>" in html


def test_without_a_browser_there_is_the_table_with_its_sentence(server: Server) -> None:
    server.pushed("Round the delay", PASSED, FAILED)
    board = PipelineBoard(server)
    bundle, _ = board._repr_mimebundle_()
    assert bundle["text/plain"] == board.describe()
    assert "FAILED exit 1" in bundle["text/html"] and board.describe() in bundle["text/html"]
