"""The controls of a widget, as traits: declared once, checked in Python, shown by the shell."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import wraps
from math import floor
from typing import Any

import traitlets


class Control(traitlets.TraitType):  # type: ignore[misc]  # traitlets is untyped here
    """A trait that only takes the positions of its control; made by `slider` and `choice`."""

    def __init__(self, default: Any, texts: Mapping[Any, str], rule: str, **shown: Any) -> None:
        self.positions = list(texts)
        self.rule = rule
        self.shown = {"positions": self.positions, "texts": list(texts.values()), **shown}
        if default not in texts:
            raise ValueError(f"The default cannot be {default!r}: it {rule}.")
        super().__init__(default)
        self.tag(sync=True)

    def validate(self, obj: Any, value: Any) -> Any:
        """Return the position that `value` is, or say which there are."""
        try:  # 3 * 0.05 is meant to be 0.15
            sought = round(value, 9) if isinstance(value, float) else value
            return self.positions[self.positions.index(sought)]
        except ValueError:
            message = f"{self.name} cannot be {value!r}: it {self.rule}."
            raise traitlets.TraitError(message) from None


def slider(
    default: float,
    minimum: float,
    maximum: float,
    *,
    step: float = 1,
    label: str,
    unit: str = "",
    show: Callable[[Any], str] | None = None,
) -> Any:
    """Declare a slider, the trait of an `Explorer` that takes a number.

    Parameters
    ----------
    default, minimum, maximum : float
        Where it stands at first, and its two ends.
    step : float, default 1
        The distance of two positions. Where it and `minimum` are whole, so are the values.
    label : str
        The name beside it.
    unit : str, default ""
        Shown after the value.
    show : callable, optional
        Takes a position and returns the text to show for it; by default the value and its unit.

    Returns
    -------
    traitlets.TraitType
        The declaration.

    Raises
    ------
    ValueError
        If `default` is not a position of the slider.

    Examples
    --------
    >>> slider(0.5, 0, 1, step=0.25, label="Shift", unit="°C").shown["texts"]
    ['0.00 °C', '0.25 °C', '0.50 °C', '0.75 °C', '1.00 °C']
    """
    decimals = max(_decimals(step), _decimals(minimum))
    count = floor((maximum - minimum) / step + 1e-9) + 1
    positions = [round(minimum + i * step, decimals or None) for i in range(count)]
    show = show or (lambda value: f"{value:,.{decimals}f} {unit}".strip())
    rule = f"goes from {minimum} to {maximum} in steps of {step}"
    texts = {position: show(position) for position in positions}
    return Control(default, texts, rule, kind="slider", label=label, step=step)


def choice(default: str, options: Sequence[str] | Mapping[str, str], *, label: str) -> Any:
    """Declare a choice, the trait of an `Explorer` that takes one of a few words.

    Parameters
    ----------
    default : str
        The option taken at first.
    options : sequence of str, or mapping of str to str
        The values; a mapping gives each the text to show for it.
    label : str
        The name beside it.

    Returns
    -------
    traitlets.TraitType
        The declaration.

    Raises
    ------
    ValueError
        If `default` is not an option.

    Examples
    --------
    >>> choice("JFK", {"JFK": "Kennedy", "LGA": "La Guardia"}, label="Airport").shown["texts"]
    ['Kennedy', 'La Guardia']
    """
    texts = options if isinstance(options, Mapping) else {option: option for option in options}
    rule = f"is one of {', '.join(map(repr, texts))}"
    return Control(default, texts, rule, kind="choice", label=label)


def button(label: str, *, saves: bool = False) -> Callable[[Callable[..., Any]], Any]:
    """Declare a button: put it before the method of an `Explorer` that a press is to call.

    Called from Python or pressed in the page, the method runs, and then the figure is drawn anew.
    When it raises an error, the page shows that instead of the sentence.

    Parameters
    ----------
    label : str
        What stands on it.
    saves : bool, default False
        Whether the page saves the notebook first, and tells the method of it: a dict with the
        file's `path` from the server's root, and the `time` when it was written if it could be.

    Returns
    -------
    callable
        A decorator of a method that takes nothing but `self`, and what was saved.

    Examples
    --------
    >>> @button("Roll back")
    ... def roll_back(self):
    ...     self.version -= 1
    >>> roll_back.shown
    {'kind': 'button', 'label': 'Roll back', 'saves': False}
    """

    def declare(method: Callable[..., Any]) -> Any:
        @wraps(method)
        def press(self: Any, *saved: Any) -> Any:
            result = method(self, *saved)
            self.refresh()
            return result

        shown = {"kind": "button", "label": label, "saves": saves}
        press.shown = shown  # type: ignore[attr-defined]
        return press

    return declare


def _decimals(number: float) -> int:
    exponent = Decimal(str(number)).normalize().as_tuple().exponent
    return max(0, -int(exponent))
