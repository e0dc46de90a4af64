"""What is handed in shows up as a whole or not at all."""

import pytest
from nbgrader.auth import Authenticator
from nbgrader.coursedir import CourseDirectory

from course.grading.intake.submit import PrivateSubmit

LESSON = "01-tiny"


class Watched(PrivateSubmit):
    """Notes what `nbgrader collect` would find after each copy."""

    def do_copy(self, *args, **options):
        super().do_copy(*args, **options)
        self.seen = [*getattr(self, "seen", []), *self.inbound.glob(f"*+{LESSON}+*")]


@pytest.fixture
def submit(tmp_path):
    inbound = tmp_path / "exchange/mlops/inbound"
    for folder in (inbound, tmp_path / f"exchange/mlops/outbound/{LESSON}", tmp_path / LESSON):
        folder.mkdir(parents=True)
    (tmp_path / LESSON / "answer.txt").write_text("42")
    coursedir = CourseDirectory(course_id="mlops", assignment_id=LESSON, root=str(tmp_path))
    submit = Watched(coursedir=coursedir, authenticator=Authenticator())
    submit.root, submit.cache = str(tmp_path / "exchange"), str(tmp_path / "cache")
    submit.assignment_dir, submit.inbound = str(tmp_path), inbound
    return submit


def test_nothing_shows_before_it_is_whole(submit):
    submit.start()
    assert submit.seen == []
    (whole,) = submit.inbound.iterdir()
    names = {path.name for path in whole.iterdir()}
    assert names == {"answer.txt", "timestamp.txt", "submission_secret.txt"}
    assert whole.stat().st_mode & 0o777 == 0o770


def test_what_cannot_be_handed_in_leaves_nothing(submit):
    submit.coursedir.max_dir_size = 0
    with pytest.raises(RuntimeError, match="too big"):
        submit.start()
    assert list(submit.inbound.iterdir()) == []
