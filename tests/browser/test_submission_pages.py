"""What a submission shows in Formgrader and in feedback acts on nobody who reads it there."""

from pathlib import Path

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, new_raw_cell
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import Config

from course.grading import settings

ACT = "document.ran=(document.ran||0)+1"  # without a space, as HTML without quotes needs it
CLOSE = f'"></pre></div></script><script>{ACT}</script><img src="x" onerror="{ACT}">'
PICTURE = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
MARKUP = [
    f"<script>{ACT}</script>",
    f"<img src=x onerror='{ACT}'>",
    f"<svg onload='{ACT}'></svg>",
    f"<svg><script>{ACT}</script></svg>",
    f"<iframe srcdoc='<script>parent.{ACT}</script>'></iframe>",
    f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;<img src=1 onerror={ACT}>'>",
    f"<details open ontoggle='{ACT}'>x</details>",
    f"<input autofocus onfocus='{ACT}'>",
    f"<scr<script></script>ipt>{ACT}</script>",
    f"<style onload='{ACT}'>body {{ display: none }}</style>",
    f"<form><button id='best' formaction='javascript:{ACT}'>x</button></form>",
    f"<a class='link' href='javascript:{ACT}'>x</a>",
    f"<a class='link' href=' &#1;java&#10;script:{ACT}'>x</a>",
    "<base href='https://example.org/'><meta http-equiv='refresh' content='0; https://example.org'>",
    "<img src='/hub/logout'><img src='files//hub/logout'><img src='https://example.org/seen.png'>",
    f"<div id='best' class='full-credit score' style='position: fixed'>{CLOSE}</div>",
]
HONEST = [
    new_markdown_cell(
        "# A heading\n\nSome **bold** text, $a < b$, `a < b`, [a link](https://a.org)."
    ),
    new_markdown_cell("> A quotation\n\n| a | b |\n| --- | --- |\n| 1 | 2 |"),
    new_code_cell(
        "table",
        outputs=[
            new_output(
                "display_data",
                {
                    "text/plain": "a table",
                    "text/html": "<style scoped>.dataframe { color: red }</style>"
                    "<table border='1' class='dataframe'><tr><th>delay</th></tr></table>",
                },
            ),
            new_output("display_data", {"image/png": PICTURE, "text/plain": "a figure"}),
            new_output(
                "display_data", {"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg'/>"}
            ),
        ],
    ),
]


def check(**metadata):
    own = {"grade": True, "solution": False, "locked": True, "grade_id": "best", "points": 1}
    return {"nbgrader": {**own, "score": 0.0, "comment": None}, **metadata}


def hostile():
    """Return cells that try it in each way by which something of theirs comes into a page."""
    shown = [
        *({"text/html": markup} for markup in MARKUP),
        {"application/javascript": ACT},
        {"text/markdown": "".join(MARKUP)},
        {
            "image/svg+xml": f"<svg xmlns='http://www.w3.org/2000/svg'><script>top.{ACT}</script></svg>"
        },
        {"text/plain": CLOSE},
        {"text/latex": CLOSE},
        {"image/png": CLOSE},
        {"application/vnd.jupyter.widget-view+json": {"model_id": CLOSE}},
        {"application/json": {"a": CLOSE}},
    ]
    more = {"width": f"1 onerror={ACT}", "height": CLOSE, "alt": CLOSE, "unconfined": CLOSE}
    odd = {"image/png": more, "filenames": {"image/png": CLOSE}}
    outputs = [new_output("display_data", data, metadata=odd) for data in shown]
    isolated = {"text/html": {"isolated": True}}
    outputs.append(new_output("display_data", {"text/html": CLOSE}, metadata=isolated))
    outputs.append(new_output("stream", text=CLOSE))
    outputs.append(
        new_output("error", ename=CLOSE, evalue=CLOSE, traceback=[CLOSE, "\x1b[1m" + CLOSE])
    )
    return [
        *(new_markdown_cell(markup) for markup in MARKUP),
        new_markdown_cell(
            f"[x](javascript:{ACT}) ![x](x'onerror={ACT}) <{CLOSE}>\n\n```{CLOSE}\n```"
        ),
        new_markdown_cell("a" * 60_000 + CLOSE),
        new_markdown_cell(f"# {CLOSE}", metadata={"tags": [CLOSE]}),
        new_raw_cell(CLOSE, metadata={"raw_mimetype": "text/html"}),
        new_raw_cell(CLOSE, metadata={"raw_mimetype": "text/restructuredtext"}),
        new_code_cell(CLOSE, metadata={"tags": [CLOSE], "magics_language": CLOSE}, outputs=outputs),
        new_code_cell(CLOSE, metadata=check(tags=[CLOSE]), outputs=outputs),
    ]


RESOURCES = {
    "assignment_id": "lesson", "notebook_id": "lesson", "submission_id": "1",
    "index": 0, "total": 1,
    "base_url": "", "last_name": "Lovelace", "first_name": "Ada",
    "nbgrader": {"notebook": "lesson", "score": 0, "max_score": 1, "late_penalty": 0},
}  # fmt: skip
HERE = "http://course/lesson/"


@pytest.fixture(params=["formgrade", "feedback"])
def show(request, chromium):
    """Show cells in one of nbgrader's two pages of a submission, by the course's settings."""
    c = Config()
    settings.use(c)
    c.HTMLExporter.template_name = request.param
    c.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    styles = Path(handlers.static_path, "node_modules/bootstrap/dist/css")
    c.HTMLExporter.extra_template_paths = [str(styles)]
    context = chromium.new_context()

    def show(cells):
        notebook = new_notebook(
            cells=cells, metadata={"title": CLOSE, "language_info": {"name": "python"}}
        )
        html, _ = HTMLExporter(config=c).from_notebook_node(notebook, resources=RESOURCES)
        page, asked = context.new_page(), set()
        page.add_init_script("window.$ = () => ({ready: () => 0, tooltip: () => 0})")

        def answer(route):
            asked.add(route.request.url)
            page_itself = route.request.url == HERE
            route.fulfill(body=html if page_itself else "", content_type="text/html")

        page.route("**/*", answer)
        page.goto(HERE)
        return page, asked

    yield show
    context.close()


def test_nothing_that_a_submission_shows_acts(show):
    _, usual = show([])
    page, asked = show(hostile())
    for link in page.locator("#notebook a").all():
        link.dispatch_event("click")
    page.wait_for_timeout(500)
    assert page.evaluate("document.ran") is None
    assert page.url.split("#")[0] == HERE
    assert asked - {HERE + "x"} <= usual
    assert page.locator("#notebook :is(script, style, iframe, meta, base, form, svg)").count() == 0
    assert page.locator("#notebook :is(#best, .score):not(input)").count() == 0


def test_what_is_honest_is_shown(show):
    page, _ = show(HONEST)
    cells = page.locator("#notebook-container").last
    for selector, text in {
        "h1": "A heading",
        "strong": "bold",
        "p > code": "a < b",
        "a[href='https://a.org']": "a link",
        "blockquote": "A quotation",
        "th >> nth=0": "a",
        "table.dataframe th": "delay",
    }.items():
        assert cells.locator(selector).inner_text().strip() == text
    assert "$a < b$" in cells.inner_text()
    assert ".dataframe" not in cells.inner_text()
    assert cells.locator("img[src^='data:image/png;base64,iVBOR']").count() == 1
    assert cells.locator("img[src^='data:image/svg+xml;base64,']").count() == 1
