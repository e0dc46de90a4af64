"""Every command in docs/, README.md and CONTRIBUTING.md is run as it stands there.

instructor.md, student.md and grading.md tell of one term and are run as one, in `term.py`. Every
other page, also one that comes later, is run by itself in a scratch copy of the course. What cannot
be run there is in `ELSEWHERE`, with the reason and what shows it.
"""

import re

import pytest

from tests.docs.pages import PAGES, PROGRAMS, ROOT, commands, typed
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


@pytest.mark.parametrize("page", [str(path.relative_to(ROOT)) for path in PAGES])
def test_what_running_text_has_typed_is_run_in_a_block_or_elsewhere(page):
    run = [command.text for path in PAGES for command in commands(path.read_text())]
    run = {tuple(text.split()[:2]) for text in [*run, *ELSEWHERE]}
    for text in typed((ROOT / page).read_text()):
        assert text in ELSEWHERE or (re.match(PROGRAMS, text) and tuple(text.split()[:2]) in run), (
            text
        )


def test_what_is_run_elsewhere_is_in_a_page_and_is_run():
    pages = [path.read_text() for path in PAGES]
    everywhere = {command.text for page in pages for command in commands(page)}
    assert ELSEWHERE.keys() - everywhere - {text for page in pages for text in typed(page)} == set()
    for command, (_, path, line) in ELSEWHERE.items():
        assert line in (ROOT / path).read_text().splitlines(), command
        assert all((ROOT / part).exists() for part in command.split() if part.startswith("tests/"))


def test_what_is_expected_of_commands_is_of_commands_in_a_page():
    there = {
        (str(path.relative_to(ROOT)), command.text)
        for path in PAGES
        for command in commands(path.read_text())
    }
    assert (STATUS.keys() | SAYS.keys()) - there == set()
