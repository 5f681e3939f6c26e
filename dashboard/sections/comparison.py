"""Up to four partners side by side."""

from collections.abc import Mapping
from dataclasses import replace

from dashboard import chosen, finder, store, view
from dashboard import elements as st
from dashboard.sections import record as record_parts
from dashboard.sections import timeline as timeline_parts
from register import summaries, words
from register.facts import DECISIVE
from register.filters import Filters
from register.frames import rows
from register.markup import Markdown
from register.queries import choices, outline, record, selected
from register.queries import partner as partner_queries
from register.queries import timeline as timeline_queries
from register.queries.figures import figures

MOST = 4
"""As many as can be read side by side."""

EVENTS = 50
"""So many events of each are looked at, the latest."""


def choose(filters: Filters, names: Mapping[str, str]) -> None:
    """Which partners to see beside the first one."""
    first = filters.city[0]

    def follow() -> None:
        chosen.choose_cities([first, *st.session_state.compared_with])

    others = filters.city[1:MOST]
    labels = {partner_id: name for partner_id, name in names.items() if partner_id != first}
    if len(names) > choices.MOST:
        offer = finder.offer(
            "Find a partner to compare with",
            "find_compared",
            lambda q: store.ask(choices.partners, q, others),
        )
        labels = {value: label for value, label in offer.labels.items() if value != first}
    st.session_state.compared_with = list(others)
    st.multiselect(
        f"Compare {names[first]} with",
        list(labels),
        format_func=lambda value: labels.get(value, value),
        max_selections=MOST - 1,
        select_all=False,
        placeholder="Up to three other partners",
        key="compared_with",
        on_change=follow,
    )


def show(filters: Filters, names: Mapping[str, str]) -> None:
    """The partners of the filter side by side: status, timelines, areas shared and not shared."""
    cities = filters.city[:MOST]
    both = Filters(as_of=filters.as_of, horizon=filters.horizon, city=cities)
    known = store.ask(figures, both)
    title = words.joined([names[city] for city in cities]) + " side by side"
    st.title(title, anchor=False)
    choose(filters, names)
    if len(filters.city) > MOST:
        left_out = words.joined([names[city] for city in filters.city[MOST:]])
        st.caption(f"As many as {MOST} fit; left out: {left_out}.")
    if not known.agreements:
        view.nothing_found(both)
        return

    st.header(f"On {words.day_in_words(filters.as_of)}", anchor=False)
    view.reach(both)
    _statuses(both, names)
    st.header("Timelines", anchor=False)
    summary = summaries.timeline(known, store.ask(selected.status_counts, both), both)
    st.caption(summary)
    partners = store.ask(timeline_queries.partners, both, "name", 0, MOST)
    in_order = partners.sort_values("partner_id", key=lambda ids: ids.map(cities.index))
    timeline_parts.show(*timeline_parts.drawn(in_order, both), both, summary)
    st.header("Areas shared and not shared", anchor=False)
    _areas(both, names)


def _statuses(both: Filters, names: Mapping[str, str]) -> None:
    """A box a partner: status, number of agreements by status, first tie, who changed it when."""
    found = store.ask(partner_queries.status, both.city, both.as_of, both.horizon)
    grid = st.grid(len(both.city), min_column_width=220, border=True)
    for city in both.city:
        of_city = replace(both, city=(city,))
        on_day = rows(found[found["partner_id"] == city])
        with grid.cell():
            st.subheader(names[city], anchor=False)
            if not on_day:
                st.markdown("Nothing is known by this day.")
            for status in on_day:
                st.markdown(Markdown("**{}**").format(status["status_name"]))
                own = store.ask(outline.outline, of_city, status["lapsed_agreement"])
                st.markdown(summaries.side_by_side(own, status))
            events = store.ask(record.events, city, both.as_of, limit=EVENTS)
            for happened in rows(events[events["event"].isin(DECISIVE)]):
                st.markdown(f"{words.event(happened)}.")
            with record_parts.links(f"compared_{city}"):
                record_parts.partner_link(city, f"All on {names[city]}")


def _areas(both: Filters, names: Mapping[str, str]) -> None:
    named = store.ask(outline.shared, both)
    if named.empty:
        st.markdown("No source names an area of cooperation of any of them.")
        return
    matrix = named.pivot_table("agreements", "area", "partner_id", aggfunc="sum", fill_value=0)
    matrix = matrix.reindex(columns=list(both.city), fill_value=0)
    shared = (matrix > 0).sum(axis=1).rename("partners")
    matrix = matrix.loc[shared.sort_values(ascending=False, kind="stable").index]
    st.markdown(summaries.shared_areas(matrix, names))
    table = matrix.rename(columns=dict(names))
    table.insert(0, "Shared by", [f"{shared[area]} of {len(both.city)}" for area in table.index])
    st.table_of_numbers(
        table.rename_axis("Area", axis=0).rename_axis(None, axis=1).reset_index(),
        lambda number: str(number or "–"),
        hide_index=True,
        alt="How many agreements of each partner name an area",
    )
    view.download(
        matrix.rename_axis(None, axis=1).reset_index().assign(as_of=both.as_of),
        both,
        "-".join(both.city) + "-areas",
    )
