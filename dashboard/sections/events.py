"""The pieces of the Events page: its filters, the chart by year, the list."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dashboard import address, beside, chosen, controls, routes, store, view
from dashboard import elements as st
from dashboard.charts.events import events_by_year
from dashboard.sections import record as record_parts
from register import happened, texts, words
from register.filters import Filters
from register.frames import Row, groups, rows
from register.markup import Markdown
from register.queries import events, happenings, register
from register.queries.told import csv, page, told

A_PAGE = 25
"""How many events a page of the list has."""


def filters_of_events(filters: Filters) -> None:
    """What happened, which side acted, from when to when: the filters that stand here alone."""
    options = store.ask(register.options)
    kinds = store.ask(told, replace(filters, event=())).kinds
    sides = store.ask(told, replace(filters, actor=())).sides
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters_of_events"):
        _choices("What happened", "event", options.event, kinds)
        _choices("Which side acted", "actor", options.actor, sides)
        with st.container(horizontal=True, width="content"):
            _day("happened_from", "Since")
            _day("happened_to", "Until")


def _choices(label: str, name: str, names: Mapping[str, str], numbers: Mapping[Any, int]) -> None:
    """Buttons for the values of a filter that the others leave, with the number of events."""
    chosen_now = st.session_state[f"filter_{name}"]
    st.segmented_control(
        label,
        [value for value in names if value in numbers or value in chosen_now],
        format_func=lambda value: f"{names[value]} ({numbers.get(value, 0):,})",
        selection_mode="multi",
        wrap=True,
        key=f"filter_{name}",
        on_change=chosen.changed,
        args=(name,),
    )


def _day(name: str, label: str) -> None:
    st.text_input(
        label,
        key=f"filter_{name}",
        max_chars=10,
        width=126,
        placeholder="2022-02-24",
        on_change=chosen.changed,
        args=(name,),
        help="A day, month or year, such as 2022-02-24, 2022-02 or 2022. "
        "An event with a partial date counts from the last day of its period.",
    )


def by_year(filters: Filters) -> None:
    """How many events of each kind a year has; a column leads to its events."""
    counts = store.ask(events.by_year, filters)
    finding = happened.finding(counts)
    st.header(finding, anchor=False)
    if counts["year"].isna().all():
        return
    clicked = view.chart(
        events_by_year,
        counts,
        f"Events by year and kind. {finding}.",
        "events_chart",
        title=finding,
    )
    if clicked:
        beside.choose_anew("events_chart")
        kind, year = clicked
        link = address.link(event=kind, happened_from=year, happened_to=year)
        st.switch_page(routes.page("events"), query_params=link)
    undated = int(counts.loc[counts["year"].isna(), "events"].sum())
    without = f" {words.counted(undated, 'event')} without a date: only in the list."
    st.caption("Choose a column to see only its events." + (without if undated else ""))


def all_events(number: int, filters: Filters) -> None:
    """So many events, a page at a time, with all of them as CSV."""
    with st.container(horizontal=True, vertical_alignment="center"):
        place = controls.page(number, A_PAGE)
        view.download_later(store.later(csv, filters), number, filters, "events")
    on_page = store.ask(page, filters, place.start, A_PAGE)
    stating = store.ask(happenings.sources_of, tuple(on_page["event_id"]))
    sources = {said[0]["record_id"]: said for said in groups(rows(stating), "record_id")}
    for row in rows(on_page):
        _event(row, sources.get(row["event_id"], []))


def _event(row: Row, sources: list[Row]) -> None:
    """One event: when, what, by whom; the partner and what it concerns; who says so."""
    day = words.date_in_words(row["date"]) or "No date"
    text = Markdown("**{}** · {}").format(day, words.event(row, dated=False))
    text += Markdown(" :orange-badge[sources disagree]") if row["disputed"] else ""
    with st.container(gap=None, key=f"event_{row['event_id']}"):
        st.markdown(text)
        # As close as its lines where they wrap.
        with st.container(horizontal=True, gap="xsmall", key=f"links_event_{row['event_id']}"):
            record_parts.partner_link(row["partner_id"], row["partner"])
            if row["agreement_id"]:
                record_parts.agreement_link(row["agreement_id"], row["title"])
            else:
                st.caption(texts.WHOLE_PARTNERSHIP, width="content")
        said = Markdown("; ").join(map(record_parts.source_link, sources))
        note = Markdown("{} ").format(row["note"]) if row["note"] else Markdown()
        st.caption(note + Markdown("Sources: {}.").format(said))
