"""A chart before it is text: plain traces and a plain layout."""

from typing import Any, NamedTuple

import orjson
from markupsafe import Markup

Trace = dict[str, Any]
"""A trace as Plotly takes it."""

Layout = dict[str, Any]
"""A layout as Plotly takes it, each part within its own: no ``tickfont_size``."""


class Figure(NamedTuple):
    """What Plotly draws. ``go.Figure(data, layout)`` looks at each value, as the tests do.

    Plotly's own figures do so whenever one is made, which takes longer than all else.

    Attributes:
        legend: what the marks mean, where the page says it (``legend.of_statuses``).
    """

    data: list[Trace]
    layout: Layout
    legend: Markup = Markup()

    def text(self) -> str:
        """What a browser is sent."""
        drawn = {"data": self.data, "layout": self.layout}
        return orjson.dumps(drawn, option=orjson.OPT_SERIALIZE_NUMPY).decode()
