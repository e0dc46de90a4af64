"""Every command in docs/ and README.md is run as it stands there.

instructor.md, student.md and grading.md tell of one term and are run as one, in `term.py`. Every
other page, also one that comes later, is run by itself in a scratch copy of the course. What cannot
be run there is in `ELSEWHERE`, with the reason and what shows it.
"""

import re

import pytest

from tests.docs.pages import PAGES, ROOT, commands
from tests.docs.school import ELSEWHERE, SAYS, STATUS, School
from tests.docs.term import TERM, Term


@pytest.fixture(scope="module")
def term(tmp_path_factory):
    """A term from the set-up to the export, in which commands of three pages were typed."""
    school = School(tmp_path_factory.mktemp("term"))
    with school.shells():
        term = Term(school)
        term.take_place()
        yield term


@pytest.mark.parametrize("page", TERM)
def test_every_command_of_a_term_is_run_in_its_order(term, page):
    here = list(commands((ROOT / page).read_text()))
    assert here
    assert term.done[page] == [each for each in here if each.text not in ELSEWHERE]


@pytest.mark.parametrize(
    "page", [name for path in PAGES if (name := str(path.relative_to(ROOT))) not in TERM]
)
def test_every_command_of_a_page_runs(page, tmp_path):
    school = School(tmp_path)
    with school.shells():
        shell = school.shell(school.root)
        for command in commands((ROOT / page).read_text()):
            if command.text not in ELSEWHERE:
                school.type(shell, page, command)


def test_links_between_pages_lead_somewhere():
    for path in [*PAGES, *ROOT.glob("*.md"), *ROOT.glob("deploy/*/*.md")]:
        for link in re.findall(r"\]\(([^)#:]+)\)", path.read_text()):
            assert (path.parent / link).exists(), f"{path.relative_to(ROOT)}: {link}"


def test_what_is_run_elsewhere_is_in_a_page_and_is_run():
    everywhere = {command.text for path in PAGES for command in commands(path.read_text())}
    assert ELSEWHERE.keys() - everywhere == set()
    for command, (_, path, line) in ELSEWHERE.items():
        assert line in (ROOT / path).read_text().splitlines(), command


def test_what_is_expected_of_commands_is_of_commands_in_a_page():
    there = {
        (str(path.relative_to(ROOT)), command.text)
        for path in PAGES
        for command in commands(path.read_text())
    }
    assert (STATUS.keys() | SAYS.keys()) - there == set()
