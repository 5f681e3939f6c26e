"""What a page shows, in a sentence: also for those who cannot see its chart."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from register import spans, words
from register.filters import LISTS, Filters, Options
from register.frames import Row, rows
from register.queries.figures import Figures
from register.queries.outline import Areas, Outline
from register.queries.places import Places
from register.queries.source_pages import Disputes, Witnesses
from register.queries.validity import Lapsed
from register.words import counted, date_in_words, day_in_words, days_left


def shown(figures: Figures, filters: Filters) -> str:
    """What a page shows: ``12 agreements with 2 partners, as of 21 November 2026``.

    An undated agreement is known on every day, so it is counted apart.
    """
    return (
        f"{counted(figures.agreements, 'agreement')} with "
        f"{counted(figures.partners, 'partner')}, as of {day_in_words(filters.as_of)}"
    ) + (f" ({figures.undated:,} undated)" if figures.undated else "")


def chosen(filters: Filters, options: Options) -> str:
    """What the filters let through: ``China or Türkiye; Transport; “Luzhkov”``."""
    parts = [
        " or ".join(options.of(name)[value] for value in getattr(filters, name))
        for name in LISTS
        if getattr(filters, name)
    ]
    parts += spans.in_words(filters, options)
    if filters.q:
        parts.append(f"“{filters.q}”")
    return "; ".join(parts)


def register(figures: Figures, filters: Filters) -> str:
    """What the register holds, from its agreements known by the day."""
    return (
        "The agreements between the city of Moscow and cities and regions abroad, each fact with "
        f"its sources: {shown(figures, filters)}."
    )


def agreement(agreement: Row, as_of: date) -> str:
    """One agreement: what it is, between whom, its window, its status on the day."""
    return (
        f"{agreement['instrument_name']}: {agreement['moscow_party_name']} with "
        f"{agreement['partner']}, {agreement['country']}; {words.window(agreement)}; "
        f"on {day_in_words(as_of)} {words.lower_first(words.status(agreement))}; "
        f"{counted(agreement['sources'], 'source')}."
    )


def partner(profile: Row, agreements: int, status: Row | None, as_of: date) -> str:
    """One partner: where it is, how many agreements are known by the day, its own status."""
    own = f"; {words.lower_first(words.own_status(status))}" if status else ""
    return (
        f"{profile['kind']} in {profile['country']}: {counted(agreements, 'agreement')} "
        f"with Moscow known by {day_in_words(as_of)}{own}."
    )


def timeline(figures: Figures, counts: pd.DataFrame, filters: Filters) -> str:
    """One sentence for the timeline: the span, and how many agreements have which status.

    Args:
        counts: of ``queries.selected.status_counts``.
    """
    span = f"since {figures.first_year}" if figures.first_year else "without dates"
    undrawn = counted(figures.undrawn, "agreement")
    without = f" {undrawn} without any date: only in the table." if figures.undrawn else ""
    return (
        f"{counted(figures.agreements, 'agreement')} {span}; "
        f"on {day_in_words(filters.as_of)}: {_of_statuses(counts)}.{without}"
    )


def areas(totals: pd.DataFrame, partners: int) -> str:
    """One sentence for the heatmap: how wide it is and what is named most.

    Args:
        totals: of ``queries.areas.totals``.
    """
    top = ", ".join(
        f"{row['area'].lower()} ({row['agreements']:,})" for row in rows(totals.head(3))
    )
    return (
        f"{counted(partners, 'partner')} and {counted(len(totals), 'area')}; "
        f"named by most agreements: {top}."
    )


def in_common(having: Sequence[str], number: int, of: int, areas: Sequence[str]) -> str:
    """Which partners have agreements on all of the areas.

    Args:
        having: the names of the first of them.
        number: how many there are, of so many partners.
    """
    more = [f"{number - len(having):,} more"] if number > len(having) else []
    listed = f": {words.joined([*having, *more])}" if having else ""
    return (
        f"{number:,} of {counted(of, 'partner')} have agreements that name "
        f"{'both' if len(areas) == 2 else 'all of'} {words.joined(areas)}{listed}."
    )


def statuses(counts: pd.DataFrame, filters: Filters) -> str:
    """One sentence for the bars by status."""
    return f"On {day_in_words(filters.as_of)}: {_of_statuses(counts)}."


def _of_statuses(counts: pd.DataFrame) -> str:
    """``2 terminated, 4 expired``; of ``queries.selected.status_counts``."""
    return ", ".join(f"{row['agreements']:,} {row['status_name'].lower()}" for row in rows(counts))


def ending(ending: pd.DataFrame, figures: Figures, filters: Filters) -> str:
    """One sentence on what runs out next; ``ending``: the first ones by their end."""
    if ending.empty:
        return "No agreement shown is in a period with a stated end."
    within = counted(figures.expiring, "agreement")
    first = rows(ending.head(1))[0]
    return (
        f"{within} of {figures.in_force:,} in force run out within "
        f"{counted(filters.horizon, 'day')}; "
        f"next: {first['partner']}, {date_in_words(first['window_end'])} "
        f"({days_left(first)})."
    )


def lapsed(lapsed: Lapsed, filters: Filters, years: tuple[int, int] | None = None) -> str:
    """One sentence on the partners whose last dated window ended in ``years``, none following."""
    day = day_in_words(filters.as_of)
    if not lapsed.partners:
        return f"No partner shown has lapsed by {day}" + (" in these years." if years else ".")
    span = f", in {words.span(*years)}," if years else ""
    return (
        f"{counted(lapsed.partners, 'partner')} had dated periods, the last of which ended{span} "
        f"by {day} without a later one that sources know of: {lapsed.ran_out:,} ran out, "
        f"{lapsed.partners - lapsed.ran_out:,} were ended by an event."
    )


def partner_status(status: Row, known: Outline) -> str:
    """A partner's status on the day in sentences, from its agreements known by then."""
    text = f"{status['definition']}. "
    text += f"{counted(known.agreements, 'agreement')} known by this day: "
    text += f"{_by_status(known.statuses)}."
    if known.lapsed and status["lapsed"] and status["status"] != "terminated":
        last = known.lapsed
        text += (
            f" Lapsed: the last period with an end ran out {words.when(last['window_end'])} "
            f"({words.listed(last['title'], words.prolonged(last))}), "
            "and sources know of no later one."
        )
    return text


def _by_status(numbers: Mapping[str, int]) -> str:
    """How many agreements or partners have which status: ``2 terminated, 4 expired``."""
    return ", ".join(f"{number:,} {name.lower()}" for name, number in numbers.items())


def world_map(places: Places, filters: Filters) -> str:
    """One sentence for the map: the partners by their own status, and who is not on it."""
    unplaced = counted(places.unplaced, "partner")
    without = f" {unplaced} without coordinates in the table only." if places.unplaced else ""
    day = day_in_words(filters.as_of)
    return f"{partners_in_countries(places)} on {day}: {_by_status(places.statuses)}.{without}"


def partners_in_countries(places: Places) -> str:
    """``124 partners in 71 countries``."""
    countries = counted(places.countries, "country", "countries")
    return f"{counted(places.partners, 'partner')} in {countries}"


def side_by_side(known: Outline, status: Row) -> str:
    """A partner in a comparison: its agreements by status, its first tie, whether it has lapsed."""
    text = f"{counted(known.agreements, 'agreement')}: {_by_status(known.statuses)}. "
    if known.first:
        text += f"First tie: {known.first['title']}, {words.dated(known.first)}."
    if known.lapsed and status["lapsed"] and status["status"] != "terminated":
        ran_out = f"ran out {words.when(known.lapsed['window_end'])}"
        said = words.listed(ran_out, words.prolonged(known.lapsed))
        text += f" Lapsed: the last period with an end {said}."
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


def partner_areas(named: Areas) -> str:
    """One sentence on the areas of one partner."""
    counts = named.counts.groupby("area")["agreements"].sum()
    most = counts.sort_values(ascending=False, kind="stable").head(3)
    top = ", ".join(f"{str(area).lower()} ({count:,})" for area, count in most.items())
    agreements = counted(named.agreements, "agreement")
    return f"{counted(len(counts), 'area')} in {agreements}; named by most: {top}."


def sources(sources: pd.DataFrame) -> str:
    """One sentence on the sources of one partner: how many, in which languages."""
    languages = sources["language"].value_counts()
    listed = ", ".join(f"{count:,} in {language}" for language, count in languages.items())
    return f"{counted(len(sources), 'source')}: {listed}."


def years(counts: pd.DataFrame) -> str:
    """One sentence on the years in which sources were published; of ``queries.sources.by_year``."""
    totals = counts.assign(all=counts["own"] + counts["repeated"])
    dated, undated = totals[totals["year"].notna()], totals[totals["year"].isna()]["all"].sum()
    without = f"{counted(int(undated), 'source')} without a date on record"
    if dated.empty:
        return f"{without}."
    most = dated[dated["all"] > 0].sort_values(["all", "year"], ascending=False).head(3)
    listed = words.joined([f"{row.year} ({row.all:,})" for row in most.itertuples()])
    first, last = dated["year"].iloc[0], dated["year"].iloc[-1]
    span = f"of {first}" if first == last else f"from {first} to {last}"
    number = counted(int(dated["all"].sum()), "dated source")
    return f"{number} {span}, most from {listed}; {without}."


def languages(counts: pd.DataFrame) -> str:
    """One sentence on the languages of the sources; of ``queries.sources.by_language``."""
    totals = counts["own"] + counts["repeated"]
    listed = words.joined(
        [
            f"{name} ({number:,})"
            for name, number in zip(counts["language_name"].head(3), totals.head(3), strict=True)
        ]
    )
    return (
        f"{counted(len(counts), 'language')}, most sources in {listed}; "
        f"{int(counts['repeated'].sum()):,} of {counted(int(totals.sum()), 'source')} "
        "repeat another publisher's text."
    )


def disputes(found: Disputes) -> str:
    """One sentence on where sources disagree."""
    if not found.fields:
        return "On the records shown, sources disagree nowhere."
    fields, records = counted(found.fields, "field"), counted(found.records, "record")
    return f"Sources disagree on {fields} of {records}."


def witnesses(found: Witnesses) -> str:
    """One sentence on what rests on one source."""
    values = counted(sum(found.values.values()), "chosen value")
    return (
        f"{sum(found.single.values()):,} of {values} rest on one independent source; "
        f"{found.alone:,} of {counted(found.agreements, 'agreement')} are known from one alone."
    )


def changes(agreements: pd.DataFrame, before: str, current: str) -> str:
    """One sentence on what changed between versions; ``agreements`` as in ``queries.versions``."""
    if agreements.empty:
        return f"From version {before} to {current} no agreement was added, removed or changed."
    records = agreements.drop_duplicates("agreement_id").groupby("change").size()
    listed = [
        f"{counted(int(records.get(change, 0)), 'agreement')} {change}"
        for change in ("added", "removed", "changed")
    ]
    return f"From version {before} to {current}: {words.joined(listed)}."
