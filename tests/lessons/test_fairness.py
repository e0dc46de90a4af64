"""A right answer passes whatever numbers a check draws: no check is decided by luck.

Checks draw their data from fixed seeds. Here each check runs 200 times, each time on other draws,
against the lesson's own answers.
"""

import ast

import nbformat
import numpy as np
import pytest

from course import worlds
from course.lessons import lessons
from course.policies import Policy, never
from course.scoreboard import scoreboard
from tests.lessons.structure import cells, grade_id
from tests.pipeline.course_copy import ROOT

RUNS = 200
LESSONS = {lesson.folder: lesson for lesson in lessons(ROOT)}
RANDOM = ("05-ci-cd", "09-monitoring", "10-drift-triggered-retraining")
POLICY = "own-policy"  # its draws are worlds, each of which takes a while: it has its own test


def answered(lesson):
    """Return a namespace with what a lesson imports and its own answers, and its checks."""
    notebook = nbformat.read(ROOT / LESSONS[lesson].source, as_version=4)
    namespace = {"__name__": "__main__"}
    for _, cell in cells(notebook, "open"):
        body = [
            n for n in ast.parse(cell.source).body if isinstance(n, ast.Import | ast.ImportFrom)
        ]
        exec(compile(ast.Module(body, []), lesson, "exec"), namespace)  # noqa: S102 - our own
    for _, cell in cells(notebook, "solution"):
        exec(cell.source, namespace)  # noqa: S102 - our own
    return namespace, {grade_id(cell): cell.source for _, cell in cells(notebook, "check")}


def drawn(lesson):
    """Return the checks of a lesson that draw numbers, as parameters."""
    _, checks = answered(lesson)
    random = [c for c in checks if "default_rng" in checks[c] or "World(" in checks[c]]
    return [(lesson, check) for check in random if not check.startswith(POLICY)]


@pytest.mark.parametrize(("lesson", "check"), [pair for lesson in RANDOM for pair in drawn(lesson)])
def test_a_right_answer_passes_on_other_draws(lesson, check, monkeypatch):
    namespace, checks = answered(lesson)
    default_rng, world = np.random.default_rng, worlds.World
    code = compile(checks[check], check, "exec")
    for run in range(RUNS):
        monkeypatch.setattr(
            np.random, "default_rng", lambda seed, run=run: default_rng([seed, run])
        )
        namespace["World"] = lambda kind, seed, run=run, **rest: world(
            kind, seed + 1000 * run, **rest
        )
        exec(code, dict(namespace))  # noqa: S102 - our own


def test_the_lessons_own_policy_passes_on_any_worlds():
    namespace, checks = answered("10-drift-triggered-retraining")
    policies = {"never": Policy(never), "mine": namespace["my_policy"]}
    played = scoreboard(policies, seeds=range(100, 110))
    names = [check for check in checks if check.startswith(POLICY)]
    assert len(names) == 3

    rng = np.random.default_rng(0)
    for _ in range(RUNS):
        drawn = {kind: rng.choice(range(100, 110), 3, replace=False) for kind in worlds.KINDS}
        rows = [seed in drawn[kind] for kind, seed in zip(played.kind, played.seed, strict=True)]
        namespace["scoreboard"] = lambda *_, rows=rows, **__: played[rows]
        for name in names:
            exec(checks[name], dict(namespace))  # noqa: S102 - our own
