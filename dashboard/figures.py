"""Figures made once for all sessions: whoever sees the same view gets what was made for the first.

A figure follows from the function that draws it, its arguments, its records and what stands around
it, and these are its key: nothing has to be thrown away when a register is published or the theme
is another. What is kept is the text that the browser is sent.
"""

from collections.abc import Callable, Hashable
from functools import partial
from hashlib import blake2b
from io import BytesIO
from typing import Any

import orjson
import pandas as pd
import plotly.graph_objects as go
import plotly.io
import pyarrow as pa
from markupsafe import Markup

from dashboard.charts.faults import Draw
from dashboard.charts.figure import Figure
from dashboard.charts.frame import Around, framed
from dashboard.charts.style import Ink, dress
from register.cache import Cache

MAX_FIGURES, MAX_BYTES = 512, 64 * 2**20

# Streamlit's template for all figures: charts are dressed by themselves.
plotly.io.templates.default = None
# The other one would not ask for a text that is there (``_Text``).
plotly.io.json.config.default_engine = "orjson"

_kept = Cache(MAX_FIGURES, MAX_BYTES)


class Made(go.Figure):  # type: ignore[misc] # Plotly has no types
    """A figure that is text already, which Streamlit takes like any other."""

    def __init__(self, figure: Figure) -> None:
        width, height = figure.layout.get("width"), figure.layout.get("height")
        super().__init__(layout={"width": width, "height": height})
        self._legend = figure.legend
        self._text = _Text(figure.text(), super().to_dict())

    def to_dict(self) -> dict[str, Any]:
        """What Streamlit asks a figure for: its size can be read, all of it is text."""
        return self._text

    @property
    def legend(self) -> Markup:
        """What its marks mean, nothing where the chart says it."""
        return self._legend

    @property
    def nbytes(self) -> int:
        """The length of the text, and of the legend."""
        return self._text.nbytes + len(self._legend)


class _Text(dict[str, Any]):
    """A dictionary that is written as a text; what says so to Plotly is ``to_plotly_json``."""

    def __init__(self, text: str, readable: dict[str, Any]) -> None:
        super().__init__(readable)
        self.nbytes = len(text)
        self._text = orjson.Fragment(text)

    def to_plotly_json(self) -> orjson.Fragment:
        """What Plotly writes in its place."""
        return self._text


def kept(
    draw: Draw, ink: Ink, around: Around, clickable: bool = False
) -> Callable[[pd.DataFrame], Made]:
    """``draw`` with the page's letters and the picture's frame, for each view only the first time.

    Args:
        draw: a function of a module, or ``partial`` of one with all that it depends on.
        clickable: its marks can be chosen.

    Raises:
        ValueError: it is made inside of a function, so that nothing tells what it depends on.
    """
    function, arguments = _parts(draw)
    if "<locals>" in function.__qualname__:
        raise ValueError(f"{function.__qualname__} cannot be kept: give partial() of a function")

    def once(records: pd.DataFrame) -> Made:
        key = (function, arguments, _content(records), ink, around, clickable)
        made: Made = _kept.get(
            key, lambda: Made(dress(framed(draw(records), around), ink, clickable))
        )
        return made

    return once


def _parts(draw: Draw) -> tuple[Any, Hashable]:
    """The function that draws, and its arguments but the records."""
    if not isinstance(draw, partial):
        return draw, ()
    named = sorted(draw.keywords.items())
    return draw.func, tuple(map(_content, (*draw.args, *(part for pair in named for part in pair))))


def _content(value: Any) -> Hashable:
    """What tells a value from all others: a list is its values, a frame a hash of its cells."""
    if isinstance(value, pd.DataFrame):
        table, written = pa.Table.from_pandas(value), BytesIO()
        with pa.ipc.new_stream(written, table.schema) as stream:
            stream.write_table(table)
        return blake2b(written.getbuffer()).digest()
    return tuple(map(_content, value)) if isinstance(value, list | tuple) else value
