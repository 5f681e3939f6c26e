"""The pieces that show one record: who says what on it, its events, the ways to its page."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard import routes, sidebar, store, view, words
from dashboard.queries import record

FIELD_NAMES = {
    "event": "What happened",
    "date": "When",
    "actor": "Which side acted",
    "signed_on": "Signed on",
    "signed_in": "Signed in",
    "reported_on": "First reported on",
    "valid_from": "Valid from",
    "valid_to": "Valid to",
    "term": "Length",
    "moscow_signatory": "Signed for Moscow by",
    "partner_signatory": "Signed for the partner by",
    "implements": "Implements",
    "follows": "Follows",
    "instrument": "Instrument",
    "moscow_party": "Moscow party",
    "partner_id": "Partner",
}
"""The fields on which sources make statements, in the order in which a reader asks for them."""


def choose_agreement(agreements: pd.DataFrame, clicked: str | None, key: str) -> None:
    """Choose an agreement in a chart or a list, and see it with its sources."""
    labels = agreements["partner"] + ": " + agreements["title"]
    names = dict(zip(agreements["agreement_id"], labels, strict=True))
    agreement_id = view.select("Agreement", names, clicked, key)
    if agreement_id is not None:
        card(agreements[agreements["agreement_id"] == agreement_id].iloc[0])


def card(agreement: pd.Series) -> None:
    """One agreement in short: status, window, who says what, links to its and its partner's page.

    Args:
        agreement: a row of ``queries.selected.agreements``.
    """
    agreement_id = agreement["agreement_id"]
    with st.container(border=True):
        st.subheader(words.plain(agreement["title"]), anchor=False)
        st.markdown(
            f"{agreement['partner']}, {agreement['country']} · {agreement['instrument_name']} · "
            f"**{words.status(agreement)}** · {words.window(agreement)}"
        )
        with links(f"card_{agreement_id}"):
            agreement_link(agreement_id, f"All on this agreement: {agreement['title']}")
            partner_link(agreement["partner_id"], f"All on {agreement['partner']}")
        if isinstance(agreement["note"], str):
            st.caption(words.plain(agreement["note"]))
        fields(agreement_id)
        if isinstance(agreement["areas"], str):
            st.markdown(f"**Areas:** {words.plain(agreement['areas'])}")


def agreement_list(agreements: pd.DataFrame) -> None:
    """The agreements of one partner, each as a link to its page with what to know of it."""
    titles = dict(zip(agreements["agreement_id"], agreements["title"], strict=True))
    for _, agreement in agreements.iterrows():
        with st.container(gap=None, key=f"links_{agreement['agreement_id']}"):
            agreement_link(agreement["agreement_id"], agreement["title"])
            st.caption(words.plain(words.agreement_line(agreement, titles)))


def open_agreement(agreement_id: str) -> None:
    """Go to the page of an agreement."""
    st.switch_page(routes.page("agreement"), query_params=sidebar.link(id=agreement_id))


def fields(record_id: str) -> None:
    """What sources say on each field of an agreement or event: a version a row, and who says so."""
    statements = store.ask(record.statements, record_id)
    rows = []
    for field, name in FIELD_NAMES.items():
        said = statements[statements["field"] == field]
        chosen = next(iter(said.loc[said["chosen"], "value"]), None)
        label = f"**{name}**" + (
            " :orange-badge[sources disagree]" if said["disputed"].any() else ""
        )
        for value, sources in said.groupby("value", sort=False):
            text = words.plain(words.said(field, str(value), sources["record_name"].iloc[0]))
            mark = words.version_mark(field, str(value), chosen)
            text += f" ({mark})" if mark else ""
            rows.append((label, text, said_by(sources.itertuples())))
            label = ""
    names = ("Field", "What sources say", "Who says so")
    _table(rows, names, "Each field with its sources", record_id)


def wordings(labels: pd.DataFrame, agreement_id: str) -> None:
    """The rows of ``queries.record.labels``: each area with the sources' own words."""
    rows = []
    for area, named in labels.groupby("area", sort=False):
        name = f"**{words.plain(str(area))}**"
        for wording, sources in named.groupby(["label", "label_language"], sort=False):
            label, language = map(str, wording)
            text = f"“{words.plain(label)}” ({language})"
            rows.append((name, text, said_by(sources.itertuples())))
            name = ""
    names = ("Area", "In the sources' words", "Who says so")
    _table(rows, names, "Each area with its sources' words", f"areas_of_{agreement_id}")


def _table(
    rows: list[tuple[str, str, str]], names: tuple[str, str, str], alt: str, key: str
) -> None:
    """Rows of Markdown cells: what, which version, who says so."""
    table = pd.DataFrame(rows, columns=list(names))
    # On a narrow screen the cells of a row stand below one another (assets/style.css).
    with st.container(key=f"said_{key}"):
        st.table(table, border="horizontal", hide_index=True, alt=alt)


def event(happened: pd.Series, here: str | None = None) -> None:
    """One row of ``queries.record.events`` with who says what on it.

    Args:
        here: the agreement on whose page it stands, if it does.
    """
    st.subheader(words.plain(words.event(happened)), anchor=False)
    if not isinstance(happened["agreement_id"], str):
        st.caption("Concerns the whole partnership.")
    elif happened["agreement_id"] != here:
        with links(f"event_{happened['event_id']}"):
            agreement_link(happened["agreement_id"], happened["title"])
    if isinstance(happened["note"], str):
        st.markdown(words.plain(happened["note"]))
    fields(happened["event_id"])


def event_in_short(happened: pd.Series) -> None:
    """One row of ``queries.record.events`` in a box: what, when, by whom, says who, who differs."""
    statements = store.ask(record.statements, happened["event_id"])
    title = happened["title"]
    concerned = title if isinstance(title, str) else "the whole partnership"
    agreeing = statements[(statements["field"] == "event") & statements["chosen"]]
    text = (
        f"**{words.plain(words.event(happened))}** ({words.plain(concerned)}). "
        f"Sources: {said_by(agreeing.itertuples())}."
    )
    for version, others in statements.groupby(["field", "value"], sort=False):
        field, value = map(str, version)
        if words.version_mark(field, value, happened[field]) == "differs":
            other = words.plain(f"{FIELD_NAMES[field].lower()}: {words.value(field, value)}")
            text += f" Sources disagree on {other} — {said_by(others.itertuples())}."
    st.info(text)


def said_by(sources: Iterable[Any]) -> str:
    """Sources as Markdown, each with its language."""
    return "; ".join(dict.fromkeys(source_link(source, with_language=True) for source in sources))


def source_link(source: Any, *, with_language: bool = False) -> str:
    """A source as Markdown: publisher, whose text it repeats, date; linked if it has an address."""
    publisher, url = source.publisher, source.url
    origin = getattr(source, "origin", None)
    day = words.date_in_words(source.published_on)
    after = f" after {origin}" if isinstance(origin, str) else ""
    name = words.plain(publisher + after) + (f", {day}" if day else "")
    remarks = [str(source.language)] if with_language else []
    if not isinstance(url, str):
        remarks.append("no address on record")
    linked = f"[{name}](<{url}>)" if isinstance(url, str) else name
    return f"{linked} ({', '.join(remarks)})" if remarks else linked


@contextmanager
def links(key: str) -> Iterator[None]:
    """A place for links to pages, beside one another, that show their whole names (style.css)."""
    with st.container(horizontal=True, key=f"links_{key}"):
        yield


def agreement_link(agreement_id: str, label: str) -> None:
    """A link to the page of an agreement."""
    st.page_link(
        routes.page("agreement"),
        label=words.plain(label),
        icon="",
        help="",
        query_params=sidebar.link(id=agreement_id),
    )


def partner_link(partner_id: str, label: str) -> None:
    """A link to the page of a partner."""
    st.page_link(
        routes.page("partner"),
        label=words.plain(label),
        icon="",
        help="",
        query_params=sidebar.link(city=partner_id),
    )


def status(agreement: pd.Series, deciding: pd.Series | None) -> None:
    """An agreement's status on the day in words, its window, and where its end comes from.

    Args:
        agreement: a row of ``queries.selected.agreements``.
        deciding: the row of ``queries.record.events`` that decided the status, if one did.
    """
    st.markdown(f"**{words.status(agreement)}** · {words.window(agreement)}")
    st.markdown(words.plain(words.end_basis(agreement, deciding)))


RELATIONS = {
    "implements": "Implements",
    "follows": "Follows",
    "followed_by": "Followed by",
    "implemented_by": "Implemented by",
    "same_text": "The same text with other partners",
}


def ties(related: pd.DataFrame) -> None:
    """The rows of ``queries.record.related`` as links, relation by relation."""
    for relation, tied in related.groupby("relation", sort=False):
        st.markdown(f"**{RELATIONS[str(relation)]}**")
        with links(f"tie_{relation}"):
            for _, row in tied.iterrows():
                elsewhere = f"{row['partner']}: " if relation == "same_text" else ""
                agreement_link(row["agreement_id"], elsewhere + row["title"])


def permanent_address(agreement_id: str) -> str:
    """The address of an agreement's record, with nothing but its id; only on its page."""
    return f"{st.context.url}?{urlencode({'id': agreement_id})}"
