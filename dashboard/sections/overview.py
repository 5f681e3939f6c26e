"""The pieces of the Overview: a figure with the way to its list, short lists, a chosen partner."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pandas as pd

from dashboard import address, routes, view
from dashboard import elements as st
from dashboard.sections import drawer
from dashboard.sections import record as record_parts
from register import words
from register.filters import Filters
from register.frames import Row, rows
from register.markup import Markdown

STYLE = """<style>
:is(.st-key-figures, .st-key-lists, .st-key-chosen) a {
    background: none; padding: 0; min-height: 24px; color: inherit;
}
:is(.st-key-figures, .st-key-lists, .st-key-chosen) a :is(span, p) {
    white-space: normal; text-decoration: underline; font-weight: inherit; line-height: 1.35;
}
.st-key-figures p a { display: inline-flex; align-items: center; }
.st-key-figures [data-testid="stMetricLabel"] p { white-space: normal; }
.st-key-figures [data-testid="stMarkdown"] p { font-size: 0.875rem; line-height: 1.35; }
.st-key-figures [data-testid="stMarkdown"] { margin-top: -3px; }
@media (max-width: 640px) {
    .st-key-figures.st-key-figures { grid-template-columns: 1fr 1fr; }
    .st-key-figures > :last-child:nth-child(odd) { grid-column: span 2; }
}
div:has(> .st-key-map) {
    flex: none; height: auto; aspect-ratio: 1.9; min-height: 19rem; max-height: 44rem;
}
.st-key-map { height: 100%; overflow: hidden; }
</style>"""
"""Links look like links, nothing is cut off, and the map is as tall as its width asks."""

# The columns of a partner in the CSV snapshot.
PARTNER_COLUMNS = [
    *("as_of", "partner_id", "partner", "kind", "country_code", "country", "status", "lapsed"),
    *("agreements", "in_force", "latitude", "longitude"),
]


LISTED = [
    *("agreement_id", "partner", "title", "signed_on", "reported_on", "valid_from"),
    *("window_end", "end_basis", "end_approximate", "days_left"),
]
"""What the short lists say of an agreement: turning all of its columns into rows takes longer."""


def figure(name: str, number: int, label: str, way: str, **changes: Sequence[str]) -> None:
    """A figure and, unless it is 0, the way to the list behind it.

    Args:
        name: what is counted.
        number: how many there are.
        label: what the link says.
        way: the name of a page, or ``#`` and a place on this one.
        changes: what the link changes in the filters.
    """
    with st.container(gap=None):
        st.metric(name, f"{number:,}")
        if not number:
            st.caption("None on this day.")
        elif way.startswith("#"):
            st.markdown(Markdown("[{}]({})").format(label, way))
        else:
            query_params = address.link(**changes)
            st.page_link(routes.page(way), label=label, icon="", help="", query_params=query_params)


def agreements(title: str, listed: pd.DataFrame, said: Callable[[Row], str], nothing: str) -> None:
    """A short list of agreements, each leading to its page.

    Args:
        title: the list's heading.
        listed: rows of ``queries.selected.agreements``.
        said: what the list is about, of a row.
        nothing: the sentence for an empty list.
    """
    with _list(title, listed, nothing):
        for row in rows(listed[LISTED]):
            with st.container(gap=None):
                record_parts.agreement_link(
                    row["agreement_id"], f"{row['partner']}: {row['title']}"
                )
                st.caption(said(row))


def disagreements(title: str, listed: pd.DataFrame, nothing: str) -> None:
    """A short list from ``queries.overview.disagreements``, each leading to where it belongs."""
    with _list(title, listed, nothing):
        for row in rows(listed):
            partner, field = row["partner"], record_parts.FIELD_NAMES[row["field"]]
            if row["event_name"]:
                field = f"{row['event_name']}, {field.lower()}"
            with st.container(gap=None):
                if row["agreement_id"]:
                    record_parts.agreement_link(row["agreement_id"], f"{partner}: {row['title']}")
                else:
                    record_parts.partner_link(row["partner_id"], f"{partner}: whole partnership")
                said = words.versions(row["field"], row["versions"])
                st.caption(f"{field}: {said}")


@contextmanager
def _list(title: str, listed: pd.DataFrame, nothing: str) -> Iterator[None]:
    """A place for a short list; where it has no rows it says so."""
    with st.container(gap="xsmall"):
        st.header(title, anchor=False)
        if listed.empty:
            st.caption(nothing)
        yield


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


def partners_table(partners: pd.DataFrame, filters: Filters) -> None:
    """The partners by country, each leading to its page, with the CSV snapshot of the same rows."""
    by_country = partners.sort_values(["country", "partner"], kind="stable")
    st.dataframe(
        pd.DataFrame(
            {
                "Country": by_country["country"],
                "Partner": view.OPENS + by_country["partner"],
                "Status": by_country["status_name"],
                "Lapsed": by_country["lapsed"].map({True: "lapsed", False: ""}),
                "Agreements": by_country["agreements"],
                "In force": by_country["in_force"],
            }
        ),
        hide_index=True,
        height=view.height(by_country),
        column_config={
            "Partner": view.button_column(
                "partner_open", by_country["partner_id"], "Choose a name to open the partner."
            )
        },
        alt="The partners shown by country, a row each",
    )
    partner_id = view.opened("partner_open")
    if partner_id is not None:
        st.switch_page(routes.page("partner"), query_params=address.link(city=partner_id))
    view.download(by_country.assign(as_of=filters.as_of)[PARTNER_COLUMNS], filters, "partners")
