"""The timeline as several pages show it."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from dashboard import controls, room, store, view
from dashboard import elements as st
from dashboard.charts import marks
from dashboard.charts.lanes import dated
from dashboard.charts.timeline import timeline
from register import texts, words
from register.filters import Filters
from register.queries import timeline as queries

BARS = 400
"""About so many bars are drawn at most: more cannot be told apart, and nobody scrolls past them."""

ALONE = 120
"""About so many of one partner: below them each stands with its sources."""

LETTERS, FEWEST = 16_000, 60
"""So many letters all titles of a chart have together, and so many each may have in any case."""


def of_page(number: int, filters: Filters, order: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The agreements and events of the page of partners that is chosen; it says if some have more.

    Args:
        number: how many partners there are.
        order: one of ``queries.timeline.ORDERS``.
    """

    def found(page: slice) -> pd.DataFrame:
        return store.ask(queries.partners, filters, order, page.start, page.stop - page.start)

    return drawn(controls.partners(number, found), filters)


def drawn(partners: pd.DataFrame, filters: Filters) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The agreements and events of these partners; where there are too many it says which.

    Of very many titles each is as long as anybody reads it in a chart.

    Args:
        partners: rows of ``queries.timeline.partners``.
    """
    most = min(ALONE, BARS // len(partners))
    ids = tuple(partners["partner_id"])
    agreements = store.ask(queries.agreements, filters, ids, most)
    with_more = int((partners["agreements"] > most).sum())
    if with_more:
        st.caption(_left_out(with_more, most, alone=len(partners) == 1))
    events = store.ask(queries.events, filters, ids, tuple(agreements["agreement_id"]), most)
    return agreements.assign(title=_short(agreements["title"])), events


def _left_out(partners: int, most: int, *, alone: bool) -> str:
    """Which agreements are not in the chart, and where they are."""
    of_each = "It has" if alone else f"{words.counted(partners, 'partner')} of these have"
    return (
        f"{of_each} more than {most} agreements: drawn are those in their period first, then the "
        f"latest to begin. The table has all{'' if alone else ', and each partner alone more'}."
    )


def _short(titles: pd.Series) -> pd.Series:
    """The titles, of very many the begins."""
    most = max(FEWEST, LETTERS // max(1, len(titles)))
    return titles.where(titles.str.len() <= most, titles.str.slice(0, most).str.rstrip() + "…")


def show(
    agreements: pd.DataFrame,
    events: pd.DataFrame,
    filters: Filters,
    alt: str,
    key: str | None = None,
) -> Sequence[str]:
    """The agreements that have a date, with the key of the marks; nothing where none has one.

    Args:
        agreements: rows of ``queries.timeline.agreements``.
        events: rows of ``queries.timeline.events``.

    Returns:
        The custom data of the mark that was clicked, () for none and without a ``key``.
    """
    if dated(agreements).empty:
        return ()
    st.caption(f"{marks.key(events)}. {texts.TIMELINE_KEY}")
    clicked = view.chart(
        partial(timeline, events=events, as_of=filters.as_of, ink=view.ink(), room=room.known()),
        agreements,
        alt,
        key,
    )
    room.watch()
    return clicked
