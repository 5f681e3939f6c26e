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
from register.queries import happenings

STYLE = """<style>
:is(.st-key-lists, .st-key-chosen) a {
    background: none; padding: 0; min-height: 24px; color: inherit;
}
:is(.st-key-lists, .st-key-chosen) a :is(span, p) {
    white-space: normal; text-decoration: underline; font-weight: inherit; line-height: 1.35;
}
div:has(> .st-key-map) {
    flex: none; height: auto; aspect-ratio: 1.25; min-height: 19rem; max-height: 34rem;
}
.st-key-map { height: 100%; overflow: hidden; }
</style>"""
"""Links look like links, nothing is cut off, and the map is as tall as its width asks."""

# The columns of a partner in the CSV snapshot.
PARTNER_COLUMNS = [
    *("as_of", "partner_id", "partner", "kind", "country_code", "country", "status", "lapsed"),
    *("agreements", "in_force", "region", "subregion", "first_signed", "first_signed_basis"),
    *("latest_signed", "latest_signed_basis", "latest_end", "latitude", "longitude"),
]


LISTED = [
    *("agreement_id", "partner", "title", "signed_on", "reported_on", "valid_from"),
    *("window_end", "end_basis", "end_approximate", "days_left"),
]
"""What the short lists say of an agreement: turning all of its columns into rows takes longer."""


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


def happened(title: str, listed: pd.DataFrame) -> None:
    """A short list of ``queries.happenings.happenings``, each with its first source."""
    told = store.ask(happenings.sources_of, tuple(listed["record_id"]))
    first = {source["record_id"]: source for source in rows(told.iloc[::-1])}
    with _list(title, listed, "Nothing that happened to the agreements shown is known."):
        for row in rows(listed):
            with st.container(gap=None):
                if row["agreement_id"]:
                    record_parts.agreement_link(
                        row["agreement_id"], f"{row['partner']}: {row['title']}"
                    )
                else:
                    record_parts.partner_link(
                        row["partner_id"], f"{row['partner']}: whole partnership"
                    )
                said = Markdown.escape(news.happening(row))
                if source := first.get(row["record_id"]):
                    said = Markdown("{} · {}").format(said, record_parts.source_link(source))
                st.caption(said)


def disagreements(title: str, found: pd.DataFrame, most: int, nothing: str) -> None:
    """The first of ``queries.overview.disagreements``, each leading to where it belongs."""
    listed = found.head(most)
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
        if len(found) > len(listed):
            st.page_link(
                routes.page("sources"),
                label=f"All {len(found):,} fields on which sources disagree",
                icon="",
                help="",
                query_params=address.link(section="disagree"),
            )


@contextmanager
def _list(title: str, listed: pd.DataFrame, nothing: str) -> Iterator[None]:
    """A place for a short list; where it has no rows it says so."""
    with st.container(gap="xsmall"):
        st.header(title, anchor=False)
        if listed.empty:
            st.caption(nothing)
        yield


def lapsed(partners: pd.DataFrame) -> None:
    """How many partners have lapsed, with the way to when and what ran out."""
    number = int(partners["lapsed"].sum())
    if number:
        st.page_link(
            routes.page("validity"),
            label=f"{words.counted(number, 'lapsed partner')}: when and what ran out",
            icon="",
            help="",
            query_params=address.link(section="lapsed"),
        )


def _first(partner: Row, name: str) -> str:
    """A date of a partner's agreement, and what it is where it is no signing."""
    basis = {"reported_on": "reported ", "valid_from": "from "}.get(partner[f"{name}_basis"], "")
    date = words.date_in_words(partner[name])
    return f"{basis}{date}" if date else ""


def partners_table(partners: pd.DataFrame, filters: Filters) -> None:
    """The partners by country, each leading to its page, with the CSV snapshot of the same rows."""
    by_country = partners.sort_values(["country", "partner"], kind="stable")
    listed = rows(by_country)
    tables.show(
        pd.DataFrame(
            {
                "Partner": tables.OPENS + by_country["partner"],
                "Country": by_country["country"],
                "Status": by_country["status_name"],
                "First signed": [_first(row, "first_signed") for row in listed],
                "Latest signed": [_first(row, "latest_signed") for row in listed],
                "Ends": by_country["latest_end"].map(words.date_in_words, na_action="ignore"),
                "In force": by_country["in_force"],
                "Agreements": by_country["agreements"],
                "Region": by_country["subregion"].fillna(by_country["region"]),
                "Lapsed": by_country["lapsed"].map({True: "lapsed", False: ""}),
            }
        ),
        "The partners shown by country, a row each",
        {
            "Partner": tables.button_column(
                "partner_open", by_country["partner_id"], "Choose a name to open the partner."
            ),
            "Status": tables.status_column(),
        },
    )
    partner_id = tables.opened("partner_open")
    if partner_id is not None:
        st.switch_page(routes.page("partner"), query_params=address.link(city=partner_id))
    view.download(by_country.assign(as_of=filters.as_of)[PARTNER_COLUMNS], filters, "partners")
