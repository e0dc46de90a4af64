"""A late penalty that grows by the day, for nbgrader's `AssignLatePenalties`.

Switched on, and if need be adjusted, in `nbgrader_config.py`::

    c.AssignLatePenalties.plugin_class = "course.grading.late.PenaltyPerDay"
    c.PenaltyPerDay.percent_per_day = 10

The due date is the assignment's, as `nbgrader db assignment add LESSON --duedate=...` or Formgrader
record it. An assignment without one is never late.
"""

import math

from nbgrader.plugins import BasePlugin
from traitlets import Float

DAY = 24 * 60 * 60  # seconds


class PenaltyPerDay(BasePlugin):  # type: ignore[misc]  # nbgrader has no types
    """Take a share of the score for every day begun after the due date."""

    percent_per_day = Float(
        10.0, min=0, max=100, help="Percent of the score taken for each day begun."
    ).tag(config=True)

    grace_minutes = Float(
        10.0, min=0, help="Minutes after the due date that do not count, for slow networks."
    ).tag(config=True)

    max_percent = Float(
        50.0, min=0, max=100, help="Percent of the score that is taken at most."
    ).tag(config=True)

    def late_submission_penalty(
        self, student_id: str, score: float, total_seconds_late: float
    ) -> float | None:
        """Return the points to take off; nbgrader asks for each late notebook.

        Parameters
        ----------
        student_id : str
            Who submitted; everyone is treated alike.
        score : float
            The points that the notebook got.
        total_seconds_late : float
            Seconds between the due date and the submission.

        Returns
        -------
        float or None
            Points; None if the submission came within the grace period.

        Examples
        --------
        >>> PenaltyPerDay().late_submission_penalty("ana", 8.0, total_seconds_late=3600)
        0.8
        >>> PenaltyPerDay().late_submission_penalty("ana", 8.0, total_seconds_late=30 * 24 * 3600)
        4.0
        """
        counted = total_seconds_late - 60 * self.grace_minutes
        if counted <= 0:
            return None
        percent: float = min(math.ceil(counted / DAY) * self.percent_per_day, self.max_percent)
        return score * percent / 100
