"""What is to be read in one sitting stays short."""

import pytest
from markdown_it import MarkdownIt

from tests.docs.pages import ROOT

WORDS = 500  # on a page, single-spaced, by the common rule


def words(page: str) -> list[str]:
    """Return the words that are read on a page, commands too; not where links lead."""
    found = []
    for token in MarkdownIt().enable("table").parse(page):
        found += token.content.split() if token.type in ("code_block", "fence") else []
        for part in token.children or ():
            found += part.content.split() if part.type in ("text", "code_inline") else []
    return found


@pytest.mark.parametrize(("path", "pages"), [("README.md", 1), ("docs/instructor.md", 2)])
def test_a_page_is_no_longer_than_it_should_be(path, pages):
    assert len(words((ROOT / path).read_text())) <= pages * WORDS
