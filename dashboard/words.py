"""How pages say dates, windows and counts in words, each date at its own precision."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from dashboard.filters import Filters
from etl import duration, edtf
from etl.schema import AGREEMENTS, EVENTS_TABLE, Kind


def plain(text: str) -> str:
    """The text with Markdown's and Streamlit's signs escaped."""
    return "".join(f"\\{sign}" if sign in r"\`*_{}[]()#+-.!|$:~<>" else sign for sign in text)


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """The names by id, with the id behind a name that several have: lists choose by what they show."""
    count = Counter(names.values())
    return {
        identity: name if count[name] == 1 else f"{name} ({identity})"
        for identity, name in names.items()
    }


def day_in_words(day: date) -> str:
    """``21 November 2026``."""
    return edtf.in_words(day.isoformat())


def date_in_words(value: object) -> str:
    """An EDTF date of the register in words, ``""`` for a missing one."""
    return edtf.in_words(value) if isinstance(value, str) else ""


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """``1 agreement``, ``12 agreements``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def shown(agreements: pd.DataFrame, filters: Filters) -> str:
    """The line that says what a page shows: ``12 agreements with 2 partners, as of 21 November 2026``."""
    return (
        f"{counted(len(agreements), 'agreement')} with "
        f"{counted(agreements['partner_id'].nunique(), 'partner')}, "
        f"as of {day_in_words(filters.as_of)}"
    )


def window(agreement: Mapping[str, Any] | pd.Series) -> str:
    """The validity window in words: ``2019 to 2021``, ``from September 2024, no end stated``."""
    begin = next(
        (agreement[name] for name in ("valid_from", "signed_on", "reported_on") if isinstance(agreement[name], str)),
        None,
    )
    start = date_in_words(begin)
    open_ended = agreement["end_basis"] == "none"
    if begin is not None and not isinstance(agreement["valid_from"], str):
        start = f"{'signed' if begin == agreement['signed_on'] else 'reported'} {start}"
    elif begin is not None and open_ended:
        start = f"from {start}"
    end = end_in_words(agreement)
    if open_ended:
        return f"{start}, no end stated" if start else "no date stated"
    return f"{start} to {end}" if start else f"to {end}"


def end_in_words(agreement: Mapping[str, Any] | pd.Series) -> str:
    """The window's end at its own precision, with its basis where that is not the stated period."""
    end = date_in_words(agreement["window_end"])
    basis = {"term": " (from its length)", "event": " (ended)"}.get(str(agreement["end_basis"]), "")
    return end + basis


def days_left(value: Hashable) -> str:
    """``40 days left``, ``ends today``, ``""`` where there is no number."""
    if pd.isna(value):
        return ""
    days = int(str(value).removesuffix(".0"))
    return "ends today" if days == 0 else f"{counted(days, 'day')} left"


def value(field: str, text: str) -> str:
    """A statement's value as a reader sees it: dates and lengths in words, codes by name, other text as it is."""
    known = next(known for known in (*AGREEMENTS, *EVENTS_TABLE) if known.name == field)
    if known.kind is Kind.EDTF:
        return edtf.in_words(text)
    if known.kind is Kind.DURATION:
        return duration.in_words(text)
    return known.codes[text].name if known.codes else text


def timeline_summary(agreements: pd.DataFrame, filters: Filters) -> str:
    """One sentence for the timeline: the span, and how many agreements have which status."""
    begins = agreements["begins_on"].dropna()
    span = f"since {begins.min().year}" if len(begins) else "without dates"
    statuses = ", ".join(
        f"{count} {str(status).lower()}"
        for status, count in agreements.sort_values("status_position")
        .groupby("status_name", sort=False)
        .size()
        .items()
    )
    undrawn = int((agreements["begins_on"].isna() & agreements["announced_from"].isna()).sum())
    without = f" {counted(undrawn, 'agreement')} without any date: only in the table." if undrawn else ""
    return (
        f"{counted(len(agreements), 'agreement')} {span}; on {day_in_words(filters.as_of)}: {statuses}.{without}"
    )


def areas_summary(counts: pd.DataFrame) -> str:
    """One sentence for the heatmap: how wide it is and what is named most."""
    named = counts.groupby("area")["agreements"].sum().sort_values(ascending=False, kind="stable")
    top = ", ".join(f"{area.lower()} ({count})" for area, count in named.head(3).items())
    return (
        f"{counted(counts['partner_id'].nunique(), 'partner')} and {counted(len(named), 'area')}; "
        f"named by most agreements: {top}."
    )


def status_summary(counts: pd.DataFrame, filters: Filters) -> str:
    """One sentence for the bars by status."""
    parts = ", ".join(
        f"{row.agreements} {str(row.status_name).lower()}" for row in counts.itertuples()
    )
    return f"On {day_in_words(filters.as_of)}: {parts}."


def ending_summary(ending: pd.DataFrame, filters: Filters) -> str:
    """One sentence on what runs out next; ``ending`` is ordered by its end."""
    if ending.empty:
        return "No agreement shown is in a window with a stated end."
    within = counted(int((ending["status"] == "expiring").sum()), "agreement")
    first = ending.iloc[0]
    return (
        f"{within} of {len(ending)} in force run out within {counted(filters.horizon, 'day')}; "
        f"next: {first['partner']}, {date_in_words(first['window_end'])} ({days_left(first['days_left'])})."
    )


def lapsed_summary(lapsed: pd.DataFrame, filters: Filters) -> str:
    """One sentence on the partners whose last dated window ended without a successor."""
    day = day_in_words(filters.as_of)
    if lapsed.empty:
        return f"No partner shown has lapsed by {day}."
    return (
        f"{counted(len(lapsed), 'partner')} had dated windows, the last of which ended by {day} "
        "without a later one that sources know of."
    )


def other_version(linked: str, current: str) -> str:
    """What to know when a link was made with another version of the register."""
    return (
        f"This link was made with version {linked} of the register, which has changed since: "
        f"this is version {current}. Numbers may differ."
    )


def when(value: object) -> str:
    """A date with its preposition: ``on 2 March 2022``, ``in 2024``, ``about November 2018``."""
    if not isinstance(value, str):
        return "on a day that no source gives"
    if value.endswith("~"):
        return edtf.in_words(value)
    return f"{'on' if edtf.parse(value).precision == 'day' else 'in'} {edtf.in_words(value)}"


def event(happened: pd.Series) -> str:
    """What happened, when, by which side: ``Terminated on 2 March 2022 by Kraków``."""
    by = {"moscow": " by Moscow", "partner": f" by {happened['partner']}", "both": " by both sides"}
    return f"{happened['event_name']} {when(happened['date'])}{by.get(happened['actor'], '')}"


def end_basis(agreement: pd.Series, deciding: pd.Series | None) -> str:
    """Where the end of a window comes from.

    Args:
        deciding: the event that ended or suspended the agreement, if one did.
    """
    if deciding is not None and agreement["end_basis"] == "event":
        return f"Ended by an event: {lower_first(event(deciding))}."
    if deciding is not None:
        without = end_basis(agreement, None)
        return f"On hold by an event: {lower_first(event(deciding))}. {without}"
    if agreement["end_basis"] == "none":
        return "No source states an end; this does not say that it is in force."
    if agreement["end_basis"] == "stated":
        doubt = ", as uncertain" if agreement["end_approximate"] else ""
        return f"The end is stated by sources{doubt}."
    length = duration.in_words(agreement["term"])
    doubt = (
        "; it is approximate, because the begin is not known to the day"
        if agreement["end_approximate"]
        else ""
    )
    return f"Sources state a length of {length}, from which the end is counted{doubt}."


def partner_status(status: pd.Series, agreements: pd.DataFrame) -> str:
    """A partner's status on the day in sentences, from its agreements known by then."""
    text = f"{lower_first(status['definition'])}. "
    text += f"{counted(len(agreements), 'agreement')} known by this day: {by_status(agreements)}."
    if status["lapsed"] and status["status"] != "terminated":
        last = agreements.set_index("agreement_id").loc[status["lapsed_agreement"]]
        text += (
            f" Lapsed: the last window with an end ran out {when(last['window_end'])} "
            f"({last['title']}), and sources know of no later one."
        )
    return text


def by_status(agreements: pd.DataFrame) -> str:
    """How many agreements have which status: ``2 terminated, 4 expired``."""
    names = agreements.sort_values("status_position")["status_name"]
    counts = names.groupby(names, sort=False).size()
    return ", ".join(f"{count} {str(name).lower()}" for name, count in counts.items())


def status(agreement: pd.Series) -> str:
    """The status on the day, with the days left if there are: ``Expiring, 40 days left``."""
    left = days_left(agreement["days_left"])
    return f"{agreement['status_name']}, {left}" if left else str(agreement["status_name"])


def agreement_line(agreement: pd.Series, titles: Mapping[str, str]) -> str:
    """What to know of an agreement beside its title: window, status, instrument, ties, sources.

    Args:
        titles: the titles of the agreements that it can follow or implement.
    """
    ties = [
        f"{name} “{titles.get(agreement[name], agreement[name])}”"
        for name in ("follows", "implements")
        if isinstance(agreement[name], str)
    ]
    parts = [
        window(agreement),
        status(agreement),
        agreement["instrument_name"],
        *ties,
        counted(agreement["sources"], "source"),
    ]
    if agreement["disputed"]:
        parts.append(f"sources disagree on {counted(agreement['disputed'], 'field')}")
    return " · ".join(parts)


def lower_first(text: str) -> str:
    """The text with a small first letter, to go on with in a sentence."""
    return text[:1].lower() + text[1:]


def version_mark(field: str, text: str, chosen: str | None) -> str:
    """How a source's version of a field stands to the chosen one, ``""`` if it is the same."""
    if text == chosen:
        return ""
    known = next(known for known in (*AGREEMENTS, *EVENTS_TABLE) if known.name == field)
    if known.kind is Kind.EDTF and chosen is not None:
        one, other = edtf.parse(text), edtf.parse(chosen)
        if one.first <= other.first and other.last <= one.last:
            return "less exact"
        if one.first <= other.last and other.first <= one.last:
            return "not chosen"
    return "differs"


def dated(agreement: pd.Series) -> str:
    """The date that tells an agreement from others: ``signed September 2024``, or ``undated``."""
    verbs = {"signed_on": "signed", "reported_on": "reported", "valid_from": "valid from"}
    for name, verb in verbs.items():
        if isinstance(agreement[name], str):
            return f"{verb} {edtf.in_words(agreement[name])}"
    return "undated"


def citation(agreement: pd.Series, version: str, address: str) -> str:
    """A citation of one agreement's record."""
    return (
        f"{agreement['partner']}: {agreement['title']}, {dated(agreement)}. "
        f"In: Moscow's city partnerships, a register, version {version}. {address}"
    )


def register_citation(version: str, as_of: date, agreements: int, total: int) -> str:
    """A citation of the register, or of a selection of its agreements."""
    held = "" if agreements == total else f", {agreements} of {counted(total, 'agreement')}"
    return (
        "The Moscow Partnerships Register contributors: The Moscow Partnerships Register, "
        f"version {version}, as of {day_in_words(as_of)}{held}. "
        "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"
    )


def map_summary(partners: pd.DataFrame, filters: Filters) -> str:
    """One sentence for the map: the partners by their own status, and who is not on it."""
    statuses = ", ".join(
        f"{count} {str(status).lower()}"
        for status, count in partners.sort_values("status_position")
        .groupby("status_name", sort=False)
        .size()
        .items()
    )
    unplaced = int(partners["latitude"].isna().sum())
    without = f" {counted(unplaced, 'partner')} without coordinates in the table only." if unplaced else ""
    return f"{partners_in_countries(partners)} on {day_in_words(filters.as_of)}: {statuses}.{without}"


def partners_in_countries(partners: pd.DataFrame) -> str:
    """``124 partners in 71 countries``."""
    countries = partners["country_code"].nunique()
    return f"{counted(len(partners), 'partner')} in {counted(countries, 'country', 'countries')}"


def own_status(partner: pd.Series) -> str:
    """A partner's own status: ``No end stated, lapsed``."""
    return f"{partner['status_name']}{', lapsed' if partner['lapsed'] else ''}"


def end_ahead(agreement: pd.Series) -> str:
    """``ends 31 December 2026, 40 days left``."""
    left = days_left(agreement["days_left"])
    return f"ends {end_in_words(agreement)}" + (", today" if left == "ends today" else f", {left}")


def versions(field: str, values: Sequence[str]) -> str:
    """What sources say where they disagree: ``2013 or 2015``, the most often stated first."""
    return " or ".join(value(field, text) for text in values)


def joined(names: Sequence[str]) -> str:
    """``Kraków``, ``Kraków and Berlin``, ``Kraków, Berlin and Vienna``."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def side_by_side(agreements: pd.DataFrame, status: pd.Series) -> str:
    """A partner in a comparison: its agreements by status, its first tie, whether it has lapsed."""
    dates = agreements[agreements["begins_on"].notna()].sort_values("begins_on")
    text = f"{counted(len(agreements), 'agreement')}: {by_status(agreements)}. "
    text += f"First tie: {dates.iloc[0]['title']}, {dated(dates.iloc[0])}." if len(dates) else ""
    if status["lapsed"] and status["status"] != "terminated":
        last = agreements.set_index("agreement_id").loc[status["lapsed_agreement"]]
        text += f" Lapsed: the last window with an end ran out {when(last['window_end'])}."
    return text


def shared_areas(matrix: pd.DataFrame, names: Mapping[str, str]) -> str:
    """Which areas all of the compared partners share, and which only one has.

    Args:
        matrix: the number of agreements that name an area; a row an area, a column a partner_id.
    """
    named = matrix > 0
    common = list(named.index[named.all(axis=1)])
    sentences = [
        f"Shared by all: {', '.join(common).lower()}." if common else "No area is shared by all."
    ]
    for city in matrix.columns:
        alone = named.index[named[city] & (named.sum(axis=1) == 1)]
        if len(alone):
            sentences.append(f"Only {names[city]}: {', '.join(alone).lower()}.")
    return " ".join(sentences)


def partner_areas_summary(named: pd.DataFrame) -> str:
    """One sentence on the areas of one partner, from the rows of ``queries.partner.areas``."""
    counts = named["area"].value_counts(sort=True)
    top = ", ".join(f"{str(area).lower()} ({count})" for area, count in counts.head(3).items())
    agreements = counted(named["agreement_id"].nunique(), "agreement")
    return f"{counted(len(counts), 'area')} in {agreements}; named by most: {top}."


def sources_summary(sources: pd.DataFrame) -> str:
    """One sentence on the sources of one partner: how many, in which languages."""
    languages = sources["language"].value_counts()
    listed = ", ".join(f"{count} in {language}" for language, count in languages.items())
    return f"{counted(len(sources), 'source')}: {listed}."


def said(field: str, text: str, named: object) -> str:
    """What a source says in a field; ``named``: what partner or agreement an id leads to."""
    return named if isinstance(named, str) else value(field, text)


def record(row: Mapping[str, Any] | pd.Series) -> str:
    """A record of ``queries.sources``: an agreement's title, or an event and what it concerns."""
    if not isinstance(row["event_name"], str):
        return str(row["title"])
    day = date_in_words(row["event_date"]) or "undated"
    concerns = row["title"] if isinstance(row["title"], str) else "the whole partnership"
    return f"{row['event_name']}, {day}: {concerns}"


def source_name(source: Mapping[str, Any] | pd.Series) -> str:
    """A source: ``168.hu after MTI, 20 September 2018``."""
    after = f" after {source['origin']}" if isinstance(source["origin"], str) else ""
    day = date_in_words(source["published_on"]) or "no date on record"
    return f"{source['publisher']}{after}, {day}"


def source_supports(source: Mapping[str, Any] | pd.Series) -> str:
    """``5 fields of 2 agreements and 1 event``."""
    records = [
        counted(int(source[name]), name.removesuffix("s"))
        for name in ("agreements", "events")
        if source[name]
    ]
    return f"{counted(int(source['fields']), 'field')} of {joined(records)}"


def years_summary(counts: pd.DataFrame) -> str:
    """One sentence on the years in which sources were published; of ``queries.sources.by_year``."""
    totals = counts.assign(all=counts["own"] + counts["repeated"])
    dated, undated = totals[totals["year"].notna()], totals[totals["year"].isna()]["all"].sum()
    without = f"{counted(int(undated), 'source')} without a date on record"
    if dated.empty:
        return f"{without}."
    most = dated[dated["all"] > 0].sort_values(["all", "year"], ascending=False).head(3)
    listed = joined([f"{row.year} ({row.all})" for row in most.itertuples()])
    first, last = dated["year"].iloc[0], dated["year"].iloc[-1]
    span = f"of {first}" if first == last else f"from {first} to {last}"
    number = counted(int(dated["all"].sum()), "dated source")
    return f"{number} {span}, most from {listed}; {without}."


def languages_summary(counts: pd.DataFrame) -> str:
    """One sentence on the languages of the sources; of ``queries.sources.by_language``."""
    totals = counts["own"] + counts["repeated"]
    listed = joined(
        [
            f"{name} ({number})"
            for name, number in zip(counts["language_name"].head(3), totals.head(3), strict=True)
        ]
    )
    return (
        f"{counted(len(counts), 'language')}, most sources in {listed}; "
        f"{int(counts['repeated'].sum())} of {counted(int(totals.sum()), 'source')} "
        "repeat another publisher's text."
    )


def disputes_summary(disagreements: pd.DataFrame) -> str:
    """One sentence on where sources disagree; of ``queries.sources.disagreements``."""
    if disagreements.empty:
        return "On the records shown, sources disagree nowhere."
    fields = disagreements.drop_duplicates(["record_id", "field"])
    return (
        f"Sources disagree on {counted(len(fields), 'field')} of "
        f"{counted(fields['record_id'].nunique(), 'record')}."
    )


def witnesses_summary(witnesses: pd.DataFrame) -> str:
    """One sentence on what rests on one source; of ``queries.sources.witnesses``."""
    agreements = witnesses[witnesses["event_name"].isna()].drop_duplicates("record_id")
    alone = int((agreements["record_voices"] == 1).sum())
    return (
        f"{int((witnesses['voices'] == 1).sum()):,} of {counted(len(witnesses), 'chosen value')} "
        f"rest on one independent source; {alone} of {counted(len(agreements), 'agreement')} "
        "are known from one alone."
    )


def changes_summary(agreements: pd.DataFrame, before: str, current: str) -> str:
    """One sentence on what changed between versions; ``agreements`` as in ``queries.versions``."""
    records = agreements.drop_duplicates("agreement_id").groupby("change").size()
    listed = [
        f"{counted(int(records.get(change, 0)), 'agreement')} {change}"
        for change in ("added", "removed", "changed")
    ]
    return f"From version {before} to {current}: {joined(listed)}."


SOURCES_ABOUT = (
    "Every fact of the register names who says so. A page that repeats the text of an agency or of "
    "another paper is no second witness: sources count as independent by whose text it is."
)

DATA_ABOUT = (
    "Version {version} of the register, free to use under "
    "[CC BY 4.0](https://creativecommons.org/licenses/by/4.0/). A file's name has the as-of day, "
    "for which the status is computed, and the version."
)

NO_VERSION_BEFORE = (
    "Here is no build of another version to compare version {version} with. After the next change "
    "of the register, what it added, removed and changed will stand here."
)

DATABASE_ABOUT = (
    "The DuckDB database holds the rules of the status, so that any DuckDB client gets the answers "
    "of these pages, for any day and horizon:"
)


def selection_about(agreements: int, total: int) -> str:
    """What the downloads of a selection hold."""
    return (
        f"**{agreements} of {counted(total, 'agreement')}.** CSV, Parquet and JSON hold one table: "
        "the agreements with their status, as on the other pages. Excel and the Data Package also "
        "hold the rows of the other tables that belong to them."
    )


def register_about(total: int, filters: Filters) -> str:
    """What the downloads of the whole register hold."""
    return (
        f"All tables with **{counted(total, 'agreement')}**, whatever the filters, and their "
        f"status on {day_in_words(filters.as_of)}. The Data Package has CSV tables with a descriptor, a "
        "dictionary, the licence and a citation; the DuckDB database answers for any other day too."
    )


def status_query(filters: Filters) -> str:
    """The query with which any DuckDB client asks for the agreements in force on the day."""
    return f"""\
SELECT agreement_id, title, status, begins_on, ends_on, days_left
FROM agreement_status(DATE '{filters.as_of}', horizon_days := {filters.horizon})
JOIN agreements USING (agreement_id)
WHERE status IN ('active', 'expiring')
ORDER BY ends_on;"""


PYTHON = '''\
import duckdb

register = duckdb.connect("{file}", read_only=True)
in_force = register.sql("""
{query}
""").df()'''

R = '''\
library(duckdb)

register <- dbConnect(duckdb(), "{file}", read_only = TRUE)
in_force <- dbGetQuery(register, "
{query}
")'''
