"""Grade every attempt at the lessons by stock nbgrader too, and compare submission by submission.

    python tools/compare_stock.py [LESSON ...]

Prints each check whose points differ, and ends with 1 if there is one. A warning on standard error
is the one thing that costs points in stock nbgrader only: what it costs is said and not counted.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # a script sees only its own folder

from tests.bank import ATTEMPTS, fill_in, load, plan, read_notebook, released, without_play
from tests.pipeline.course_copy import ROOT, Outcome
from tools.bench import CORES, PARTS, Class, parallel, stock_side_by_side

Outcomes = dict[str, dict[str, Outcome]]


def class_of(lesson: str) -> Class:
    """Return a class in which every attempt at a lesson is made."""
    release = read_notebook(released(lesson))
    submissions = {
        f"{PARTS[number % len(PARTS)]}-{student}": without_play(
            fill_in(release, {name: attempt.source for name, attempt in answers.items()})
        )
        for number, (student, answers) in enumerate(plan(load(release, ATTEMPTS / lesson)).items())
    }
    return Class(lesson, released(lesson).name, submissions)


def differences(stock: Outcomes, ours: Outcomes) -> tuple[list[str], list[str]]:
    """Return a line for each check whose points differ: because of a warning, and otherwise."""
    warned, other = [], []
    for student, checks in stock.items():
        for check, theirs in checks.items():
            own = ours.get(student, {}).get(check)
            if own is None or own.score != theirs.score:
                line = f"{student}, {check}: stock {theirs.score:g} ({theirs.told[:200]!r}), {own}"
                by_warning = own and not own.told and theirs.told and not theirs.failed
                (warned if by_warning else other).append(line)
    return warned, other


def main() -> int:
    """Compare, and show."""
    wrong = 0
    for lesson in sys.argv[1:] or sorted(path.name for path in (ROOT / "source").iterdir()):
        class_ = class_of(lesson)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
            courses = [
                class_.laid_out(Path(scratch) / name, stock=name == "stock")
                for name in ("stock", "ours")
            ]
            stock_side_by_side(courses[0], lesson)
            parallel(CORES)(courses[1], lesson)
            graded: list[Outcomes] = [course.outcomes(lesson) for course in courses]
        warned, other = differences(*graded)
        checks = sum(map(len, graded[0].values()))
        print(
            f"{lesson}: {len(class_.submissions)} submissions, {checks} checks, "
            f"{len(warned)} differ by a warning, {len(other)} otherwise",
            *warned,
            *other,
            sep="\n  ",
            flush=True,
        )
        wrong += len(other) + (set(graded[0]) != set(class_.submissions))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
