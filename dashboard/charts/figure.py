"""A chart before it is text: plain traces and a plain layout."""

from typing import Any, NamedTuple

import orjson

Trace = dict[str, Any]
"""A trace as Plotly takes it."""

Layout = dict[str, Any]
"""A layout as Plotly takes it, each part within its own: no ``tickfont_size``."""


class Figure(NamedTuple):
    """What Plotly draws. ``go.Figure(*figure)`` looks at each value, as the tests do.

    Plotly's own figures do so whenever one is made, which takes longer than all else.
    """

    data: list[Trace]
    layout: Layout

    def text(self) -> str:
        """What a browser is sent."""
        return orjson.dumps(self._asdict(), option=orjson.OPT_SERIALIZE_NUMPY).decode()
