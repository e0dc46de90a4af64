"""What a late submission costs."""

import pytest
from traitlets import TraitError

from course.grading.late import PenaltyPerDay

HOUR = 3600


@pytest.mark.parametrize(
    ("hours_late", "penalty"),
    [
        (5 / 60, None),  # within the grace period
        (10 / 60, None),
        (11 / 60, 2),
        (24, 2),
        (24 + 9 / 60, 2),  # grace counts for every day
        (24 + 11 / 60, 4),
        (4.5 * 24, 10),
        (300 * 24, 10),  # never more than half
    ],
)
def test_a_tenth_of_the_score_for_each_day_begun(hours_late, penalty):
    assert PenaltyPerDay().late_submission_penalty("ana", 20, hours_late * HOUR) == penalty


def test_a_course_can_be_stricter():
    policy = PenaltyPerDay(percent_per_day=40, grace_minutes=0, max_percent=100)
    assert policy.late_submission_penalty("ana", 10, 1) == 4
    assert policy.late_submission_penalty("ana", 10, 72 * HOUR) == 10


@pytest.mark.parametrize("wrong", [{"percent_per_day": 110}, {"grace_minutes": -1}])
def test_a_setting_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(TraitError):
        PenaltyPerDay(**wrong)
