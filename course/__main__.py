"""`python -m course`: the command `mlops-course`, of just this Python."""

from course.command import main

if __name__ == "__main__":
    main()
