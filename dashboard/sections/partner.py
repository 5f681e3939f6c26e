"""The pieces that show one partner."""

from collections.abc import Mapping

import pandas as pd

from dashboard import chosen, store, view
from dashboard import elements as st
from dashboard.charts.areas import NO_YEAR, areas_by_year
from dashboard.sections import record as record_parts
from register import markup, summaries, texts, words
from register.filters import Filters
from register.frames import Row, rows
from register.markup import Markdown
from register.queries import areas as area_queries
from register.queries import partner as partner_queries

DECISIVE = ("terminated", "replaced", "suspended", "resumed")
"""The events that change whether a partnership is alive."""

# The columns of the CSV snapshot.
AREA_COLUMNS = [
    *("as_of", "partner_id", "partner", "area_id", "area", "year", "agreement_id", "title"),
]


def choose(names: Mapping[str, str]) -> None:
    """A list of all partners to choose one from."""
    st.selectbox(
        "Which partner?",
        list(names),
        format_func=lambda value: names.get(value, value),
        index=None,
        placeholder="Type a part of the name",
        key="partner_choice",
        on_change=lambda: chosen.choose_cities([st.session_state.partner_choice]),
    )
    st.markdown(
        "The page shows everything on one partner: status, agreements, events, areas, sources. "
        "Choose two to four cities in the sidebar to see them side by side."
    )


def who(profile: Row) -> None:
    """Kind, country and names of ``queries.partner.profile``, links to its city and districts."""
    st.markdown(Markdown("{} in **{}**").format(profile["kind"], profile["country"]))
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


def neighbours(partner_id: str, names: Mapping[str, str]) -> None:
    """The ways to the previous and the next partner in the list of names."""
    ids = list(names)
    place = ids.index(partner_id)
    with record_parts.links("partner_neighbours"):
        if place > 0:
            record_parts.partner_link(
                ids[place - 1], f"← Previous partner: {names[ids[place - 1]]}"
            )
        if place + 1 < len(ids):
            record_parts.partner_link(ids[place + 1], f"→ Next partner: {names[ids[place + 1]]}")


def status(of_partner: Filters, agreements: pd.DataFrame, events: pd.DataFrame) -> None:
    """The partner's status on the day in words, and who changed it when, says who.

    Args:
        of_partner: the filters that select all on the partner.
        agreements: the rows of ``queries.selected.agreements`` for them.
        events: the rows of ``queries.record.events`` for the partner.
    """
    found = store.ask(partner_queries.status, of_partner.city, of_partner.as_of, of_partner.horizon)
    if found.empty:
        st.info(f"{texts.NOTHING_KNOWN} Choose a later as-of day in the sidebar.")
        return
    on_day = rows(found)[0]
    sentences = summaries.partner_status(on_day, agreements)
    st.markdown(Markdown("**{}**: {}").format(on_day["status_name"], sentences))
    for happened in rows(events[events["event"].isin(DECISIVE)]):
        record_parts.event_in_short(happened)


def areas(of_partner: Filters, agreements: pd.DataFrame) -> None:
    """The areas that sources name, by the year in which the agreements begin."""
    named = store.ask(partner_queries.areas, tuple(agreements["agreement_id"]))
    if named.empty:
        st.markdown(texts.NO_AREA)
        return
    named["year"] = named["begins_on"].dt.year.astype("Int64").astype(str)
    named["year"] = named["year"].where(named["begins_on"].notna(), NO_YEAR)
    counts = named.groupby(["area_id", "area", "year"], as_index=False).agg(
        agreements=("agreement_id", "size")
    )
    summary = summaries.partner_areas(named)
    st.caption(summary)
    _areas_by_year(counts, summary, of_partner)
    _areas_table(named, counts, of_partner)


def _areas_by_year(counts: pd.DataFrame, summary: str, of_partner: Filters) -> None:
    """The chart, and beside it who names the area that is chosen in it."""
    clicked = view.chart(
        lambda shown: areas_by_year(shown, view.ink()), counts, summary, "partner_areas"
    )
    st.caption(
        "How many agreements that begin in a year name the area. An empty place means that no "
        "source names it, not that there is no cooperation. Where the screen is narrower than the "
        "chart, it scrolls sideways; the table below keeps the area in place."
    )
    names = dict(zip(counts["area_id"], counts["area"], strict=True))
    area_id = view.select("Area", names, next(iter(clicked), None), "partner_area")
    if area_id:
        labels = store.ask(area_queries.area_labels, of_partner, (), of_partner.city[0], area_id)
        view.drawer(
            names[area_id],
            lambda: record_parts.named_by(labels),
            "partner_areas",
            "partner_area",
        )


def _areas_table(named: pd.DataFrame, counts: pd.DataFrame, of_partner: Filters) -> None:
    with st.expander("The same as a table"):
        st.dataframe(
            counts.pivot_table(index="area", columns="year", values="agreements").reset_index(),
            hide_index=True,
            placeholder="–",
            column_config={"area": st.column_config.TextColumn("Area", pinned=True)},
            alt="Agreements that name an area, by the year in which they begin",
        )
        view.download(
            named.assign(as_of=of_partner.as_of)[AREA_COLUMNS],
            of_partner,
            f"{of_partner.city[0]}-areas",
        )


def sources(of_partner: Filters, record_ids: tuple[str, ...]) -> None:
    """All sources of the records, with what they support."""
    found = store.ask(partner_queries.sources, record_ids)
    st.caption(summaries.sources(found))
    st.dataframe(
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
        hide_index=True,
        height=view.height(found),
        column_config={
            "Publisher": st.column_config.TextColumn(pinned=True),
            "Repeats": st.column_config.TextColumn(
                help="The agency or outlet whose text it repeats"
            ),
            "Supports": st.column_config.TextColumn(width="large"),
            "Address": st.column_config.LinkColumn(width="medium"),
        },
        placeholder="–",
        alt="All sources on this partner, a row each",
    )
    view.download(found.assign(as_of=of_partner.as_of), of_partner, f"{of_partner.city[0]}-sources")
