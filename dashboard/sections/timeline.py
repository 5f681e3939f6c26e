"""The timeline as several pages show it."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from dashboard import elements as st
from dashboard import room, view
from dashboard.charts import marks
from dashboard.charts.lanes import dated
from dashboard.charts.timeline import timeline
from register import texts
from register.filters import Filters


def show(
    agreements: pd.DataFrame,
    events: pd.DataFrame,
    filters: Filters,
    alt: str,
    key: str | None = None,
) -> Sequence[str]:
    """The agreements that have a date, with the key of the marks; nothing where none has one.

    Returns:
        The custom data of the mark that was clicked, () for none and without a ``key``.
    """
    if dated(agreements).empty:
        return ()
    happened = events[events["partner_id"].isin(agreements["partner_id"])]
    st.caption(f"{marks.key(happened)}. {texts.TIMELINE_KEY}")
    clicked = view.chart(
        partial(timeline, events=happened, as_of=filters.as_of, ink=view.ink(), room=room.known()),
        agreements,
        alt,
        key,
    )
    room.watch()
    return clicked
