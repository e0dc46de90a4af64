"""A matplotlib figure as SVG: the same text each time, and in a page the colors of its theme."""

import colorsys
import io
import re
from functools import cache

import matplotlib as mpl
from matplotlib import colors
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

DARK_PAPER = "#111111"  # the background of JupyterLab Dark


def figure_svg(figure: Figure) -> str:
    """Return a figure as an SVG document with real text, and close the figure.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        The figure, drawn the ordinary way.

    Returns
    -------
    str
        The SVG element, without date or other metadata: equal figures give equal text.

    Examples
    --------
    >>> svg = figure_svg(Figure(figsize=(4, 3)))
    >>> svg[:5], 'width="288pt" height="216pt"' in svg
    ('<svg ', True)
    """
    document = io.StringIO()
    nothing = dict.fromkeys(("Creator", "Date", "Format", "Type"))
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "explorer"}):
        figure.savefig(document, format="svg", metadata=nothing)
    plt.close(figure)
    svg = document.getvalue()
    svg = svg[svg.index("<svg") :]
    # Each text repeats its whole list of fonts: said once, it is shorter, and a page can change it.
    svg = re.sub(r"font-family: 'DejaVu Sans'[^;\"]*(; )?", "", svg)
    return svg.replace("<svg ", '<svg font-family="DejaVu Sans, Verdana, sans-serif" ', 1)


def themed(svg: str, scope: str) -> str:
    """Return the SVG as a part of a page: in its theme's colors, and with ids of its own.

    White becomes the page's paper (`--explorer-paper`), black its text color; any other color
    keeps itself on light paper and gives way to its `dark_counterpart` on dark paper.

    Parameters
    ----------
    svg : str
        What `figure_svg` returned.
    scope : str
        A name that no other figure of the page has; put before every id.

    Returns
    -------
    str
        The SVG element, with no style rules that could reach beyond it.

    Examples
    --------
    >>> themed('<svg><path id="a" style="fill: #ffffff; stroke: #000000"/></svg>', "w1")
    '<svg><path id="w1-a" style="fill: var(--explorer-paper); stroke: currentColor"/></svg>'
    """
    svg = re.sub(r"<style.*?</style>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'(\bid="|href="#|url\(#)', rf"\1{scope}-", svg)
    return re.sub(r'(?<=: |=")#[0-9a-f]{6}\b', lambda found: _in_theme(found[0]), svg)


@cache
def _in_theme(color: str) -> str:
    if color == "#ffffff":
        return "var(--explorer-paper)"
    if color == "#000000":
        return "currentColor"
    return f"light-dark({color}, {dark_counterpart(color)})"


def dark_counterpart(color: str) -> str:
    """Return the color of the same hue that stands out from dark paper as `color` does from white.

    So a figure that has enough contrast on white has enough on dark paper, too.

    Parameters
    ----------
    color : str
        A color as `#rrggbb`.

    Returns
    -------
    str
        A color as `#rrggbb`, with the same contrast (WCAG 2) to `DARK_PAPER`, or white.

    Examples
    --------
    >>> dark_counterpart("#1f77b4"), dark_counterpart("#eeeeee")
    ('#2386cb', '#202020')
    """
    hue, _, saturation = colorsys.rgb_to_hls(*colors.to_rgb(color))
    wanted = contrast(color, "#ffffff")
    lightness = step = 0.5
    while step > 1 / 512:  # halve the way: contrast to dark paper grows with lightness
        step /= 2
        found = colors.to_hex(colorsys.hls_to_rgb(hue, lightness, saturation))
        lightness += step if contrast(found, DARK_PAPER) < wanted else -step
    return colors.to_hex(colorsys.hls_to_rgb(hue, lightness, saturation))


def contrast(color: str, paper: str) -> float:
    """Return the contrast ratio of two colors, 1 to 21, as WCAG 2 defines it.

    Parameters
    ----------
    color, paper : str
        Two colors as `#rrggbb`, in either order.

    Returns
    -------
    float
        At least 4.5 is asked of text, 3 of the lines and marks of a figure.

    Examples
    --------
    >>> round(contrast("#1f77b4", "#ffffff"), 1)
    4.8
    """
    low, high = sorted(_luminance(color) for color in (color, paper))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colors.to_rgb(color)
    )
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
