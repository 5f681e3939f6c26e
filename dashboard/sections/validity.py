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
from register.queries import register, selected, validity
from register.queries.figures import Figures

NEXT = 15
"""How many agreements have a bar of their own."""


def by_status(known: Figures, filters: Filters) -> None:
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
    tables.agreements_table(filters, "validity", known.agreements, order="status")


def next_ends(known: Figures, filters: Filters) -> None:
    """The periods that are open, by the day on which they end."""
    ending = store.ask(validity.next_ends, filters, tables.WHOLE)
    summary = summaries.ending(ending, known, filters)
    st.caption(summary)
    if ending.empty:
        return
    clicked = view.chart(charts.next_ends, ending.head(NEXT), summary, "validity_chart")
    drawer.choose_agreement(ending, clicked, filters, "validity_chart")
    tables.agreements_table(filters, "next", known.in_force, order="end", in_force=True)


def lapsed(known: Figures, filters: Filters) -> None:
    """The partners whose last dated window is over, by the years in which it ended."""
    of_all = store.ask(validity.lapsed_figures, filters)
    if of_all.years is None:
        st.caption(summaries.lapsed(of_all, filters))
        return
    years = _years(*of_all.years)
    figures = store.ask(validity.lapsed_figures, filters, years) if years else of_all
    summary = summaries.lapsed(figures, filters, years)
    st.caption(summary)
    page = tables.page(figures.partners)
    found = store.ask(validity.lapsed, filters, years, page.start, page.stop - page.start)
    tables.show(
        pd.DataFrame(
            {
                "Partner": found["partner"],
                "Ended": found["window_end"].map(words.date_in_words),
                "How": found["how"],
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
    snapshot = store.later(validity.lapsed_csv, filters, years)
    view.download_later(snapshot, figures.partners, filters, "lapsed")


def _years(low: int, high: int) -> tuple[int, int] | None:
    """The years in which a window ended, None for all; they are in the address."""
    years = controls.years("Ended in the years", "ended", low, high)
    return None if years == (low, high) else years
