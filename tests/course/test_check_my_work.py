"""The panel at the end of a lesson, driven from Python: what it asks, runs, shows and remembers."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from html import unescape
from pathlib import Path

import pytest

import course.checking
from course.checking import check_apart, on_disk
from course.lessons import CourseError
from course.progress.results import results
from course.widgets import check_my_work
from course.widgets.check_my_work import CheckMyWork
from course.workspace import ROOT_VARIABLE
from tests.course import small_lesson
from tests.course.small_lesson import FOLDER, NAME, PARTLY, RIGHT, answered, find, handed_out

HERE = f"course/release/{FOLDER}/{NAME}.ipynb"  # from the server's root
WORDY = RIGHT | {"largest": "raise KeyError('<b>' * 500)"}


@pytest.fixture(autouse=True)
def workspace(tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path / "workspace"))
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    """The root of the server that has started the kernel that this process stands for."""
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("JPY_PARENT_PID", "7")
    (tmp_path / "jpserver-7.json").write_text(json.dumps({"root_dir": str(tmp_path)}))
    return tmp_path


@pytest.fixture
def notebook(root, monkeypatch) -> Path:
    """A released notebook in its course, open in the kernel that this process stands for."""
    path = small_lesson.write_course(root / "course")
    monkeypatch.setenv("JPY_SESSION_NAME", str(path))
    return path


def press(panel: CheckMyWork, saved: object = None) -> None:
    """Let a panel take what its page sends when the button is pressed."""
    data = {"method": "custom", "content": {"press": "check", "saved": saved}}
    panel._handle_msg({"content": {"data": data}, "buffers": []})


def displayed() -> CheckMyWork:
    panel = CheckMyWork()
    panel._repr_mimebundle_()
    return panel


def text(panel: CheckMyWork) -> str:
    """Return what a person reads in the figure, a row a line."""
    figure = re.sub(r"</(tr|li|p|caption)>", "\n", panel._shown["figure"])
    lines = unescape(re.sub(r"<[^>]+>", " ", figure)).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines)


def said(panel: CheckMyWork) -> str:
    return panel._shown["sentence"]


def saved(path: Path) -> dict[str, str]:
    """Return what a page tells that has just saved a notebook."""
    now = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(path.stat().st_mtime))
    root = os.environ["JUPYTER_RUNTIME_DIR"]
    return {"path": path.relative_to(root).as_posix(), "time": f"{now}.000000Z"}


def test_a_press_shows_what_holds_and_asks_where_it_does_not(notebook):
    small_lesson.write(answered(PARTLY), notebook)
    panel = displayed()
    assert said(panel).startswith("Press the button")
    assert text(panel) == (
        "All lessons\nLesson Claims that hold Last checked\n"
        "01 Sums (this one) not checked yet, of 4 never\n"
    )
    press(panel, saved(notebook))
    panel.wait()
    assert said(panel) == (
        "3 of 4 claims hold. Next is 'Add up'. What becomes of a negative value?"
    )
    shown = text(panel)
    assert "✓ passed The total of nothing is 0.\n" in shown
    assert "✗ not yet Every value counts. What becomes of a negative value?\n" in shown
    assert "Add up partly, 1 of 3 points\n" in shown
    assert re.search(r"01 Sums \(this one\) 3 of 4 \d{4}-\d\d-\d\d \d\d:\d\d\n", shown)
    assert results()[FOLDER].passed == 3
    again = displayed()  # in another session
    assert "3 of 4" in text(again)


def test_when_all_holds_it_says_so(notebook):
    small_lesson.write(answered(RIGHT), notebook)
    panel = displayed()
    press(panel, saved(notebook))
    panel.wait()
    assert said(panel) == "All 4 claims hold."
    assert "✓ 4 of 4" in text(panel)
    assert "not yet" not in text(panel).replace("not checked yet", "")


def test_on_a_hub_it_says_that_hidden_tests_are_still_to_come(notebook, monkeypatch, tmp_path):
    fetched = small_lesson.write(handed_out(PARTLY), tmp_path / "ada" / FOLDER / f"{NAME}.ipynb")
    monkeypatch.chdir(tmp_path / "ada")
    monkeypatch.setenv("JPY_SESSION_NAME", str(fetched))
    panel = displayed()
    # Installed in an environment of all, the course is near to no student's notebook.
    program = "import course.wanted as w; w.__file__ = '/usr/lib/w.py'; from course.cli import app"
    alone = (sys.executable, "-c", f"{program}; app()")
    monkeypatch.setattr(course.checking, "COMMAND", alone)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    press(panel, saved(fetched))
    panel.wait()
    assert said(panel) == (
        "All 4 claims hold, as far as you can see: the hidden tests run when it is graded."
    )
    assert "Only the checks that you can see in the notebook ran" in text(panel)
    assert ", visible checks" in text(panel)


def test_answers_that_are_missing_are_not_nagged_about(notebook):
    panel = displayed()
    press(panel, saved(notebook))
    panel.wait()
    assert said(panel) == "0 of 4 claims hold. Next is 'Add up', which has no answer yet."
    assert "NotImplementedError" not in text(panel)


def test_what_an_answer_says_is_shown_as_text_and_not_at_any_length(notebook):
    small_lesson.write(answered(WORDY), notebook)
    panel = displayed()
    press(panel, saved(notebook))
    panel.wait()
    assert "&lt;b&gt;" in panel._shown["figure"]
    assert "<b>" not in panel._shown["figure"]
    assert len(panel._shown["figure"]) < 10_000
    assert len(said(panel)) < 1000


@pytest.mark.parametrize(
    "told", [None, {}, {"path": 7}, {"path": HERE}, {"path": HERE, "time": "now"}, []]
)
def test_what_may_not_be_saved_is_asked_for_once(notebook, told, monkeypatch):
    def start(path, step):
        raise CourseError(f"{path} was checked.")

    monkeypatch.setattr(check_my_work, "check_apart", start)
    panel = displayed()
    for _ in range(2):
        press(panel, told)
        panel.wait()
        assert "save it (Ctrl+S" in said(panel)
        press(panel, told)
        panel.wait()
        assert said(panel) == f"{notebook} was checked."


def test_a_file_that_is_older_than_what_was_saved_is_not_it(notebook):
    told = saved(notebook)
    os.utime(notebook, (0, time.time() - 60))
    panel = displayed()
    press(panel, told)
    assert "save it (Ctrl+S" in said(panel)


def test_a_notebook_that_was_renamed_is_found(notebook):
    other = notebook.rename(notebook.with_name("mine.ipynb"))
    panel = displayed()
    press(panel, saved(other))
    panel.wait()
    assert said(panel) == "No lesson's notebook is called mine.ipynb: rename it back (sums.ipynb)."


def test_a_folder_that_was_renamed_is_found_and_not_the_fresh_one_in_its_place(notebook):
    panel = displayed()
    old = notebook.parent.rename(notebook.parent.with_name("01-sums-old")) / notebook.name
    small_lesson.write(answered(RIGHT), old)
    small_lesson.write(answered({}), notebook)  # fetched once more
    os.utime(notebook, (0, time.time() - 60))
    press(panel, saved(old))
    panel.wait()
    assert said(panel) == "All 4 claims hold."


def test_a_notebook_that_is_gone_is_asked_for(notebook):
    panel = displayed()
    notebook.parent.rename(notebook.parent.with_name("01-sums-old"))
    for told in (None, {}, {"path": HERE}):
        press(panel, told)
        assert said(panel) == (
            f"{notebook} is not there any more: open the notebook from where it is now, "
            "run its cells, then press again."
        )


@pytest.mark.parametrize("path", ["../secret.ipynb", "course/../../secret.ipynb", "/secret.ipynb"])
def test_no_path_leads_out_of_the_root(notebook, path):
    assert on_disk("course/a.ipynb") == notebook.parents[3] / "course/a.ipynb"
    assert on_disk(path) is None


def test_without_a_server_the_notebook_is_where_its_kernel_was_started(notebook, monkeypatch):
    monkeypatch.delenv("JPY_PARENT_PID")
    small_lesson.write(answered(RIGHT), notebook)
    panel = displayed()
    press(panel, saved(notebook))
    panel.wait()
    assert said(panel) == "All 4 claims hold."


def test_where_nobody_tells_which_notebook_it_is_a_terminal_helps(notebook, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME")
    panel = displayed()
    press(panel, {})
    assert "run `mlops-course check` with its path" in said(panel)


def test_within_a_check_nothing_is_started(notebook, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    monkeypatch.setattr(check_my_work, "check_apart", lambda *told: pytest.fail("It was started."))
    panel = displayed()
    for _ in range(2):
        press(panel, saved(notebook))
        panel.check()
        panel.wait()
    assert said(panel).startswith("This notebook is being checked")


def test_a_second_press_does_nothing_while_the_first_is_at_work(notebook, monkeypatch):
    go_on, started = threading.Event(), []

    def slow(path, step):
        started.append(path)
        step(2, 9)
        assert go_on.wait(30)
        raise CourseError("That was all.")

    monkeypatch.setattr(check_my_work, "check_apart", slow)
    panel = displayed()
    press(panel, saved(notebook))
    while not panel._ran or panel._ran[0] == 0:
        time.sleep(0.01)
    press(panel, saved(notebook))
    panel.check()
    assert "Cell 2 of 9 has run." in text(panel)
    assert "<progress aria-label='Cells that have run' value='2' max='9'>" in panel.draw()
    assert "go on as you like" in said(panel)
    go_on.set()
    panel.wait()
    assert started == [notebook]
    assert said(panel) == "That was all."


def test_a_check_that_breaks_is_told_and_can_be_tried_again(notebook, monkeypatch):
    panel = displayed()
    content = notebook.read_text()
    notebook.write_text("{")
    panel.check()
    panel.wait()
    assert said(panel).endswith("is not a notebook: it is not valid JSON.")
    notebook.write_text(content)
    monkeypatch.setattr(
        course.checking, "COMMAND", (sys.executable, "-c", "import os; os._exit(3)")
    )
    panel.check()
    panel.wait()
    assert said(panel) == "The check ended early (3)."
    monkeypatch.undo()


def test_nothing_beside_the_notebook_is_imported_by_the_check(notebook, monkeypatch):
    (notebook.parent / "json.py").write_text("raise SystemExit('a trap')")
    monkeypatch.chdir(notebook.parent)
    assert check_apart(notebook, lambda ran, cells: None)["lesson"] == FOLDER


def test_the_steps_are_told_while_the_cells_run(notebook):
    steps = []
    check_apart(notebook, lambda *step: steps.append(step))
    assert steps == [(ran, 9) for ran in range(1, 10)]


def test_a_check_whose_kernel_is_gone_ends_and_leaves_no_kernel(notebook, tmp_path):
    pid = tmp_path / "pid"
    slow = answered({"total": "import time; time.sleep(2)"})
    find(slow, "setup").source = f"import os; open({str(pid)!r}, 'w').write(str(os.getpid()))"
    small_lesson.write(slow, notebook)
    code = "import sys; from pathlib import Path; from course.checking import check_apart; "
    code += "check_apart(Path(sys.argv[1]), print)"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", code, str(notebook)], env=environment) as learner:
        wait_until(lambda: pid.exists() and pid.read_text())
        learner.send_signal(signal.SIGKILL)
    wait_until(lambda: not Path("/proc", pid.read_text()).exists())


def wait_until(condition) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_without_javascript_it_is_a_table_and_a_sentence(notebook):
    data, _ = CheckMyWork()._repr_mimebundle_()
    assert data["text/plain"].startswith("Press the button")
    assert "01 Sums" in data["text/html"]
    json.dumps(data)
