"""What nbgrader is told on the hub, for students and for the account that grades."""

import os

c = get_config()  # noqa: F821 - nbgrader defines it when it runs this file
c.CourseDirectory.course_id = "mlops"
c.Exchange.root = "/srv/mlops/exchange"

# Students have accounts of their own, so that what is handed in need not be open to all of them.
c.ExchangeFactory.submit = "course.grading.intake.submit.PrivateSubmit"

# A cell that runs this long has hung, for Validate as for grading.
c.Execute.timeout = 60
c.Execute.error_on_timeout = {
    "ename": "CellTimeoutError",
    "evalue": "this cell was still running after 60 seconds",
    "traceback": ["CellTimeoutError: this cell was still running after 60 seconds"],
}

# Validate takes a warning on stderr for a failure, and libraries warn of right answers too.
os.environ["PYTHONWARNINGS"] = "ignore"
