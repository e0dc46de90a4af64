"""Show what a submission shows, and let none of it act in the browser of the one who reads it.

Formgrader and feedback show the HTML of strangers in pages whose scripts may do what their reader
may. Switched on in `nbgrader_config.py`::

    c.HTMLExporter.preprocessors = ["course.grading.harmless.HarmlessOutputs"]
    c.HTMLExporter.filters = {"markdown2html": "course.grading.harmless.markdown2html", ...}
"""

import re
from functools import cache
from html import escape
from typing import Any

import nh3
from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode, from_dict
from pygments.token import STANDARD_TYPES  # type: ignore[import-untyped]
from traitlets import Bool

INERT = {"text/plain", "text/latex", "text/markdown", "image/png", "image/jpeg", "image/svg+xml"}
IMAGE = re.compile(
    r"data:image/(png|jpeg|gif|webp);base64,[\w+/=\s]*|(?!.*(\.\.|//))\w[\w./ -]*", re.A
)
LINK = re.compile(r"(https?://|mailto:)", re.A | re.I)
# What tables and highlighted code have; another could be one that the page's scripts look for.
CLASSES = {"dataframe", "highlight", *STANDARD_TYPES.values()}
METADATA = {"raw_mimetype": str, "transient": dict}  # of cells; templates fail by other kinds
# Nested brackets and elements take parsers the square of their number: here, at most a second.
MOST = 20_000  # elements
LONGEST = 50_000  # characters of Markdown
COLOURED = 20_000  # characters of code
LAYOUT = {"color", "background-color", "font-style", "font-weight", "text-align", "width"}


def harmless(html: str) -> str:
    """Return HTML without whatever could act, load, or look like a part of the page around it.

    Text, tables, links to follow and pictures that it brings with it stay as they are. Scripts and
    style sheets go with what is in them; of other elements that are not known, their text stays.
    What has more than 20,000 elements is returned as text.

    Examples
    --------
    >>> harmless('<b onclick="go()">July</b><script>go()</script>')
    '<b>July</b>'
    >>> harmless('<img src="https://example.org/seen">')
    '<img>'
    """
    if html.count("<") > MOST:
        return f"<pre>{escape(html)}</pre>"
    return nh3.clean(
        html,
        attributes={
            "*": {"class", "style"},
            "a": {"href", "title"},
            "img": {"alt", "height", "src", "title", "width"},
            "ol": {"start"},
            "td": {"align", "colspan", "rowspan"},
            "th": {"align", "colspan", "rowspan", "scope"},
        },
        attribute_filter=_attribute,
        filter_style_properties=LAYOUT,
        url_schemes={"http", "https", "mailto", "data"},
    )


def _attribute(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute that may stay, or nothing."""
    if name == "class":
        return " ".join(each for each in value.split() if each in CLASSES) or None
    wanted = {"href": LINK.match, "src": IMAGE.fullmatch}.get(name)
    return value if wanted is None or wanted(value) else None


class HarmlessOutputs(Preprocessor):  # type: ignore[misc]  # nbconvert has no types
    """Keep of each output what only shows something, and make its HTML harmless."""

    enabled = Bool(True, help="Whether to make outputs harmless.").tag(config=True)

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Change the outputs of a cell in place; one of which nothing is left goes."""
        for name, kind in METADATA.items():
            if not isinstance(cell.metadata.get(name), kind):
                cell.metadata.pop(name, None)
        kept = []
        for output in cell.get("outputs", []):
            if "data" in output:
                output.data = NotebookNode(_shown(output.data))
                output.metadata = from_dict({m: _size(output.metadata.get(m)) for m in output.data})
            if output.get("data", True):
                kept.append(output)
        if cell.cell_type == "code":
            cell.outputs = kept
        return cell, resources


def _shown(data: dict[str, Any]) -> dict[str, Any]:
    shown = {mime: value for mime, value in data.items() if mime in INERT}
    if "text/html" in data:
        shown["text/html"] = harmless(data["text/html"])
    return shown


def _size(metadata: object) -> dict[str, float]:
    """Return how large a picture is to be shown; templates put that into HTML without quotes."""
    known = metadata if isinstance(metadata, dict) else {}
    size = {side: known.get(side) for side in ("width", "height")}
    return {side: value for side, value in size.items() if isinstance(value, int | float)}


@pass_context
def markdown2html(context: Context, source: str) -> str:
    """Render Markdown as nbconvert does, and make what comes of it harmless.

    What is longer than 50,000 characters is returned as text.

    Examples
    --------
    >>> markdown2html({}, "**no** <script>go()</script> <u>scripts</u>").strip()
    '<p><strong>no</strong>  <u>scripts</u></p>'
    """
    if len(source) > LONGEST:
        return f"<pre>{escape(source)}</pre>"
    return harmless(_exporter().markdown2html(context, source))


def highlight_code(source: str, **options: Any) -> str:
    r"""Return code in HTML, with colours if it is no longer than 20,000 characters.

    Magics have none: the lexer that knows them takes the square of the time for empty lines, as
    Python's does for lines of spaces.

    Examples
    --------
    >>> "<span" in highlight_code("a < b"), "<span" in highlight_code("a < b\n" * 10_000)
    (True, False)
    """
    if len(source) > COLOURED:
        return f'<div class="highlight"><pre>{escape(source)}</pre></div>'
    lines = "\n".join(map(str.rstrip, source.split("\n")))
    return str(Highlight2HTML(pygments_lexer="python")(lines))


def as_it_is(html: str) -> str:
    """Return HTML: nbconvert looks here for addresses of long ago, in the square of the length."""
    return html


@cache
def _exporter() -> HTMLExporter:
    return HTMLExporter(exclude_anchor_links=True)
