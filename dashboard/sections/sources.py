"""The pieces of the Sources page: one source, a disagreement, what rests on one source."""

import pandas as pd

from dashboard import address, controls, finder, routes, store, tables, view
from dashboard import elements as st
from dashboard.charts.faults import Draw
from dashboard.charts.sources import sources_by_language, sources_by_year
from dashboard.sections import record as record_parts
from dashboard.sections import witnesses
from register import markup, naming, summaries, words
from register.filters import Filters
from register.frames import Row, groups, rows
from register.markup import Markdown, link
from register.queries import source_pages
from register.queries import sources as source_queries

DISPUTES_A_PAGE = 8

WHOLE = 1500
"""Up to so many rows a table of this page is sent whole: they are short."""

RECORDS_A_PAGE = 50

_HOST = r"https?://(?:www\.)?([^/]+)"
"""What the table shows of an address; the link leads to all of it."""


def figures(filters: Filters) -> None:
    """How many sources there are, and what is to know of them, each with the way to its section."""
    counts = store.ask(source_queries.counts, filters)
    with st.container(horizontal=True, key="figures"):
        for name, number, label, section in (
            ("Sources", counts.sources, "All sources", "all"),
            ("Independent", counts.voices, "By whose text it is", "all"),
            ("Without a date", counts.undated, "By year", "coverage"),
            ("Languages", counts.languages, "By language", "coverage"),
            ("Disputed fields", counts.disputed, "Who says what", "disagree"),
            ("On one source", counts.on_one, "Which ones", "single"),
        ):
            with st.container(border=True, gap="xxsmall"):
                st.metric(name, f"{number:,}")
                with record_parts.links(f"figure_{name}"):
                    st.page_link(
                        routes.page("sources"),
                        label=label,
                        icon="",
                        help="",
                        query_params=address.link(section=section),
                    )


def all_sources(filters: Filters) -> None:
    """All sources, and what the chosen one says."""
    number = store.ask(source_queries.counts, filters).sources
    place = tables.page(number, WHOLE)
    on_page = store.ask(source_pages.page, filters, place.start, place.stop - place.start)
    sources_table(on_page, number, filters)
    chosen = choose_source(on_page, number, filters)
    if chosen is not None:
        source(chosen, filters)


def disagreements(filters: Filters) -> None:
    """Who says what in the fields on which sources disagree."""
    found = store.ask(source_pages.disputes, filters)
    st.caption(summaries.disputes(found))
    if found.fields:
        page = controls.page(found.fields, DISPUTES_A_PAGE)
        disputes(store.ask(source_pages.disputes_page, filters, page.start, DISPUTES_A_PAGE))
        snapshot = store.later(source_pages.disputes_csv, filters)
        view.download_later(snapshot, found.statements, filters, "disagreements")


def single(filters: Filters) -> None:
    """What rests on one independent source, by field and value by value."""
    found = store.ask(source_pages.counted_witnesses, filters)
    st.caption(summaries.witnesses(found))
    witnesses.fields(found)
    witnesses.values(found, filters, WHOLE)


def coverage(filters: Filters) -> None:
    """How many sources there are of each year and in each language."""
    years = store.ask(source_pages.by_year, filters)
    languages = store.ask(source_pages.by_language, filters)
    st.subheader("By year of publication", anchor=False)
    _counts(years, sources_by_year, summaries.years(years), "year", "Year", filters)
    st.subheader("By language", anchor=False)
    summary = summaries.languages(languages)
    _counts(languages, sources_by_language, summary, "language_name", "Language", filters)


def _counts(
    counts: pd.DataFrame, draw: Draw, summary: str, column: str, name: str, filters: Filters
) -> None:
    st.caption(summary)
    view.chart(draw, counts, summary)
    with tables.same(f"sources_{column}_table") as opened:
        if opened:
            counts_table(counts, column, name)
            view.download(counts.assign(as_of=filters.as_of), filters, f"sources-by-{name.lower()}")


def sources_table(sources: pd.DataFrame, number: int, filters: Filters) -> None:
    """Some of so many sources, a row each; choosing one opens it below."""
    tables.show(
        pd.DataFrame(
            {
                "Publisher": tables.OPENS + sources["publisher"],
                "Published": sources["published_on"].map(words.date_in_words, na_action="ignore"),
                "Language": sources["language_name"],
                "Kind": sources["kind_name"],
                "Link": sources["url"].map(markup.address, na_action="ignore"),
                "Repeats the text of": sources["origin"],
                "Agreements": sources["agreements"],
                "Events": sources["events"],
                "Fields": sources["fields"],
            }
        ),
        "The sources, a row each",
        {
            "Publisher": st.column_config.ButtonColumn(
                alignment="left",
                type="tertiary",
                pinned=True,
                key="source_open",
                on_click=_open_source,
                args=(tuple(sources["source_id"]),),
                help="Choose a publisher to see what this source supports.",
            ),
            "Link": st.column_config.LinkColumn(
                width=180, display_text=_HOST, help="Leads to the source itself."
            ),
        },
    )
    snapshot = store.later(source_pages.sources_csv, filters)
    view.download_later(snapshot, number, filters, "sources")


def _open_source(source_ids: tuple[str, ...]) -> None:
    address.choose_own("source", source_ids[st.session_state.source_open["row"]])


def choose_source(on_page: pd.DataFrame, number: int, filters: Filters) -> Row | None:
    """A list to choose one of so many sources from; the choice is in the address.

    Args:
        on_page: those in the table, which are all of them where these are not too many.
    """
    asked = address.own("source")
    chosen = next(iter(rows(store.ask(source_pages.one, filters, asked))), None) if asked else None
    if asked and chosen is None:
        st.info("The source in the address supports nothing of what the filters select.")
    offered = on_page if number <= WHOLE else _find(filters)
    by_id = {row["source_id"]: row for row in rows(offered)}
    if chosen:
        by_id.setdefault(chosen["source_id"], chosen)
    names = {key: f"{naming.source(source)} ({key})" for key, source in by_id.items()}
    st.selectbox(
        "Source",
        list(by_id),
        format_func=lambda key: names.get(key, key),
        index=None,
        placeholder="Choose in the table or type a part of the publisher's name",
        **controls.kept("source", chosen["source_id"] if chosen else None),
    )
    return chosen


def _find(filters: Filters) -> pd.DataFrame:
    """The first sources that fit what is typed into a field."""
    return finder.offer(
        "Find a source", "find_source", lambda q: store.ask(source_pages.fitting, filters, q)
    ).found


def source(chosen: Row, filters: Filters) -> None:
    """One row of ``queries.sources.sources``, and what it says of which records."""
    with st.container(border=True):
        st.subheader(naming.source(chosen), anchor=False)
        day = words.date_in_words(chosen["accessed_on"])
        read = f", read on {day}" if day else ""
        st.markdown(
            f"{chosen['kind_name']} in {chosen['language_name']}{read}. "
            f"States {naming.supports(chosen)}."
        )
        url = chosen["url"]
        st.markdown(link(url, url) if url else "No address on record.")
        page = controls.page(chosen["agreements"] + chosen["events"], RECORDS_A_PAGE)
        supported = store.ask(
            source_queries.supported, filters, chosen["source_id"], page.start, RECORDS_A_PAGE
        )
        for said in groups(rows(supported), "record_id"):
            _record_link(said[0], f"source_{said[0]['record_id']}")
            st.markdown(
                Markdown("\n").join(
                    Markdown("- {}: {}").format(_field(line), _value(line)) for line in said
                )
            )


def disputes(found: pd.DataFrame) -> None:
    """Some fields on which sources disagree: each version with who says so."""
    for said in groups(rows(found), "record_id", "field"):
        first = said[0]
        with st.container(border=True, gap="xsmall"):
            _record_link(first, f"dispute_{first['record_id']}_{first['field']}")
            versions = [
                Markdown("- {} — {}").format(_value(version[0]), record_parts.said_by(version))
                for version in groups(said, "value")
            ]
            if first["chosen"] is None:
                versions.append(Markdown("- The register chose none of them."))
            st.markdown(Markdown("\n").join([_field(first), *versions]))


def counts_table(counts: pd.DataFrame, column: str, name: str) -> None:
    """Numbers of sources by year or by language, as a table."""
    tables.show(
        pd.DataFrame(
            {
                name: [str(row[column] or "No date on record") for row in rows(counts)],
                "Own texts": counts["own"],
                "Repeat another's text": counts["repeated"],
                "Sources": counts["own"] + counts["repeated"],
            }
        ),
        f"Number of sources by {name.lower()}",
        width=620,
    )


def _record_link(record: Row, key: str) -> None:
    label = f"{record['partner']}: {naming.record(record)}"
    with record_parts.links(key):
        if record["agreement_id"]:
            record_parts.agreement_link(record["agreement_id"], label)
        else:
            record_parts.partner_link(record["partner_id"], label)


def _field(said: Row) -> Markdown:
    if said["field"] == "areas":
        return Markdown("**Area** {}").format(said["area"])
    return Markdown("**{}**").format(record_parts.FIELD_NAMES[said["field"]])


def _value(said: Row) -> str:
    """What is said, and how it stands to the version that the register chose."""
    if said["field"] == "areas":
        return f"“{said['value']}”"
    text = words.said(said["field"], said["value"], said["named"])
    chosen = said["chosen"]
    mark = words.version_mark(said["field"], said["value"], chosen) if chosen else ""
    return f"{text} ({mark})" if mark else text
