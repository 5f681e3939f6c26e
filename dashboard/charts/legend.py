"""What the marks of a chart mean: text of the page below it, in as many lines as it has room for.

Plotly's own legend is drawn anew with its chart, which takes a browser longer than all marks
of a map. A picture of the chart takes this one in (static/picture.js).
"""

from collections.abc import Mapping

from markupsafe import Markup

from dashboard.charts.style import LIGHT, STATUS, Ink, StatusStyle

# Streamlit takes drawings out of HTML: a mark is a piece of its outline's colour, cut to its shape,
# with a smaller one of its own colour on it (assets/style.css).
_ENTRY = Markup(
    '<li><i style="background:{outline};clip-path:{shape}"><i style="background:{fill}"></i></i>'
    "<span>{text}</span></li>"
)

_CIRCLE = "circle(36%)"

_CORNERS = {
    "diamond": "50% 3%, 97% 50%, 50% 97%, 3% 50%",
    "hexagon2": "32% 19%, 68% 19%, 86% 50%, 68% 81%, 32% 81%, 14% 50%",
    "hourglass": "14% 14%, 86% 14%, 14% 86%, 86% 86%",
    "triangle-down": "9% 32%, 91% 32%, 50% 86%",
    "triangle-right": "32% 9%, 86% 50%, 32% 91%",
    "triangle-up": "9% 68%, 50% 14%, 91% 68%",
    "x": (
        "30% 9%, 50% 30%, 70% 9%, 91% 30%, 70% 50%, 91% 70%, "
        "70% 91%, 50% 70%, 30% 91%, 9% 70%, 30% 50%, 9% 30%"
    ),
}
"""Plotly's symbols that have corners, in a box of 14 pixels, of a radius of 5."""


def of_statuses(texts: Mapping[str, str], ink: Ink) -> Markup:
    """The marks of statuses, in this order, each with its text; nothing where there are none."""
    if not texts:
        return Markup()
    entries = Markup().join(_entry(STATUS[status], text, ink) for status, text in texts.items())
    return Markup('<ul class="legend">{}</ul>').format(entries)


def _entry(style: StatusStyle, text: str, ink: Ink) -> Markup:
    corners = _CORNERS.get(style.symbol)
    return _ENTRY.format(
        outline=outline(style),
        shape=f"polygon({corners})" if corners else _CIRCLE,
        fill=ink.paper if "-open" in style.symbol else style.colour,
        text=text,
    )


def outline(style: StatusStyle) -> str:
    """The colour around a mark: dark on dark too, as many light outlines would melt into one."""
    return style.colour if style.fill else LIGHT.mark
