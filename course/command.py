"""The program `mlops-course`, which begins what takes long before it can read its options."""

import sys


def main() -> None:
    """Run a subcommand; see `course.cli`."""
    if sys.argv[1:2] == ["grade"] and "--help" not in sys.argv:
        from course.grading.classroom.begin import begin

        begin()
    from course.cli import app

    app(prog_name="mlops-course")
