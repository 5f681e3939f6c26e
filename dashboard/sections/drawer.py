"""The drawer beside a chart: what was chosen in it, in short."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from dashboard import address, beside, store, view
from dashboard import elements as st
from dashboard.sections import notes
from dashboard.sections import record as record_parts
from register import facts, words
from register.filters import Filters
from register.frames import Row, rows
from register.markup import Markdown
from register.queries import listed, record, selected


def choose_agreement(
    agreements: pd.DataFrame, clicked: Sequence[str], filters: Filters, chart: str
) -> None:
    """Choose an agreement in a chart (``view.chart``) or a list, and see it with its sources.

    Args:
        agreements: what is on the page of the chart, in its order: agreement_id, partner, title.
    """
    key = f"{chart}_agreement"
    labels = agreements["partner"] + ": " + agreements["title"]
    names = dict(zip(agreements["agreement_id"], labels, strict=True))
    agreement_id = view.select("Agreement", names, next(iter(clicked), None), key)
    if agreement_id is None:
        return
    (agreement,) = rows(store.ask(listed.one, filters, agreement_id))

    def content() -> None:
        _steps(list(names), agreement_id, key)
        card(agreement)

    beside.drawer(agreement["title"], content, chart, key)


def partners(here: Sequence[Row], chart: str, key: str) -> None:
    """Partners chosen on the map: the status of each, its agreements shown, the way to its page.

    Args:
        here: rows of ``queries.overview.partners``: the chosen one, and others in the same place.
        chart: the key of the map.
        key: the key of the list in which it can be chosen too.
    """
    of_them = tuple(partner["partner_id"] for partner in here)
    shown = store.ask(selected.agreements, replace(address.current(), city=of_them))

    def content() -> None:
        for partner in here:
            _partner(partner, shown[shown["partner_id"] == partner["partner_id"]])

    beside.drawer(here[0]["partner"], content, chart, key)


def card(agreement: Row) -> None:
    """One agreement in short: facts, what sources disagree on, its sources, the ways on.

    Args:
        agreement: a row of ``queries.selected.agreements``.
    """
    agreement_id, as_of = agreement["agreement_id"], address.current().as_of
    st.markdown(
        f"{agreement['instrument_name']} with {agreement['partner']}, {agreement['country']}"
    )
    with record_parts.links(f"card_{agreement_id}"):
        record_parts.agreement_link(agreement_id, f"All on this agreement: {agreement['title']}")
        record_parts.partner_link(agreement["partner_id"], f"All on {agreement['partner']}")
        record_parts.correction_link(agreement_id)
    events = store.ask(record.events, agreement["partner_id"], as_of)
    decisive = {agreement["deciding_event"], agreement["prolonging_event"]}
    events = events[events["event_id"].isin(decisive)]
    of_sources = notes.Notes((agreement_id, *events["event_id"]), "drawer_source_")
    said, happened = notes.said(agreement_id), notes.happened(events)
    notes.box(facts.of_agreement(agreement, said, happened, as_of), of_sources, "drawer")
    if agreement["note"]:
        st.caption(agreement["note"])
    disputed = [field for field in said if field.disputed]
    if disputed:
        notes.values(disputed, of_sources, "drawer")
    of_sources.list()


def _partner(partner: Row, agreements: pd.DataFrame) -> None:
    with st.container(key=f"chosen_{partner['partner_id']}", gap="xsmall"):
        st.markdown(
            Markdown("**{}**, {} · {} · {} shown").format(
                partner["partner"],
                partner["country"],
                words.own_status(partner),
                words.counted(partner["agreements"], "agreement"),
            )
        )
        with record_parts.links(f"chosen_{partner['partner_id']}"):
            record_parts.partner_link(partner["partner_id"], f"All on {partner['partner']}")
            record_parts.correction_link(partner["partner_id"])
        record_parts.agreement_list(agreements)


def _steps(ids: Sequence[str], current: str, key: str) -> None:
    """To the agreement before and to the one after, in the order of the chart."""
    place = ids.index(current)
    with st.container(horizontal=True, vertical_alignment="center", key="drawer_steps"):
        for label, there in (("← Previous", place - 1), ("Next →", place + 1)):
            exists = 0 <= there < len(ids)
            if st.button(
                label,
                key=f"{key}_{label}",
                disabled=not exists,
                on_click=_choose,
                args=(key, ids[there] if exists else current),
            ):
                # The title is the page's to write.
                st.rerun()
        st.markdown(f"{place + 1} of {len(ids)}", width="content")


def _choose(key: str, agreement_id: str) -> None:
    st.session_state[key] = agreement_id
