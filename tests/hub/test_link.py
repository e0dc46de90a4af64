"""The README's link to a hub, followed by somebody who was never there."""

import shutil
import subprocess
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from course.links import links
from tests.browser.jupyter import wait_for_kernel
from tests.hub.machine import LESSON, ROOT, Machine
from tests.hub.pages import LONG, sign_in

NOTEBOOK = f"release/{LESSON}/what-is-mlops.ipynb"


def test_the_link_copies_the_course_and_opens_lesson_01(here: Machine, page: Page) -> None:
    published = here.folder / "published/mlops-course"
    shutil.copytree(ROOT / "release", published / "release")
    git = ["git", "-C", published, "-c", "user.name=a", "-c", "user.email=a@b.edu"]
    subprocess.run([*git, "init", "--quiet", "--initial-branch=main"], check=True)
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "--quiet", "--message=Publish"], check=True)
    # git reads no repository of another account in a folder; over a network it would not ask.
    subprocess.run(["chown", "-R", f"{here.names['ben']}:", published], check=True)

    made = links(published.as_uri(), "main", here.url, NOTEBOOK)["lesson-01-on-a-hub"]
    link = urlsplit(made)
    sign_in(page, here, "ben", f"{link.path}?{link.query}")
    page.wait_for_url(f"**/lab/tree/mlops-course/{NOTEBOOK}", timeout=LONG)
    wait_for_kernel(page)
    expect(page.locator(".jp-Notebook h1").first).to_be_visible()
