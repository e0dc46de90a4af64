"""How instructor.md has files taken in on a machine without an exchange."""

from tests.bank import released
from tests.docs.pages import ROOT, typed
from tests.pipeline.course_copy import CourseCopy

LESSON = "01-what-is-mlops"
PAGE = (ROOT / "docs/instructor.md").read_text()


def test_what_comes_back_by_mail_is_taken_in_as_the_page_says(tmp_path):
    course = CourseCopy(tmp_path, lessons=[LESSON])
    (setting,) = (text for text in typed(PAGE) if text.startswith("c.FileNameCollectorPlugin"))
    (command,) = (text for text in typed(PAGE) if text.startswith("nbgrader zip_collect"))
    with (course.root / "nbgrader_config.py").open("a") as config:
        config.write(f"\n{setting}\n")
    notebook = released(LESSON)
    assert "`ada_what-is-mlops.ipynb`" in PAGE
    assert f"`downloaded/{LESSON}/archive`" in PAGE
    archive = course.root / "downloaded" / LESSON / "archive"
    archive.mkdir(parents=True)
    for who in ("ada", "ben"):
        (archive / f"{who}_{notebook.name}").write_bytes(notebook.read_bytes())
    course.nbgrader(*command.split()[1:])
    for who in ("ada", "ben"):
        taken = course.root / "submitted" / who / LESSON / notebook.name
        assert taken.read_bytes() == notebook.read_bytes()
