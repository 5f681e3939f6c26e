"""What is written in the timeline: the partners' names, years, ends, the as-of day."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from dashboard.charts.figure import Trace
from dashboard.charts.places import Placed
from dashboard.charts.style import Ink
from register.markup import for_chart

OPEN, APPROXIMATE = "→", "≈"


class Text(NamedTuple):
    """A text in the chart: on which day, how high, and where it stands from there."""

    day: date
    y: float
    text: str
    position: str


def trace(texts: Sequence[Text], ink: Ink) -> Trace:
    """The texts as Plotly draws them."""
    days, heights, written, positions = zip(*texts, strict=True)
    return {
        "type": "scatter",
        "x": [day.isoformat() for day in days],
        "y": heights,
        "mode": "text",
        "text": written,
        "textposition": positions,
        "textfont": {"color": ink.mark},
        "cliponaxis": False,
        "showlegend": False,
        "hoverinfo": "skip",
    }


def of_partners(bars: list[Placed], names: dict[str, float], first: date) -> Iterator[Text]:
    """The partners' names above their rows, inside the chart: they need no margin on a phone."""
    agreements = [bar.bar.agreement for bar in bars]
    partners = {agreement["partner_id"]: agreement["partner"] for agreement in agreements}
    for partner_id, y in names.items():
        yield Text(first, y, f"<b>{for_chart(partners[partner_id])}</b>", "middle right")


def of_ends(bars: list[Placed]) -> Iterator[Text]:
    """An arrow where no end is stated, a wavy sign where the end is approximate."""
    for placed in bars:
        if placed.bar.open:
            yield Text(placed.bar.stop, placed.y, OPEN, "middle left")
        elif placed.bar.agreement["end_approximate"]:
            yield Text(placed.bar.stop, placed.y, APPROXIMATE, "middle right")


def of_years(years: list[date], height: int) -> Iterator[Text]:
    """The years above and below the bars: a chart can be higher than the screen."""
    for year in years:
        yield Text(year, 0, str(year.year), "top center")
        yield Text(year, height, str(year.year), "bottom center")


def of_the_day(as_of: date, first: date, last: date, height: int) -> Iterator[Text]:
    """The day at its line, beyond the years so that it covers none, and towards the middle."""
    day = f"as of {as_of.day} {as_of:%b %Y}"
    side = "left" if as_of - first > last - as_of else "right"
    yield Text(as_of, 0, f"{day}<br>\u00a0", f"top {side}")
    yield Text(as_of, height, f"\u00a0<br>{day}", f"bottom {side}")
