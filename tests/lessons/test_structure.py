"""Every lesson keeps the rules of its anatomy, and every rule bites."""

import re
from pathlib import Path

import nbformat
import pytest

from course.lessons import lessons
from tests.lessons import demo
from tests.lessons.structure import RULES

ROOT = Path(__file__).parents[2]
NOTEBOOKS = [ROOT / lesson.source for lesson in lessons(ROOT)]
LAST_EXERCISE = re.escape(demo.exercise("sextuple", 6))
FIRST_CHECK = re.escape('"""double is right for whole numbers."""\n')


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_lesson(path, rule):
    complaints = list(rule(nbformat.read(path, as_version=4)))
    assert not complaints, "\n".join(["", *complaints])


def complaints(notebook):
    return [f"{rule.__name__}: {complaint}" for rule in RULES for complaint in rule(notebook)]


def test_a_good_lesson_breaks_no_rule():
    assert complaints(demo.notebook()) == []


@pytest.mark.parametrize(
    ("rule", "old", "new", "complaint"),
    [
        ("starts_with_a_title", "# # How", "# How", "heading of level 1"),
        ("starts_with_a_title", "# ## What does", "# # What does", "heading of level 1"),
        ("has_objectives_with_minutes", "20 minutes", "a while", "how many minutes"),
        ("has_objectives_with_minutes", "# - tell", "# tell", "three objectives"),
        ("has_one_setup_cell", r"math.exp\(", "import json\nmath.exp(", "imports a tool"),
        ("opens_the_workspace_before_mlflow", "import math\n", "import mlflow\n", "comes before"),
        ("ends_with_its_four_parts", "What you can do now", "Summary", "'What you can do now'"),
        ("ends_with_its_four_parts", r"Vertex AI \| ", "", "Vertex AI"),
        ("ends_with_its_four_parts", "# ## Go deeper", "# ### Go deeper", "'Go deeper'"),
        ("ends_with_its_four_parts", "# ## Check my work", "# ## Check", "'Check my work'"),
        ("ends_with_its_four_parts", "\nCheckMyWork\\(\\)\n", "\n", "shows the button"),
        ("names_its_graded_cells", '"double"', '"Double_it"', "kebab-case"),
        ("names_its_graded_cells", '"double-task"', '"twice-task"', "NAME-task"),
        ("names_its_graded_cells", '"double-check-whole"', '"double-whole"', "NAME-check-CLAIM"),
        ("orders_each_exercise", '"double-check-whole"', '"triple-check-w"', "has no check cell"),
        ("orders_each_exercise", '"double-task"', '"double-check-task"', "stands right before it"),
        ("has_five_to_eight_exercises", LAST_EXERCISE, "", "not 4"),
        ("locks_and_scores_its_checks", '"locked": true', '"locked": false', '"locked": true'),
        ("locks_and_scores_its_checks", '"points": 1', '"points": 0', "points above 0"),
        ("states_a_claim_and_asks_questions", FIRST_CHECK, "", "begins with its claim"),
        ("states_a_claim_and_asks_questions", "Did you multiply\\?", "No.", "is a question"),
        ("states_a_claim_and_asks_questions", ', "Did you multiply\\?"', "", "is a question"),
        (
            "states_a_claim_and_asks_questions",
            "assert (double.-17.*),.*",
            "\\1",
            "ends with an assert",
        ),
        ("lets_the_learner_see_a_claim", "assert double.4.*\n", "", "not hidden"),
        ("marks_its_solutions", " *### (BEGIN|END) SOLUTION\n", "", "marks its answer"),
        ("keeps_code_short", "(math.exp.*\n)", "\\1" * 13, "has 13 lines, 12 at most"),
        ("keeps_code_short", "(    return 2 . number\n)", "\\1" * 30, "25 at most"),
        ("keeps_code_short", "(assert double.-17.*\n)", "\\1" * 45, "45 at most"),
        ("takes_no_name_from_learners", "(assert double.-17)", "ranks = 1\n\\1", "binds ranks"),
        ("takes_no_name_from_learners", "(assert double.-17)", "for n in []: ...\n\\1", "binds n:"),
        ("says_why_before_code", "(math.exp.*\n)", "\\1\n# %%\n1\n", "says why"),
        ("keeps_prose_short", "(Multiplying is )", "\\1" * 40, "90 at most"),
        (
            "keeps_prose_short",
            r"# (Everything|Write|You can m|The first|Multiplying).*(\n# .*)+",
            "# Few words.",
            "25 to 60 is meant",
        ),
        ("nests_its_headings", "# ## What does", "# ### What does", "below one of level 1"),
        ("describes_its_images", "Multiplying is", "![](a.png)", "text alternative"),
        ("describes_its_images", "Multiplying is", '<img src="a.png">', "text alternative"),
    ],
)
def test_a_rule_says_what_is_wrong(rule, old, new, complaint):
    text, changes = re.subn(
        old, new, demo.TEXT, count=0 if "prose" in rule or "marks" in rule else 1
    )
    assert changes, "this test edits a text that the good lesson does not have"
    found = [line for line in complaints(demo.notebook(text)) if line.startswith(rule)]
    assert any(complaint in line for line in found), found


def test_a_cell_copied_by_hand_in_the_notebook_is_found():
    notebook = demo.notebook()
    notebook.cells.append(notebook.cells[-6])
    assert any("same grade_id" in line for line in complaints(notebook))


def test_a_notebook_that_was_run_is_found():
    notebook = demo.notebook()
    next(cell for cell in notebook.cells if cell.cell_type == "code").execution_count = 1
    assert any("has been run" in line for line in complaints(notebook))
