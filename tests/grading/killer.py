"""Kill the grader of a class again and again, and tell whether any trace of that is left.

    python killer.py FOLDER COUNT SEED

Prints a JSON line for each time: how far the grader had come, and what was different after another
run. A program of its own, as one fork server and one pair of workers serve all the graders.
"""

import json
import multiprocessing
import random
import shutil
import sys
import threading
import time
from difflib import unified_diff
from pathlib import Path
from pprint import pformat

from distributed import LocalCluster
from nbgrader.api import Gradebook
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from course.grading.classroom.apart import NAME, grade_apart
from course.grading.classroom.outcome import Wish
from course.grading.errors import GradingError
from tests.grading.class_course import (
    files,
    gradebook,
    make_small_class,
    records_match,
    rows,
)
from tests.pipeline.tiny_course import LESSON


class Killer:
    """Someone who ends a grader at a time of their choice.

    Parameters
    ----------
    scheduler : str
        The address of the workers.
    """

    def __init__(self, scheduler):
        self.wish = Wish(LESSON, scheduler=scheduler)

    def grade(self, course):
        grade_apart(course.root, self.wish, lambda kind, what: None)

    def kill(self, course, wait=0.0, submissions=0, then=0.0):
        """Kill when some time has passed, or when so many submissions were about to be recorded."""
        killed, before = [], fingerprints(course)

        def run():
            try:
                self.grade(course)
            except GradingError:
                killed.append(True)

        thread = threading.Thread(target=run)
        thread.start()
        thread.join(wait)
        students = [entry.name for entry in (course.root / "submitted").iterdir()]
        staged = {course.root / "autograded" / who / f".{LESSON}.new" for who in students}
        while thread.is_alive() and len(staged) > len(students) - submissions:
            staged -= {path for path in staged if path.exists()}
            time.sleep(0.002)
        time.sleep(then)
        for process in multiprocessing.active_children():
            if process.name == NAME:
                process.kill()
        thread.join()
        done = {student for student, *_ in fingerprints(course) - before}
        return f"{'killed' if killed else 'finished'}, {len(done)} recorded"


def fingerprints(course):
    """Return what the gradebook says of the submissions that were graded."""
    with Gradebook(gradebook(course), "mlops") as book:
        query = "SELECT student, notebook, fingerprint, result FROM grading_record"
        return {tuple(row) for row in book.db.execute(text(query))}


def main(folder, count, seed):
    """Kill, and compare, until that was done `count` times."""
    original = make_small_class(folder / "original")
    draw = random.Random(seed)
    options = {"threads_per_worker": 1, "dashboard_address": None, "memory_limit": 0}
    with LocalCluster(n_workers=2, **options) as cluster:
        killer = Killer(cluster.scheduler_address)
        undisturbed = original.twin(folder / "undisturbed")
        killer.grade(undisturbed)
        expected = look(undisturbed)
        begun = time.monotonic()
        killer.grade(original.twin(folder / "timed"))
        length = time.monotonic() - begun
        number = killed = 0
        while killed < count:
            number += 1
            course = original.twin(folder / f"killed-{number}")
            if number % 2:
                state = killer.kill(course, wait=draw.uniform(0, length))
            else:
                state = killer.kill(
                    course, submissions=draw.randint(1, 4), then=draw.uniform(0, 0.04)
                )
            if state.startswith("killed"):  # and had not finished before
                killed += 1
                killer.grade(course)
                different = compare(course, expected)
                print(json.dumps({"killed": state, "different": different}), flush=True)
            shutil.rmtree(course.folder)


def look(course):
    """Return what a run leaves behind."""
    return {**rows(gradebook(course)), "files": files(course), "digests": records_match(course)}


def compare(course, expected):
    """Return, line by line, what one run has left and another has not."""
    found = look(course)
    return {
        name: list(unified_diff(lines(expected[name]), lines(value), "expected", "found", n=0))
        for name, value in found.items()
        if value != expected[name]
    }


def lines(value):
    """Return a value as text."""
    return pformat(value, width=120).splitlines()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
