"""Measure how fast a class is graded: stock nbgrader, ours under it, and `mlops-course grade`.

    python tools/bench.py [--students 24] [--no-curve]

Each way grades the same submissions in a scratch copy of the course, by the command that an
instructor types. Prints a table, and a line of JSON for each row. What is compared was measured in
one run, on one machine; figures of different runs say little.
"""

import argparse
import ctypes
import json
import multiprocessing
import multiprocessing.connection
import multiprocessing.pool
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from string import ascii_lowercase

import nbformat
import psutil
from nbformat import NotebookNode
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # a script sees only its own folder

from course.grading.classroom.configuration import load
from course.grading.kernel.zygote import warm_up
from tests.bank import ATTEMPTS, fill_in, plan, read_notebook, released
from tests.bank import load as load_attempts
from tests.grading.class_course import command
from tests.pipeline import tiny_course
from tests.pipeline.course_copy import CourseCopy

LESSON = "01-what-is-mlops"
CORES = len(os.sched_getaffinity(0))
PARTS = ascii_lowercase[:CORES]  # what names begin with, so that stock can grade parts of a class
CURVE = (10, 100, 1000)
SETUP = "import pandas as pd\nfrom sklearn.linear_model import LogisticRegression"
OURS = "from course.grading import settings\n"
STOCK = """\
class settings:
    use = staticmethod(lambda c, warm=(): c.ContainedProvisioner.update(warm=[*warm]))
"""
WARM = """
c.ContainedProvisioner.warm = [
    "pandas",
    "sklearn.linear_model",
    "course.grading.integrity:take_baseline",
]
"""  # what the small lesson needs, where the course's own needs more


@dataclass(frozen=True)
class Class:
    """A class of students who handed in a lesson.

    Parameters
    ----------
    lesson, notebook : str
        nbgrader's name for the assignment, and the file name of its notebook.
    submissions : dict of str to NotebookNode
        What each student handed in.
    """

    lesson: str
    notebook: str
    submissions: dict[str, NotebookNode]

    def laid_out(self, folder: Path, stock: bool) -> CourseCopy:
        """Return a course in which the class has handed in, and nothing has been graded."""
        small = self.lesson == tiny_course.LESSON
        course = CourseCopy(folder, lessons=[] if small else [self.lesson])
        config = course.root / "nbgrader_config.py"
        text = config.read_text(encoding="utf-8")
        if small:
            write_small(course.root)
            text += WARM
        if stock:
            text = STOCK.join(text.split(OURS))
        config.write_text(text, encoding="utf-8")
        course.nbgrader("generate_assignment", self.lesson)
        for student, notebook in self.submissions.items():
            course.hand_in(student, self.lesson, self.notebook, notebook)
        return course


@dataclass(frozen=True)
class Measured:
    """What grading a class took: seconds, processor seconds of all processes, and bytes."""

    wall: float
    cpu: float
    memory: int


def write_small(root: Path) -> None:
    """Write a lesson of two exercises whose notebook imports pandas and scikit-learn."""
    tiny_course.write_source(root)
    path = root / "source" / tiny_course.LESSON / tiny_course.NOTEBOOK
    notebook = nbformat.read(path, as_version=4)
    next(cell for cell in notebook.cells if cell.id == "setup").source = SETUP
    nbformat.write(notebook, path)


def small_class(number: int) -> Class:
    """Return a class in which every attempt at the small lesson is made, again and again."""
    with tempfile.TemporaryDirectory() as scratch:
        course = CourseCopy(Path(scratch), lessons=[])
        write_small(course.root)
        course.nbgrader("generate_assignment", tiny_course.LESSON)
        release = read_notebook(released(tiny_course.LESSON, course.root))
        tiny_course.write_attempts(Path(scratch) / "bank")
        made = class_of(release, Path(scratch) / "bank" / tiny_course.LESSON, number)
    return Class(tiny_course.LESSON, tiny_course.NOTEBOOK, made)


def lesson_class(number: int) -> Class:
    """Return a class in which attempts at lesson 01 are made."""
    release = read_notebook(released(LESSON))
    return Class(LESSON, released(LESSON).name, class_of(release, ATTEMPTS / LESSON, number))


def class_of(release: NotebookNode, attempts: Path, number: int) -> dict[str, NotebookNode]:
    """Return the notebooks of so many students; their names begin with PARTS in turn."""
    answers = islice(cycle(plan(load_attempts(release, attempts)).values()), number)
    names = (f"{part}{k:04}" for k, part in enumerate(cycle(PARTS)))
    return {
        name: fill_in(release, {cell: a.source for cell, a in answer.items()})
        for name, answer in zip(names, answers, strict=False)
    }


def stock(course: CourseCopy, lesson: str) -> None:
    """Grade by `nbgrader autograde`; by which engine, the settings say."""
    course.nbgrader("autograde", lesson)


def stock_side_by_side(course: CourseCopy, lesson: str) -> None:
    """Grade by a `nbgrader autograde` for each core, all at a time, a part of the class each."""
    with multiprocessing.pool.ThreadPool(len(PARTS)) as pool:
        pool.map(lambda part: course.nbgrader("autograde", lesson, "--student", f"{part}*"), PARTS)


def parallel(workers: int) -> Callable[[CourseCopy, str], None]:
    """Return a way to grade by `mlops-course grade`."""

    def grade(course: CourseCopy, lesson: str) -> None:
        arguments, more = command(course, lesson, "--workers", str(workers))
        done = subprocess.run(arguments, capture_output=True, encoding="utf-8", **more)
        if done.returncode not in (0, 1):
            raise RuntimeError(done.stderr)

    return grade


def measured(work: Callable[[], None]) -> Measured:
    """Do some work by other processes, and return what it took."""
    adopt_orphans()
    reap()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    most = [0]
    done = threading.Event()
    watch = threading.Thread(target=watch_memory, args=(most, done))
    watch.start()
    begun = time.perf_counter()
    try:
        work()
        wall = time.perf_counter() - begun
    finally:
        done.set()
        watch.join()
    reap()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(wall, cpu, most[0])


def adopt_orphans() -> None:
    """Become the parent of processes that lose theirs, so that their time is counted."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # PR_SET_CHILD_SUBREAPER


def reap() -> None:
    """Wait for whoever is left, but not for long."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            time.sleep(0.05)


def watch_memory(most: list[int], done: threading.Event) -> None:
    """Note the most memory that all descendants had at a time, shared pages counted once."""
    me = psutil.Process()
    while not done.wait(0.5):
        total = 0
        for process in me.children(recursive=True):
            try:
                total += process.memory_full_info().pss
            except psutil.Error:
                continue
        most[0] = max(most[0], total)


def cells_cpu(course: CourseCopy, lesson: str) -> float:
    """Return the processor seconds of the cells of all graded notebooks, in a warm process."""
    paths = sorted((course.root / "autograded").glob(f"*/{lesson}/*.ipynb"))
    context = multiprocessing.get_context("fork")
    warm_up(load(course.root).ContainedProvisioner.warm, "ipykernel.ipkernel.IPythonKernel")
    total = 0.0
    for path in paths:
        receive, send = context.Pipe(duplex=False)
        child = context.Process(target=run_cells, args=(path, course.home("floor"), send))
        child.start()
        total += receive.recv()
        child.join()
    return total


def run_cells(path: Path, home: Path, answer: "multiprocessing.connection.Connection") -> None:
    """Run the cells of a notebook, and send what they took."""
    from IPython.core.interactiveshell import InteractiveShell

    os.environ.update(HOME=str(home), NBGRADER_EXECUTION="autograde", PYTHONWARNINGS="ignore")
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    os.chdir(tempfile.mkdtemp(dir=home))
    sources = [cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]
    shell = InteractiveShell.instance()
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        before = os.times()
        for source in sources:
            shell.run_cell(source, store_history=True)
        after = os.times()
    answer.send(sum(after[:4]) - sum(before[:4]))
    os._exit(0)


HEADINGS = {
    "way": "way",
    "submissions": "class",
    "submissions_per_second": "each s",
    "cpu_seconds_each": "CPU-s each",
    "cells_cpu_seconds_each": "of cells",
    "overhead_cpu_seconds_each": "of engine",
    "peak_memory_bytes": "peak MiB",
    "times_stock": "x stock",
    "times_floor": "x floor",
    "scores_equal": "equal",
}
WAYS: dict[str, tuple[bool, Callable[[CourseCopy, str], None]]] = {
    "stock nbgrader autograde": (True, stock),
    f"stock, {len(PARTS)} at a time": (True, stock_side_by_side),
    "nbgrader autograde, contained": (False, stock),
    "mlops-course grade": (False, parallel(CORES)),
}


def rows(what: str, class_: Class, scratch: Path) -> Iterator[dict[str, object]]:
    """Yield a row for each way to grade a class."""
    number = len(class_.submissions)
    first: Measured | None = None
    expected: object = None
    floor = 0.0
    for k, (way, (is_stock, work)) in enumerate(WAYS.items()):
        course = class_.laid_out(scratch / f"{what}-{k}", is_stock)
        took = measured(lambda work=work, course=course: work(course, class_.lesson))
        scores = {
            student: {name: outcome.score for name, outcome in checks.items()}
            for student, checks in course.outcomes(class_.lesson).items()
        }
        if first is None:
            first, expected = took, scores
            floor = cells_cpu(course, class_.lesson)
        yield {
            "notebook": what,
            "way": way,
            "submissions": number,
            "submissions_per_second": number / took.wall,
            "cpu_seconds_each": took.cpu / number,
            "cells_cpu_seconds_each": floor / number,
            "overhead_cpu_seconds_each": (took.cpu - floor) / number,
            "peak_memory_bytes": took.memory,
            "times_stock": first.wall / took.wall,
            "times_floor": took.wall / (floor / CORES),
            "scores_equal": scores == expected,
        }


def curve(scratch: Path) -> Iterator[dict[str, object]]:
    """Yield a row for each size of the class and each number of workers."""
    for number in CURVE:
        small = small_class(number)
        for workers in range(1, min(CORES, 2) + 1):
            course = small.laid_out(scratch / f"curve-{number}-{workers}", stock=False)
            grade = parallel(workers)
            took = measured(lambda grade=grade, course=course: grade(course, tiny_course.LESSON))
            yield {
                "notebook": "small",
                "way": f"mlops-course grade, {workers} workers",
                "submissions": number,
                "submissions_per_second": number / took.wall,
                "cpu_seconds_each": took.cpu / number,
                "peak_memory_bytes": took.memory,
            }


def main() -> None:
    """Measure, and show."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=24, help="how large the class is")
    parser.add_argument("--no-curve", action="store_true", help="leave larger classes out")
    asked = parser.parse_args()
    console = Console(width=110)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        scratch = Path(folder)
        for what, make in (("small", small_class), ("lesson 01", lesson_class)):
            show(console, what, rows(what.replace(" ", "-"), make(asked.students), scratch))
        if not asked.no_curve:
            show(console, "larger classes", curve(scratch))


def show(console: Console, title: str, found: Iterator[dict[str, object]]) -> None:
    """Print rows as they come as JSON, and then as a table."""
    table = Table(title=f"{title}, {CORES} cores")
    for row in found:
        print(json.dumps(row), flush=True)
        columns = {name: HEADINGS[name] for name in row if name in HEADINGS}
        if not table.columns:
            for name, heading in columns.items():
                table.add_column(heading, justify="left" if name == "way" else "right")
        table.add_row(*(cell(name, row[name]) for name in columns))
    console.print(table)


def cell(name: str, value: object) -> str:
    """Return a value as it is read."""
    if name == "peak_memory_bytes":
        return f"{float(str(value)) / 2**20:.0f}"
    return f"{value:.2f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
