"""The sections of the Validity page: by status, what runs out next, what lapsed."""

import pandas as pd

from dashboard import address, beside, controls, room, routes, store, tables, view
from dashboard import elements as st
from dashboard.charts import validity as charts
from dashboard.sections import drawer
from register import summaries, words
from register.filters import Filters
from register.frames import rows
from register.markup import Markdown
from register.queries import register, selected

NEXT = 15
"""How many agreements have a bar of their own."""


def by_status(agreements: pd.DataFrame, filters: Filters) -> None:
    """How many agreements have which status, and all of them in a table."""
    counts = store.ask(selected.status_counts, filters)
    summary = summaries.statuses(counts, filters)
    st.caption(summary)
    clicked = view.chart(charts.status_bars, counts, summary, "status_chart")
    if clicked:
        beside.choose_anew("status_chart")
        st.switch_page(routes.page("validity"), query_params=address.link(status=clicked[0]))
    st.caption("Choose a bar to see only these agreements.")
    with st.expander("What each status means"):
        for row in rows(store.ask(register.status_definitions)):
            st.markdown(Markdown("- **{}**: {}").format(row["name"], row["definition"]))
    tables.agreements_table(
        agreements.sort_values(["status_position", "ends_on", "partner"]), filters, "validity"
    )


def next_ends(agreements: pd.DataFrame, filters: Filters) -> None:
    """The periods that are open, by the day on which they end."""
    ending = agreements[agreements["in_force"]].sort_values(["ends_on", "partner"])
    summary = summaries.ending(ending, filters)
    st.caption(summary)
    if ending.empty:
        return
    clicked = view.chart(charts.next_ends, ending.head(NEXT), summary, "validity_chart")
    drawer.choose_agreement(ending, clicked, "validity_chart")
    tables.agreements_table(ending, filters, "next")


def lapsed(agreements: pd.DataFrame, filters: Filters) -> None:
    """The partners whose last dated window is over, by the years in which it ended."""
    found = store.ask(selected.lapsed, filters)
    if found.empty:
        st.caption(summaries.lapsed(found, filters))
        return
    years = _years(found["lapsed_on"].dt.year)
    if years:
        found = found[found["lapsed_on"].dt.year.between(*years)]
    summary = summaries.lapsed(found, filters, years)
    st.caption(summary)
    tables.show(
        pd.DataFrame(
            {
                "Partner": found["partner"],
                "Ended": found["window_end"].map(words.date_in_words),
                "How": [words.how_ended(row) for row in rows(found)],
                "Last agreement": tables.OPENS + found["title"],
                "Country": found["country"],
            }
        ),
        summary,
        {
            "Partner": st.column_config.TextColumn(pinned=not room.narrow()),
            "Last agreement": tables.agreement_column("lapsed_open", found),
        },
    )
    tables.follow("lapsed_open")
    view.download(
        found.assign(
            as_of=filters.as_of, status="lapsed", how=list(map(words.how_ended, rows(found)))
        ),
        filters,
        "lapsed",
    )


def _years(ended: pd.Series) -> tuple[int, int] | None:
    """The years in which a window ended, None for all; they are in the address."""
    low, high = int(ended.min()), int(ended.max())
    years = controls.years("Ended in the years", "ended", low, high)
    return None if years == (low, high) else years
