"""The charts of the Overview: the rise and fall by year, and the partners on a map."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from dashboard import chosen, day, room, store, tables, view
from dashboard import elements as st
from dashboard.charts import rise, world
from dashboard.charts.crowd import crowded_map, degrees
from dashboard.charts.world import REGIONS, world_map
from dashboard.sections import drawer
from dashboard.sections import places as places_parts
from register import headline, summaries
from register.filters import Filters
from register.frames import rows
from register.queries import overview, places, years
from register.queries.places import Places

HALF = 460
"""Pixels that a chart has beside another one, where the page is wide enough for both."""

WORLD = "world"

MAP = "overview_map"
"""The key of the map."""

MOST_MARKS = 500
"""So many partners have a mark each; more would cover one another."""

_RULE = (
    "A partner has the first status, in the order of the legend, that any of its agreements has, "
    "also of those that the filters leave out."
)
_KEY = "Hollow: no end stated. Choose a point to see the partner."
_KEY_OF_CROWD = (
    "A mark stands for all partners near to one another: the larger, the more of them; its status "
    "is that of most of them. Hollow: no end stated. Choose a mark to see who they are."
)
_NO_POSITION = "The map takes no position on borders."


def rise_and_fall(filters: Filters) -> None:
    """What was signed, ran out, was ended or put on hold, year by year, also as a table."""
    counts = store.ask(years.by_year, filters)
    title = headline.finding(counts, filters)
    st.header(title, anchor=False)
    if counts.empty:
        st.caption("No agreement shown has a date.")
        return
    width = min(room.known(), HALF)
    view.chart(
        partial(rise.rise_and_fall, ink=view.ink(), room=width),
        counts,
        title,
        "years",
        title=title,
    )
    st.caption(
        "Agreements signed (above), run out, ended or put on hold (below) in each year. Line: "
        "known to be in force at the end of the year. Paler: projected from what is known."
    )
    with tables.same("years_table") as opened:
        if opened:
            _years_table(counts, filters)


def _years_table(counts: pd.DataFrame, filters: Filters) -> None:
    numbers = ["signed", "ran_out", "terminated", "suspended", "in_force"]
    table = counts[["year", "projected", *numbers]].iloc[::-1]
    tables.show(
        table,
        "The years of the chart, a row each",
        {
            "year": st.column_config.NumberColumn("Year", format="%d"),
            "projected": "Projected",
            "signed": "Signed",
            "ran_out": "Ran out",
            "terminated": "Ended",
            "suspended": "Put on hold",
            "in_force": "In force",
        },
    )
    view.download(counts.assign(as_of=filters.as_of)[["as_of", *table.columns]], filters, "years")


def partners_on_map(known: Places, filters: Filters) -> None:
    """The partners where they are, by their status; a part of the world, and the years in play.

    Above MOST_MARKS those that lie near to one another have one mark.
    """
    st.header("Partners by status", anchor=False)
    region = _part_of_the_world(filters)
    summary = summaries.world_map(known, filters)
    crowded = known.partners > MOST_MARKS
    records = _cells(filters, region) if crowded else store.ask(overview.partners, filters)
    draw = partial(
        crowded_map if crowded else world_map,
        region=region,
        ink=view.ink(),
        year=filters.as_of.year if day.playing() else None,
        height=world.HEIGHT_ON_A_PHONE if room.narrow() else world.HEIGHT,
    )
    clicked = view.chart(draw, records, summary, MAP, view.MAP_CONFIG)
    days(filters)
    st.caption(f"{summary} {_RULE} {_KEY_OF_CROWD if crowded else _KEY} {_NO_POSITION}")
    if crowded:
        places_parts.choose(records, clicked, filters, degrees(region), MAP)
    else:
        choose_partner(records, clicked, MAP)


def _cells(filters: Filters, region: str) -> pd.DataFrame:
    return store.ask(places.cells, filters, degrees(region))


def _part_of_the_world(filters: Filters) -> str:
    """What the map shows: the region that is the only one chosen, else the world."""
    only = filters.region[0] if len(filters.region) == 1 else WORLD
    shown = only if only in REGIONS else WORLD
    state, key = st.session_state, "map_region"
    # Setting it to what it is would undo what a reader does to it meanwhile.
    if state.get(key) != shown:
        state[key] = shown

    def choose() -> None:
        chosen.choose("region", [] if state[key] == WORLD else [state[key]])

    st.segmented_control(
        "Part of the world",
        list(REGIONS),
        format_func=str.capitalize,
        required=True,
        key=key,
        on_change=choose,
        label_visibility="collapsed",
    )
    return shown


def days(filters: Filters) -> None:
    """Buttons for another year, and to play through them."""
    with st.container(horizontal=True, vertical_alignment="center"):
        day.steps(filters.as_of, "overview")
        day.player(filters)


def choose_partner(partners: pd.DataFrame, clicked: Sequence[str], chart: str) -> None:
    """Choose a partner on the map or in a list, and see its status and the way to its page.

    Others in the same place, which its point covers, follow it.
    """
    key = f"{chart}_partner"
    names = dict(zip(partners["partner_id"], partners["partner"], strict=True))
    partner_id = view.select("Partner", names, next(iter(clicked), None), key)
    if partner_id is None:
        return
    is_chosen = partners["partner_id"] == partner_id
    place = partners.loc[is_chosen, ["latitude", "longitude"]].dropna()
    here = rows(pd.concat([partners[is_chosen], partners[~is_chosen].merge(place)]))

    drawer.partners(here, chart, key)
