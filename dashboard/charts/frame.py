"""What stands around a chart in its picture: what it shows, whose data these are, of which day."""

import json
from datetime import date
from typing import NamedTuple

from dashboard.charts.figure import Figure
from register import words


class Around(NamedTuple):
    """What a chart's picture says around it.

    Attributes:
        title: what is shown, a finding where there is a true one.
        source: the line below the chart.
        file: the picture's name, without its ending.
    """

    title: str
    source: str
    file: str


def framed(figure: Figure, around: Around) -> Figure:
    """A chart with what static/picture.js puts around it, as JSON; the page shows none of it."""
    return figure._replace(layout=figure.layout | {"meta": json.dumps(around._asdict())})


def source_line(version: str, as_of: date, newest: str | None) -> str:
    """Where the data are from, as of which day, and how far their sources reach.

    Args:
        newest: the date (EDTF) of the newest source, None for none.
    """
    reach = f"; sources reach to {words.date_in_words(newest)}" if newest else ""
    return (
        f"Source: The Moscow Partnerships Register, version {version}, "
        f"as of {words.day_in_words(as_of)}{reach}"
    )
