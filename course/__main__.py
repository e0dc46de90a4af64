"""`python -m course`: the command `mlops-course`, of just this Python."""

from course.cli import app

if __name__ == "__main__":
    app(prog_name="mlops-course")
