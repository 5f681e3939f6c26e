"""What stands below the charts of the Overview: short lists, and the partners."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pandas as pd

from dashboard import address, routes, store, tables, view
from dashboard import elements as st
from dashboard.sections import record as record_parts
from register import news, words
from register.filters import Filters
from register.frames import Row, rows
from register.markup import Markdown
from register.queries import happenings, overview
from register.said import FIELD_NAMES

STYLE = """<style>
:is(.st-key-lists, .st-key-chosen) a {
    background: none; padding: 0; min-height: 24px; color: inherit;
}
:is(.st-key-lists, .st-key-chosen) a :is(span, p) {
    white-space: normal; text-decoration: underline; font-weight: inherit; line-height: 1.35;
}
.st-key-lists [data-testid=stHeading] { margin-bottom: 0.5rem; }
.st-key-lists [data-testid=stCaptionContainer] { margin-bottom: -0.5rem; }
</style>"""
"""Links look like links, and nothing is cut off.

What is said of a link stands close below it, in the list itself: a place for both would be an
element more to draw.
"""


def agreements(title: str, listed: pd.DataFrame, said: Callable[[Row], str], nothing: str) -> None:
    """A short list of agreements, each leading to its page.

    Args:
        title: the list's heading.
        listed: rows of ``queries.validity.next_ends``.
        said: what the list is about, of a row.
        nothing: the sentence for an empty list.
    """
    with _list(title, listed, nothing):
        for row in rows(listed):
            record_parts.agreement_link(row["agreement_id"], f"{row['partner']}: {row['title']}")
            st.caption(said(row))


def happened(title: str, listed: pd.DataFrame) -> None:
    """A short list of ``queries.happenings.happenings``, each with its first source."""
    told = store.ask(happenings.sources_of, tuple(listed["record_id"]))
    first = {source["record_id"]: source for source in rows(told.iloc[::-1])}
    with _list(title, listed, "Nothing that happened to the agreements shown is known."):
        for row in rows(listed):
            if row["agreement_id"]:
                label = f"{row['partner']}: {row['title']}"
                record_parts.agreement_link(row["agreement_id"], label)
            else:
                record_parts.partner_link(row["partner_id"], f"{row['partner']}: whole partnership")
            said = Markdown.escape(news.happening(row))
            if source := first.get(row["record_id"]):
                said = Markdown("{} · {}").format(said, record_parts.source_link(source))
            st.caption(said)


def disagreements(title: str, listed: pd.DataFrame, nothing: str) -> None:
    """The first of ``queries.overview.disagreements``, each leading to where it belongs."""
    with _list(title, listed, nothing):
        number = 0
        for row in rows(listed):
            partner, field, number = row["partner"], FIELD_NAMES[row["field"]], row["number"]
            if row["event_name"]:
                field = f"{row['event_name']}, {field.lower()}"
            if row["agreement_id"]:
                record_parts.agreement_link(row["agreement_id"], f"{partner}: {row['title']}")
            else:
                record_parts.partner_link(row["partner_id"], f"{partner}: whole partnership")
            said = words.versions(row["field"], row["versions"])
            st.caption(f"{field}: {said}")
        if number > len(listed):
            st.page_link(
                routes.page("sources"),
                label=f"All {number:,} fields on which sources disagree",
                icon="",
                help="",
                query_params=address.link(section="disagree"),
            )


@contextmanager
def _list(title: str, listed: pd.DataFrame, nothing: str) -> Iterator[None]:
    """A place for a short list; where it has no rows it says so."""
    with st.container(gap=None):
        st.header(title, anchor=False)
        if listed.empty:
            st.caption(nothing)
        yield


def lapsed(number: int) -> None:
    """How many partners have lapsed, with the way to when and what ran out."""
    if number:
        st.page_link(
            routes.page("validity"),
            label=f"{words.counted(number, 'lapsed partner')}: when and what ran out",
            icon="",
            help="",
            query_params=address.link(section="lapsed"),
        )


def partners_table(number: int, filters: Filters) -> None:
    """So many partners by country, each leading to its page, with the CSV snapshot of all."""
    partners = _by_country(number, filters)
    tables.show(
        pd.DataFrame(
            {
                "Partner": tables.OPENS + partners["partner"],
                "Country": partners["country"],
                "Status": partners["status_name"],
                "First signed": partners["first"].fillna(""),
                "Latest signed": partners["latest"].fillna(""),
                "Ends": partners["ends"],
                "In force": partners["in_force"],
                "Agreements": partners["agreements"],
                "Region": partners["subregion"].fillna(partners["region"]),
                "Lapsed": partners["lapsed"].map({True: "lapsed", False: ""}),
            }
        ),
        "The partners shown by country, a row each",
        {
            "Partner": tables.button_column(
                "partner_open", partners["partner_id"], "Choose a name to open the partner."
            ),
            "Status": tables.status_column(),
        },
    )
    partner_id = tables.opened("partner_open")
    if partner_id is not None:
        st.switch_page(routes.page("partner"), query_params=address.link(city=partner_id))
    snapshot = store.later(overview.partners_csv, filters)
    view.download_later(snapshot, number, filters, "partners")


def _by_country(number: int, filters: Filters) -> pd.DataFrame:
    place = tables.page(number)
    if number > tables.WHOLE:
        return store.ask(overview.by_country, filters, place.start, place.stop - place.start)
    # The map has asked for the same.
    partners = store.ask(overview.partners, filters)
    by_country = list(zip(partners["country"], partners["partner"], strict=True))
    return partners.iloc[sorted(range(len(partners)), key=by_country.__getitem__)]
