"""What can stop the grading of a whole class."""

import traceback

from traitlets import TraitError

from course.grading.record import one_line


class GradingError(Exception):
    """What went wrong and how to cure it, in one sentence for the instructor."""


def sentence_of(error: Exception) -> str:
    """Return what went wrong and how to cure it, in one sentence.

    The traceback of an error that nobody has thought of is printed.

    Parameters
    ----------
    error : Exception
        What stopped the grading of a class.

    Returns
    -------
    str

    Examples
    --------
    >>> sentence_of(TraitError("The value of 'user' should not be less than 1."))
    "A setting is wrong: The value of 'user' should not be less than 1. Correct nbgrader_config.py."
    """
    from sqlalchemy.exc import SQLAlchemyError  # a quarter of a second, which a terminal can save

    told = one_line(str(error))
    if isinstance(error, GradingError):
        return str(error)
    if isinstance(error, TraitError):
        return f"A setting is wrong: {told} Correct nbgrader_config.py."
    if isinstance(error, SQLAlchemyError):
        return (
            f"The gradebook cannot be used ({told}): see that c.CourseDirectory.db_url is right "
            "and that its server runs; what was recorded before stays."
        )
    traceback.print_exception(error)
    return (
        f"Grading ended by a mistake of this program's own ({type(error).__name__}: {told}): "
        "report it with the lines above; what was recorded before stays."
    )
