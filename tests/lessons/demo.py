"""A small lesson that keeps every rule, and a course that holds only it, for tests to bend."""

import json
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from course.build import source_notebook
from course.lessons import Lesson

LESSON = Lesson(1, "demo", "01-demo")

CONFIG = """\
c = get_config()
c.ClearSolutions.code_stub = {"python": "raise NotImplementedError('your turn')"}
"""

OPENING = """\
# %% [markdown]
# # How do numbers grow?

# %% [markdown]
# After this lesson, in about 20 minutes, you can
# - multiply a number by another without a mistake, and say why you trust the result;
# - tell a function that multiplies from one that adds, by the inputs that part them;
# - explain to a colleague why the number zero is a poor test of either.

# %% [markdown]
# Everything that the lesson needs is loaded once, here, so that every later cell is about one
# idea only, and you can run them in any order that you like after this one.

# %%
import math

# %% [markdown]
# ## What does it mean to multiply?
# Multiplying is adding the same number again and again; the logarithm turns it back into a single
# addition, which is how slide rules did it for three hundred years.

# %%
math.exp(math.log(2) + math.log(3))
"""

EXERCISE = '''
# %% [markdown] nbgrader=TASK
# ### Exercise: NAME
# Write a function that returns FACTOR times the number that it is given, whole or fractional,
# positive or negative, and leaves the number itself alone while it does so.

# %% nbgrader=SOLUTION
def NAME(number):
    """Return FACTOR times the number."""
    ### BEGIN SOLUTION
    return FACTOR * number
    ### END SOLUTION

# %%
NAME(4)

# %% nbgrader=CHECK
"""NAME is right for whole numbers."""
assert NAME(4) == FACTOR * 4, "Did you multiply?"
### BEGIN HIDDEN TESTS
assert NAME(-17) == -FACTOR * 17, "What about numbers below zero?"
### END HIDDEN TESTS
'''

CLOSING = """
# %% [markdown]
# ## What you can do now
# You can multiply, you can tell multiplication from addition by trying an input where the two
# differ, and you can say why zero is a poor test of both of them.

# %% [markdown]
# ## Go deeper
# The first chapter of any book on number theory goes on from here, and so does every book on the
# history of the slide rule, which is the better story of the two.

# %% [markdown]
# ## The same words elsewhere
#
# | here | MLflow | SageMaker | Vertex AI | Databricks | DataRobot |
# | --- | --- | --- | --- | --- | --- |
# | number | metric | metric | metric | metric | metric |

# %% [markdown]
# ## Check my work
# The button saves this notebook, runs all of it in a process of its own, and shows of each exercise
# which claims hold, with a question where one does not yet.

# %%
from course.widgets.check_my_work import CheckMyWork

CheckMyWork()
"""

FACTORS = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5, "sextuple": 6}


def exercise(name: str, factor: int) -> str:
    plain = {"grade": False, "locked": True, "schema_version": 3, "solution": False, "task": False}
    task = plain | {"grade_id": f"{name}-task"}
    solution = plain | {"grade_id": name, "locked": False, "solution": True}
    check = plain | {"grade_id": f"{name}-check-whole", "grade": True, "points": 1}
    text = EXERCISE
    for part, meta in (("=TASK", task), ("=SOLUTION", solution), ("=CHECK", check)):
        text = text.replace(part, "=" + json.dumps(meta))
    return text.replace("NAME", name).replace("FACTOR", str(factor))


TEXT = OPENING + "".join(exercise(*pair) for pair in FACTORS.items()) + CLOSING


def notebook(text: str = TEXT) -> NotebookNode:
    return nbformat.reads(source_notebook(text, LESSON), as_version=4)


def course(folder: Path, text: str = TEXT) -> Path:
    """Make a course with this lesson in `folder`; nothing is built."""
    (folder / "nbgrader_config.py").write_text(CONFIG)
    (folder / LESSON.text).parent.mkdir(parents=True)
    (folder / LESSON.text).write_text(text)
    return folder
