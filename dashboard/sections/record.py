"""The pieces that show one record: who says what on it, its events, the ways to its page."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import pandas as pd

from dashboard import address, routes, store, view
from dashboard import elements as st
from register import said, texts, words
from register.filters import shortened
from register.frames import Row, groups, rows
from register.markup import Markdown, link
from register.queries import record
from register.queries.withdrawn import withdrawn

FIELD_NAMES = said.FIELD_NAMES


def choose_agreement(agreements: pd.DataFrame, clicked: Sequence[str], chart: str) -> None:
    """Choose an agreement in a chart (``view.chart``) or a list, and see it with its sources."""
    key = f"{chart}_agreement"
    labels = agreements["partner"] + ": " + agreements["title"]
    names = dict(zip(agreements["agreement_id"], labels, strict=True))
    agreement_id = view.select("Agreement", names, next(iter(clicked), None), key)
    if agreement_id is not None:
        agreement = rows(agreements[agreements["agreement_id"] == agreement_id])[0]
        view.drawer(agreement["title"], lambda: card(agreement), chart, key)


def card(agreement: Row) -> None:
    """One agreement in short: status, window, who says what, links to its and its partner's page.

    Args:
        agreement: a row of ``queries.selected.agreements``.
    """
    agreement_id = agreement["agreement_id"]
    st.markdown(
        Markdown("{}, {} · {} · **{}** · {}").format(
            agreement["partner"],
            agreement["country"],
            agreement["instrument_name"],
            words.status(agreement),
            words.window(agreement),
        )
    )
    with links(f"card_{agreement_id}"):
        agreement_link(agreement_id, f"All on this agreement: {agreement['title']}")
        partner_link(agreement["partner_id"], f"All on {agreement['partner']}")
    if agreement["note"]:
        st.caption(agreement["note"])
    fields(agreement_id)
    if agreement["areas"]:
        st.markdown(Markdown("**Areas:** {}").format(agreement["areas"]))


def agreement_list(agreements: pd.DataFrame) -> None:
    """The agreements of one partner, each as a link to its page with what to know of it."""
    titles = dict(zip(agreements["agreement_id"], agreements["title"], strict=True))
    for agreement in rows(agreements):
        with st.container(gap=None, key=f"links_{agreement['agreement_id']}"):
            agreement_link(agreement["agreement_id"], agreement["title"])
            st.caption(words.agreement_line(agreement, titles))


def open_agreement(agreement_id: str) -> None:
    """Go to the page of an agreement."""
    st.switch_page(routes.page("agreement"), query_params=address.link(id=agreement_id))


def fields(record_id: str) -> None:
    """What sources say on each field of an agreement or event: a version a row, and who says so."""
    cells = []
    for field in said.fields(store.ask(record.statements, record_id)):
        label = Markdown("**{}**").format(field.name)
        label += Markdown(" :orange-badge[sources disagree]") if field.disputed else ""
        for version in field.versions:
            text = version.text + (f" ({version.mark})" if version.mark else "")
            cells.append((label, text, said_by(version.sources)))
            label = Markdown()
    names = ("Field", "What sources say", "Who says so")
    _table(cells, names, "Each field with its sources", record_id)


def wordings(labels: pd.DataFrame, agreement_id: str) -> None:
    """The rows of ``queries.record.labels``: each area with the sources' own words."""
    cells = []
    for area in groups(rows(labels), "area"):
        name = Markdown("**{}**").format(area[0]["area"])
        for wording in groups(area, "label", "label_language"):
            text = f"“{wording[0]['label']}” ({wording[0]['label_language']})"
            cells.append((name, text, said_by(wording)))
            name = Markdown()
    names = ("Area", "In the sources' words", "Who says so")
    _table(cells, names, "Each area with its sources' words", f"areas_of_{agreement_id}")


def named_by(labels: pd.DataFrame) -> None:
    """The agreements of ``queries.areas.area_labels``, each with its sources' wordings."""
    for wordings in groups(rows(labels), "agreement_id"):
        agreement_id, status = wordings[0]["agreement_id"], wordings[0]["status_name"].lower()
        with links(f"named_by_{agreement_id}"):
            agreement_link(agreement_id, f"{wordings[0]['title']} ({status})")
        st.markdown(
            Markdown("\n").join(
                Markdown("- “{}” ({}), {}").format(row["label"], row["language"], source_link(row))
                for row in wordings
            )
        )


def _table(
    cells: list[tuple[Markdown, str, Markdown]], names: tuple[str, str, str], alt: str, key: str
) -> None:
    """Rows of cells: what, which version, who says so."""
    table = pd.DataFrame(cells, columns=list(names), dtype=object)
    # On a narrow screen the cells of a row stand below one another (assets/style.css).
    with st.container(key=f"said_{key}"):
        st.table(table, border="horizontal", hide_index=True, alt=alt)


def event(happened: Row, here: str | None = None) -> None:
    """One row of ``queries.record.events`` with who says what on it.

    Args:
        here: the agreement on whose page it stands, if it does.
    """
    st.subheader(words.event(happened), anchor=False)
    if happened["agreement_id"] is None:
        st.caption(texts.WHOLE_PARTNERSHIP)
    elif happened["agreement_id"] != here:
        with links(f"event_{happened['event_id']}"):
            agreement_link(happened["agreement_id"], happened["title"])
    if happened["note"]:
        st.markdown(happened["note"])
    fields(happened["event_id"])


def event_in_short(happened: Row) -> None:
    """One row of ``queries.record.events`` in a box: what, when, by whom, says who, who differs."""
    statements = rows(store.ask(record.statements, happened["event_id"]))
    concerned = happened["title"] or "the whole partnership"
    chosen = [said for said in statements if said["chosen"]]
    # Who says when says what; who says what may not say when.
    agreeing = [
        said for said in chosen if said["field"] == ("date" if happened["date"] else "event")
    ]
    text = Markdown("**{}** ({}). Sources: {}.").format(
        words.event(happened), concerned, said_by(agreeing)
    )
    for version in groups(statements, "field", "value"):
        field, value = version[0]["field"], version[0]["value"]
        if words.version_mark(field, value, happened[field]) == "differs":
            text += Markdown(" Sources disagree on {}: {} — {}.").format(
                FIELD_NAMES[field].lower(), words.value(field, value), said_by(version)
            )
    st.info(text)


def said_by(sources: Iterable[Row]) -> Markdown:
    """Sources, each with its language."""
    return Markdown("; ").join(
        dict.fromkeys(source_link(source, with_language=True) for source in sources)
    )


def source_link(source: Row, *, with_language: bool = False) -> Markdown:
    """A source: publisher, whose text it repeats, date; linked if it has an address."""
    url, origin = source["url"], source.get("origin")
    day = words.date_in_words(source["published_on"])
    after = f" after {origin}" if origin else ""
    name = source["publisher"] + after + (f", {day}" if day else "")
    remarks = [source["language"]] if with_language else []
    if not url:
        remarks.append("no address on record")
    linked = link(name, url)
    return Markdown("{} ({})").format(linked, ", ".join(remarks)) if remarks else linked


@contextmanager
def links(key: str) -> Iterator[None]:
    """A place for links to pages, beside one another, that show their whole names (style.css)."""
    with st.container(horizontal=True, key=f"links_{key}"):
        yield


def agreement_link(agreement_id: str, label: str) -> None:
    """A link to the page of an agreement."""
    st.page_link(
        routes.page("agreement"),
        label=label,
        icon="",
        help="",
        query_params=address.link(id=agreement_id),
    )


def partner_link(partner_id: str, label: str) -> None:
    """A link to the page of a partner."""
    st.page_link(
        routes.page("partner"),
        label=label,
        icon="",
        help="",
        query_params=address.link(city=partner_id),
    )


def status(agreement: Row, events: pd.DataFrame) -> None:
    """An agreement's status on the day in words, its window, and where its end comes from.

    Args:
        agreement: a row of ``queries.selected.agreements``.
        events: the rows of ``queries.record.events`` for its partner.
    """
    happened = {row["event_id"]: row for row in rows(events)}
    deciding = happened.get(agreement["deciding_event"])
    st.markdown(Markdown("**{}** · {}").format(words.status(agreement), words.window(agreement)))
    st.markdown(words.end_basis(agreement, deciding))
    for decisive in (deciding, happened.get(agreement["prolonging_event"])):
        if decisive is not None:
            event_in_short(decisive)


def ties(related: pd.DataFrame) -> None:
    """The rows of ``queries.record.related`` as links, relation by relation."""
    for tied in groups(rows(related), "relation"):
        relation = tied[0]["relation"]
        st.markdown(Markdown("**{}**").format(said.RELATIONS[relation]))
        with links(f"tie_{relation}"):
            for row in tied:
                elsewhere = f"{row['partner']}: " if relation == "same_text" else ""
                agreement_link(row["agreement_id"], elsewhere + row["title"])


def missing(agreement_id: str) -> None:
    """Why there is no agreement of that id, and what stands in its place."""
    gone = store.ask(withdrawn, agreement_id)
    if gone is None:
        st.warning(
            f"The register has no agreement “{shortened(agreement_id)}”. "
            "The ids of published records never change: check the address for a missing piece, "
            "or choose one here.",
            title="Unknown agreement",
        )
        return
    st.warning(gone.said, title="Withdrawn")
    if gone.replaced_by in store.ask(record.titles):
        agreement_link(gone.replaced_by, "What stands in its place")
