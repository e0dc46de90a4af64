"""What this course sets differently from stock nbgrader, and why."""

import os
import sys
import warnings
from pathlib import Path

from course.grading import settings

c = get_config()  # noqa: F821 - nbgrader defines it when it runs this file

# The course's name in the exchange and in the gradebook.
c.CourseDirectory.course_id = "mlops"

# nbgrader runs `alembic` by name to set up a gradebook: let it be found without an activated
# environment too. (nbgrader reads this file more than once.)
bin_folder = str(Path(sys.executable).parent)
if bin_folder not in os.environ["PATH"].split(os.pathsep):
    os.environ["PATH"] = bin_folder + os.pathsep + os.environ["PATH"]

# Submissions are collected as plain files and run in a sandbox, in kernels that find imported and
# loaded what most of the lessons need; feedback hides hidden tests. See docs/grading.md.
settings.use(
    c,
    warm=[
        "matplotlib.pyplot",
        "mlflow",
        "pandas",
        "sklearn.linear_model",
        "sklearn.pipeline",
        "course.flights:load_flights",
    ],
)

# `nbgrader validate` gives no points to a check that writes to stderr, as a warning does. Libraries
# warn of right answers too (pandas 3 does of `drop(..., inplace=True)`): keep them quiet.
os.environ["PYTHONWARNINGS"] = "ignore"

# Kernels of submissions get none of our variables. They are quiet too, and MLflow need not try to
# tell its makers of them.
c.ContainedProvisioner.environment = {
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "PYTHONWARNINGS": "ignore",
}

# release/ is committed, a new clone's gradebook is empty. Without this, generate_assignment would
# skip what exists in release/ and leave the gradebook empty. release/ is derived: edit lessons/.
c.GenerateAssignment.force = True

# One line, so that "replace this line" is all a learner has to do, in a function's body as well as
# in a cell that sets a variable; a blank notebook says which answers are missing.
c.ClearSolutions.code_stub = {
    "python": 'raise NotImplementedError("Not answered yet: replace this line with your answer.")'
}

# A cell that runs this long has hung: a whole lesson takes under 20 seconds. The next cell goes on.
c.Execute.timeout = 60
c.Execute.error_on_timeout = {
    "ename": "CellTimeoutError",
    "evalue": "this cell was still running after 60 seconds",
    "traceback": ["CellTimeoutError: this cell was still running after 60 seconds"],
}

# The kernel of the environment that nbgrader runs in, whatever a learner's notebook asks for.
c.Execute.kernel_name = "python3"

# No widget needs its state once the notebook has run, and no grade depends on one.
c.Execute.store_widget_state = False

# Keys for the kernel's connection: nobody else on the machine can listen, and ipykernel need not
# warn about it.
c.KernelManager.transport_encryption = "auto"

# Feedback is to be read, not scrolled through.
c.LimitOutput.max_lines = 200

# 10 % of the score for each day begun, after 10 minutes of grace, at most 50 %.
c.AssignLatePenalties.plugin_class = "course.grading.late.PenaltyPerDay"

# nbgrader 0.9.6 fills in a submission before it adds it to SQLAlchemy's session, as SQLAlchemy 2
# warns three times; it is added a line later, so nothing is lost.
warnings.filterwarnings("ignore", message="Object of type <Submitted", module=r"nbgrader\.api")
