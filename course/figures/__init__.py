"""The figures that lessons and widgets share."""

from course.figures.base import BLUE, GREY, ORANGE, bars, finish, lines, show

__all__ = ["BLUE", "GREY", "ORANGE", "bars", "finish", "lines", "show"]
