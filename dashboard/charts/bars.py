"""The bars of the timeline: windows by status, their titles, the bands behind the names."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from dashboard.charts.lanes import LANE, NAME, Bar, later
from dashboard.charts.style import SMALL, Ink, Trace, marker_of
from register import words
from register.frames import Row
from register.markup import for_chart

# In pixels: the vertical axis counts them, so that a row is as tall on every page.
BAR = 18
FADED = 0.35
# Between a title and the mark beside it.
SPACE = "\u00a0" * 3
MILLISECONDS = 86_400_000


def windows(bars: list[Bar]) -> Iterator[Trace]:
    """The bars by status: the certain parts, and faded what is uncertain or open."""
    for status, group in groupby(sorted(bars, key=_position), key=_status):
        of_status = list(group)
        certain = [(bar, bar.start, bar.certain) for bar in of_status]
        faded = [
            (bar, begin, end)
            for bar in of_status
            for begin, end in ((bar.earliest, bar.start), (bar.certain, bar.stop))
            if begin < end
        ]
        for opacity, parts in ((1, certain), (FADED, faded)):
            if parts:
                yield _bars(
                    [(bar, begin, later(end, timedelta(days=1))) for bar, begin, end in parts],
                    width=BAR,
                    name=for_chart(of_status[0].agreement["status_name"]),
                    legendgroup=status,
                    showlegend=opacity == 1,
                    opacity=opacity,
                    marker=marker_of(status),
                    selected={"marker": {"opacity": opacity}},
                    unselected={"marker": {"opacity": opacity * 0.6}},
                )


def _bars(parts: list[tuple[Bar, date, date]], **look: object) -> Trace:
    """A trace of bars that lead to their agreements: from a day up to, not including, another."""
    return {
        "type": "bar",
        "orientation": "h",
        "base": [begin.isoformat() for _, begin, _ in parts],
        "x": [(end - begin).days * MILLISECONDS for _, begin, end in parts],
        "y": [bar.y for bar, _, _ in parts],
        "customdata": [[bar.agreement["agreement_id"]] for bar, _, _ in parts],
        "hovertext": [_hover(bar.agreement) for bar, _, _ in parts],
        "hoverinfo": "text",
        **look,
    }


def titles(lanes: list[list[Bar]], first: date, last: date, as_of: date, ink: Ink) -> Trace:
    """The titles beside their bars, each where its lane has more room, if it has enough.

    Each is the text in a bar without colour, because Plotly leaves out a text that its bar cannot
    hold, whatever the width of the screen. None reaches over the line of the as-of day.
    """
    titled: list[tuple[Bar, date, date]] = []
    for lane in lanes:
        free_from = first
        for bar, following in zip(lane, [*lane[1:], None], strict=True):
            begin = max(free_from, as_of) if bar.left > as_of else free_from
            end = following.left if following else last
            end = min(end, as_of) if bar.right < as_of else end
            free_from = bar.right
            if end - bar.right > bar.left - begin:
                titled.append((bar, end, bar.right))
                free_from = end
            else:
                titled.append((bar, begin, bar.left))
    return _bars(
        titled,
        width=LANE,
        marker={"color": "rgba(0, 0, 0, 0)"},
        text=[f"{SPACE}{for_chart(bar.agreement['title'])}{SPACE}" for bar, _, _ in titled],
        textposition="inside",
        # The end of the bar that is drawn towards its agreement's.
        insidetextanchor="end",
        textangle=0,
        textfont={"size": SMALL, "color": ink.mark, "shadow": _halo(ink)},
        showlegend=False,
    )


def _halo(ink: Ink) -> str:
    """A shadow that keeps lines away from a text."""
    return ", ".join(f"{x}px {y}px 1px {ink.paper}" for x in (-2, 0, 2) for y in (-1, 1))


def bands(names: dict[str, float], first: date, last: date, ink: Ink) -> Trace:
    """A band behind each partner's name, so that no line crosses it."""
    return {
        "type": "bar",
        "orientation": "h",
        "base": first.isoformat(),
        "x": [(last - first).days * MILLISECONDS] * len(names),
        "y": list(names.values()),
        "width": NAME,
        "marker": {"color": ink.paper},
        "unselected": {"marker": {"opacity": 1}},
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _hover(agreement: Row) -> str:
    left = words.days_left(agreement)
    return "<br>".join(
        [
            f"<b>{for_chart(agreement['title'])}</b>",
            f"{for_chart(agreement['partner'])}, {for_chart(agreement['instrument_name']).lower()}",
            for_chart(words.window(agreement)),
            f"{for_chart(agreement['status_name'])}{f', {left}' if left else ''}",
        ]
    )


def _status(bar: Bar) -> str:
    return str(bar.agreement["status"])


def _position(bar: Bar) -> int:
    return int(bar.agreement["status_position"])
