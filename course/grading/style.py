"""How a page of feedback looks, where nbgrader's own style sheets leave it bare."""

from typing import Any

from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from traitlets import Bool

CSS = """
#notebook-container table { border: 0; margin: 0.5em 0 1em }
#notebook-container :is(th, td) { border: 0; padding: 0.2em 0.8em; vertical-align: top }
#notebook-container :is(th, td):first-child { padding-left: 0 }
#notebook-container thead th { border-bottom: 1px solid #999 }
#notebook-container table.dataframe :is(th, td) { text-align: right }
#notebook-container .input_area pre { white-space: pre-wrap; overflow-wrap: anywhere }
#notebook-container .output_subarea { max-width: 100%; overflow-x: auto }
#toc a::after { content: " " attr(href) }
"""


class FeedbackStyle(Preprocessor):  # type: ignore[misc]  # nbconvert has no types
    """Give tables room, and the entries of the index names; runs after nbconvert's own style.

    It is none of nbgrader's preprocessors: these warn of the exporter's own settings.
    """

    enabled = Bool(True, help="Whether to add the style sheet.").tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Add a style sheet to the resources; the notebook stays as it is."""
        resources["inlining"]["css"].append(CSS)
        return nb, resources
