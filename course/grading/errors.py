"""What can stop the grading of a whole class."""


class GradingError(Exception):
    """What went wrong and how to cure it, in one sentence for the instructor."""
