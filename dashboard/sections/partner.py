"""The pieces that show one partner."""

from collections.abc import Mapping
from functools import partial

import pandas as pd

from dashboard import address, chosen, controls, finder, routes, store, tables, view
from dashboard import beside as drawer
from dashboard import elements as st
from dashboard.charts.areas import areas_by_year
from dashboard.sections import areas as area_parts
from dashboard.sections import record as record_parts
from dashboard.sections.notes import Notes
from register import markup, summaries, texts, words
from register.filters import Filters
from register.frames import Row, rows
from register.queries import areas as area_queries
from register.queries import beside, choices, outline
from register.queries import partner as partner_queries

A_PAGE = 50
"""So many agreements of a partner, with their sources, are on its page at a time."""

EVENTS = 50
"""So many events, the latest."""


def choose(names: Mapping[str, str]) -> None:
    """A list of all partners to choose one from."""
    labels = names
    if len(names) > choices.MOST:
        offer = finder.offer(
            "Find a partner", "find_partner", lambda q: store.ask(choices.partners, q)
        )
        labels = offer.labels
    st.selectbox(
        "Which partner?",
        list(labels),
        format_func=lambda value: labels.get(value, value),
        index=None,
        placeholder="Type a part of the name" if labels is names else "Choose",
        key="partner_choice",
        on_change=lambda: chosen.choose_cities([st.session_state.partner_choice]),
    )
    st.markdown(
        "The page shows everything on one partner: status, agreements, events, areas, sources. "
        "Choose two to four cities in the sidebar to see them side by side."
    )


def who(profile: Row) -> None:
    """The names of ``queries.partner.profile``, links to its city and districts."""
    names = store.ask(partner_queries.names, profile["partner_id"])
    also = [f"{row['name']} ({row['language']})" for row in rows(names)]
    if profile["name_native"] and profile["name_native"] != profile["name"]:
        also.insert(0, f"{profile['name_native']} (own language)")
    if also:
        st.markdown("Also: " + ", ".join(also))
    districts = store.ask(partner_queries.districts, profile["partner_id"])
    if profile["within"] or districts:
        with record_parts.links("partner_within"):
            if profile["within"]:
                record_parts.partner_link(
                    profile["within"], f"District of {profile['within_name']}"
                )
            for district_id, name in districts.items():
                record_parts.partner_link(district_id, f"District with ties of its own: {name}")


def neighbours(partner_id: str) -> None:
    """The ways to the previous and the next partner in the list of all."""
    near = store.ask(beside.partners, partner_id)
    with record_parts.links("partner_neighbours"):
        if -1 in near:
            record_parts.partner_link(near[-1][0], f"← Previous partner: {near[-1][1]}")
        if 1 in near:
            record_parts.partner_link(near[1][0], f"→ Next partner: {near[1][1]}")


def status(of_partner: Filters) -> Row | None:
    """The partner's status on the day, None where nothing is known of it by then."""
    found = store.ask(partner_queries.status, of_partner.city, of_partner.as_of, of_partner.horizon)
    return next(iter(rows(found)), None)


def page(number: int, of_partner: Filters) -> pd.DataFrame:
    """Those of so many agreements of the partner that are on the page that is asked for."""
    first = (controls.page_asked(-(-number // A_PAGE)) - 1) * A_PAGE
    return store.ask(outline.page, of_partner, first, A_PAGE)


def which(number: int) -> None:
    """Which of so many agreements are on the page, and the ways to the others."""
    if number > A_PAGE:
        shown = controls.page(number, A_PAGE)
        st.caption(
            f"Agreements {shown.start + 1:,} to {min(shown.stop, number):,} of {number:,}, by "
            "their begin. The sources below are those of what this page shows."
        )


def more_events(shown: int, partner_id: str) -> None:
    """The way to all events where not all are shown."""
    if shown == EVENTS:
        st.page_link(
            routes.page("events"),
            label=f"These are the latest {EVENTS}: all events",
            icon="",
            help="",
            query_params=address.link(city=partner_id),
        )


def areas(of_partner: Filters) -> None:
    """The areas that sources name, by the year in which the agreements begin."""
    named = store.ask(outline.areas, of_partner)
    if not named.agreements:
        st.markdown(texts.NO_AREA)
        return
    summary = summaries.partner_areas(named)
    st.caption(summary)
    of_each = named.counts.groupby("area_id")["agreements"].sum()
    area_parts.left_out(len(of_each), "that most agreements name", "table has all")
    most = of_each.sort_values(ascending=False, kind="stable").head(area_parts.AREAS).index
    _areas_by_year(named.counts[named.counts["area_id"].isin(most)], summary, of_partner)
    with tables.same("partner_areas_table") as opened:
        if opened:
            _areas_table(named.counts, of_partner)


def _areas_by_year(counts: pd.DataFrame, summary: str, of_partner: Filters) -> None:
    """The chart, and beside it who names the area that is chosen in it."""
    clicked = view.chart(partial(areas_by_year, ink=view.ink()), counts, summary, "partner_areas")
    st.caption(
        "How many agreements that begin in a year name the area. An empty place means that no "
        "source names it, not that there is no cooperation. Where the screen is narrower than the "
        "chart, it scrolls sideways; the table below keeps the area in place."
    )
    names = dict(zip(counts["area_id"], counts["area"], strict=True))
    area_id = view.select("Area", names, next(iter(clicked), None), "partner_area")
    if area_id:
        labels = store.ask(area_queries.area_labels, of_partner, (), of_partner.city[0], area_id)
        drawer.drawer(
            names[area_id],
            lambda: record_parts.named_by(labels),
            "partner_areas",
            "partner_area",
        )


def _areas_table(counts: pd.DataFrame, of_partner: Filters) -> None:
    tables.show(
        counts.pivot_table(index="area", columns="year", values="agreements").reset_index(),
        "Agreements that name an area, by the year in which they begin",
        {"area": st.column_config.TextColumn("Area", pinned=True)},
    )
    snapshot = store.later(outline.areas_csv, of_partner)
    number = int(counts["agreements"].sum())
    view.download_later(snapshot, number, of_partner, f"{of_partner.city[0]}-areas")


def sources(notes: Notes, of_partner: Filters) -> None:
    """All sources by number, and as a table with what they support."""
    st.caption(summaries.sources(notes.found))
    notes.list()
    with tables.same("partner_sources_table") as opened:
        if opened:
            _sources_table(notes.found, of_partner)


def _sources_table(all_found: pd.DataFrame, of_partner: Filters) -> None:
    number = len(all_found)
    shown = number if number <= tables.WHOLE else tables.A_PAGE
    found = all_found.head(shown)
    tables.show(
        pd.DataFrame(
            {
                "Publisher": found["publisher"],
                "Address": found["url"].map(markup.address, na_action="ignore"),
                "Date": found["published_on"].map(words.date_in_words, na_action="ignore"),
                "Language": found["language"],
                "Kind": found["kind"],
                "Repeats": found["origin"],
                "Supports": found["supports"],
            }
        ),
        "All sources on this partner, a row each",
        {
            "Publisher": st.column_config.TextColumn(pinned=True),
            "Repeats": st.column_config.TextColumn(
                help="The agency or outlet whose text it repeats"
            ),
            "Address": st.column_config.LinkColumn(width="medium"),
        },
    )
    if shown < number:
        st.caption(f"The latest {shown} of {number:,}; the download has all.")
    view.download(
        all_found.assign(as_of=of_partner.as_of), of_partner, f"{of_partner.city[0]}-sources"
    )
