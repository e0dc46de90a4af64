"""The shell of every widget: controls, a figure, and its finding in one sentence."""

import base64
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import anywidget
import traitlets
from matplotlib.figure import Figure

from course.widgets.controls import Control, button, choice, slider
from course.widgets.svg import figure_svg, themed

__all__ = ["Explorer", "button", "choice", "slider"]

STATIC = Path(__file__).parent / "static"


class Explorer(anywidget.AnyWidget):  # type: ignore[misc]  # anywidget is untyped here
    """A figure that answers to controls: declare them, draw, and say the finding in a sentence.

    A subclass declares its controls with `slider`, `choice` and `button` and implements `draw` and
    `describe`. Everything can be driven from Python: the controls are traits, the buttons methods.
    In a page the shell shows labelled inputs, the figure in the colors of the theme, and the
    sentence, which is also the figure's text alternative; elsewhere (nbconvert, an unrun notebook)
    figure and sentence.

    `draw` returns a matplotlib figure, drawn black on white, or HTML for a table or a board. The
    HTML is trusted and shown as it is: escape what is not your own. So that everyone can read it:

    - make figures at most 8 inches wide, with text of 10 points and more;
    - use colors with a contrast to white of 4.5 for text and 3 for lines (`course.widgets.svg`
      keeps it in the dark), and never color alone: add a marker, a dash pattern or a name;
    - fix the margins (`subplots_adjust`): a constrained layout makes each step three times slower.

    Examples
    --------
    >>> class Growth(Explorer):
    ...     days = slider(7, 0, 30, label="Time", unit="days")
    ...     rate = choice("slow", {"slow": "1 % a day", "fast": "10 % a day"}, label="Growth")
    ...
    ...     def draw(self):
    ...         figure = Figure(figsize=(6, 3))
    ...         figure.subplots().plot([self.size(day) for day in range(self.days + 1)])
    ...         return figure
    ...
    ...     def describe(self):
    ...         return f"After {self.days} days there are {self.size(self.days):.0f}."
    ...
    ...     def size(self, day):
    ...         return 100 * {"slow": 1.01, "fast": 1.1}[self.rate] ** day
    >>> growth = Growth(rate="fast")
    >>> growth.days = 30
    >>> growth.describe()
    'After 30 days there are 1745.'
    >>> growth.days = 31
    Traceback (most recent call last):
    traitlets.traitlets.TraitError: days cannot be 31: it goes from 0 to 30 in steps of 1.
    """

    _esm = STATIC / "explorer.js"
    _css = STATIC / "explorer.css"
    _controls = traitlets.List().tag(sync=True)
    _shown = traitlets.Dict().tag(sync=True)

    def __init__(self, **settings: Any) -> None:
        self._displayed = False
        super().__init__(_controls=self._declared(), **settings)
        names = [control["name"] for control in self._controls if control["kind"] != "button"]
        if names:  # traitlets takes none for all
            self.observe(self._moved, names)
        self.on_msg(self._pressed)

    def draw(self) -> Figure | str:
        """Return the figure, or HTML, for the controls as they stand."""
        raise NotImplementedError

    def describe(self) -> str:
        """Return the finding in one sentence, for the controls as they stand."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Draw anew: for what has changed elsewhere, as in a file or a registry."""
        if self._displayed:  # before, it would be drawn for nobody
            self._show(*self._render())

    def offer(self, name: str, control: Any) -> None:
        """Put a control in place of the one of that name: a slider that reaches further.

        Parameters
        ----------
        name : str
            A control's name.
        control : traitlets.TraitType
            Made by `slider` or `choice`, of the same kind as the old one.
        """
        value = getattr(self, name)
        self.add_traits(**{name: control})
        setattr(self, name, value if value in control.positions else control.default_value)
        self._controls = self._declared()

    def set_state(self, sync_data: dict[str, Any]) -> None:
        """Take what the page sends; where it is no position of a control, send ours instead."""
        refused = {name for name, value in sync_data.items() if not self._takes(name, value)}
        super().set_state({name: sync_data[name] for name in sync_data if name not in refused})
        if refused:
            self.send_state(refused)

    def _takes(self, name: str, value: Any) -> bool:
        control = self.traits().get(name)
        try:
            if isinstance(control, Control):
                control.validate(self, value)
        except traitlets.TraitError:
            return False
        return True

    def _declared(self) -> list[dict[str, Any]]:
        parts = [part for kind in reversed(type(self).__mro__) for part in vars(kind).items()]
        controls = [item for item in dict(parts).items() if hasattr(item[1], "shown")]
        return [{"name": name, **control.shown} for name, control in controls]

    def _moved(self, change: object) -> None:
        self.refresh()

    def _pressed(self, widget: object, message: dict[str, Any], buffers: object) -> None:
        pressed = message.get("press")
        for control in self._controls:
            if control["kind"] != "button" or control["name"] != pressed:
                continue
            saved = message.get("saved")
            told = [saved if isinstance(saved, dict) else {}] if control["saves"] else []
            try:
                getattr(self, control["name"])(*told)
            except Exception as error:  # the page must show any
                self._show(self._render()[0], f"That was not done ({_reason(error)}).")

    def _render(self) -> tuple[str, str]:
        with _swept():
            return self._drawn()

    def _drawn(self) -> tuple[str, str]:
        try:
            drawn = self.draw()
            return drawn if isinstance(drawn, str) else figure_svg(drawn), self.describe()
        except Exception as error:  # the page must show any, and the next change may cure it
            return "", f"This could not be drawn ({_reason(error)}). Move a control to go on."

    def _show(self, figure: str, sentence: str) -> None:
        if figure.startswith("<svg"):
            figure = themed(figure, scope=f"explorer-{self.model_id[:8]}")
        self._shown = {"figure": figure, "sentence": sentence}

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        figure, sentence = self._render()
        self._show(figure, sentence)
        self._displayed = True
        data, metadata = super()._repr_mimebundle_(**kwargs)
        static = {"text/plain": sentence, "text/html": _static_html(figure, sentence)}
        return data | static, metadata


@contextmanager
def _swept() -> Iterator[None]:
    """Collect what is left of a figure while it is young.

    Matplotlib's objects hold each other, so only the collector frees them. Left to itself it lets
    them grow old, and then every tenth step waits until it has gone through all there is.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
            gc.collect(0)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0]


def _static_html(figure: str, sentence: str) -> str:
    sentence = escape(sentence)
    if figure.startswith("<svg"):  # as an image: some viewers strip SVG, and its ids stay inside
        source = base64.b64encode(figure.encode()).decode()
        figure = f'<img src="data:image/svg+xml;base64,{source}" alt="{sentence}">'
    caption = f"{sentence}<br><em>Run this notebook to move the controls.</em>"
    return f'<figure style="margin: 0">{figure}<figcaption>{caption}</figcaption></figure>'
