"""The pieces that show one record: its events, its ties, the ways to its page."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

import pandas as pd

from dashboard import address, controls, finder, routes, store
from dashboard import elements as st
from dashboard.sections.notes import Notes, sentence
from register import said, texts, words
from register.facts import Happened
from register.filters import shortened
from register.frames import Row, groups, rows
from register.markup import Markdown, link
from register.queries import choices, outline, record
from register.queries.withdrawn import withdrawn

FIELD_NAMES = said.FIELD_NAMES


def choose() -> None:
    """A list of all agreements to choose one from."""
    searched = store.ask(choices.number_of_agreements) > choices.MOST
    if searched:
        offer = finder.offer(
            "Find an agreement", "find_agreement", lambda q: store.ask(choices.agreements, q)
        )
        labels = offer.labels
    else:
        labels = words.told_apart(store.ask(record.titles))
    hint = "Choose" if searched else "Type a part of the partner's name or of the title"
    st.selectbox(
        "Which agreement?",
        list(labels),
        format_func=lambda value: labels.get(value, value),
        index=None,
        placeholder=hint,
        **controls.kept("id", None),
    )


def agreement_list(agreements: pd.DataFrame) -> None:
    """The agreements of one partner, each as a link to its page with what to know of it."""
    tied = pd.concat([agreements["follows"], agreements["implements"]]).dropna()
    titles = store.ask(outline.titles, tuple(tied.unique()))
    for agreement in rows(agreements):
        with st.container(gap=None, key=f"links_{agreement['agreement_id']}"):
            agreement_link(agreement["agreement_id"], agreement["title"])
            st.caption(words.agreement_line(agreement, titles))


def open_agreement(agreement_id: str) -> None:
    """Go to the page of an agreement."""
    st.switch_page(routes.page("agreement"), query_params=address.link(id=agreement_id))


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
    listed, all_of_them = labels["agreement_id"].nunique(), labels["agreements"].max()
    if listed < all_of_them:
        st.caption(f"The latest {listed} to begin, of {all_of_them:,} agreements.")


def events(concerning: Sequence[Happened], notes: Notes, here: str | None = None) -> None:
    """What happened, with who says what on it.

    Args:
        here: the agreement on whose page it stands, if it does.
    """
    for row, of_event in concerning:
        st.subheader(words.event(row), anchor=False)
        if row["agreement_id"] is None:
            st.caption(texts.WHOLE_PARTNERSHIP)
        elif row["agreement_id"] != here:
            with links(f"event_{row['event_id']}"):
                agreement_link(row["agreement_id"], row["title"])
        if row["note"]:
            st.markdown(row["note"])
        st.markdown(sentence(of_event, notes))


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


def correction_link(record_id: str) -> None:
    """The way to the form of proposals, filled with the record."""
    st.page_link(
        routes.page("propose"),
        label=texts.SOMETHING_WRONG,
        icon="",
        help="",
        query_params=address.link(id=record_id),
    )


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
    if gone.replaced_by and store.ask(record.partner_of, gone.replaced_by):
        agreement_link(gone.replaced_by, "What stands in its place")
