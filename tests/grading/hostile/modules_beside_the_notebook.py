"""Hands in files that Python would import in place of its own, or run as it starts.

Ends in: needs a person
Scores: none
"""

from tests.grading.hostile_class import Submission

FAKE = "def isclose(*args, **kwargs): return True\ndef assert_allclose(*args, **kwargs): pass\n"


def hand_in(submission: Submission) -> None:
    for name in ("math.py", "numpy.py", "sitecustomize.py", "usercustomize.py", "IPython.py"):
        (submission.folder / name).write_text(FAKE, encoding="utf-8")
    startup = submission.folder / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("import math\nmath.isclose = lambda *a: True\n", "utf-8")
    submission.first(
        "import sys; sys.modules.pop('math', None); sys.path.insert(0, '.'); import math"
    )
