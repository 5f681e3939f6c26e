"""Which agreements and events fit the filters: conditions, and the values that they take."""

from collections.abc import Iterable, Sequence

from register.codes import STATUS_ROWS
from register.filters import IN_FORCE, Filters, search_in
from register.text import fold_words


def searched(q: str) -> tuple[str, dict[str, object]]:
    """The condition on an agreement's number that it holds all words of a search, and its values.

    No agreement holds them where there are none.
    """
    found = sorted(set(fold_words(search_in(q))))
    words = {f"word_{place}": word for place, word in enumerate(found)}
    if not words:
        return "false", {}
    # A bit for each word: of an agreement the one text holds this, the other that.
    held = " + ".join(
        f"contains(form, ${name})::HUGEINT * {2**place}" for place, name in enumerate(words)
    )
    fitting = f"""number IN (
    SELECT number
    FROM (
        SELECT unnest(agreements) AS number, held
        FROM (SELECT agreements, {held} AS held FROM agreement_search)
        WHERE held > 0
    )
    GROUP BY number
    HAVING bit_or(held) = {2 ** len(words) - 1}
)"""
    return fitting, dict(words)


_FITS = {
    "city": "list_contains($city, partner_id)",
    "country": "list_contains($country, country_code)",
    "region": """country_code IN (
        SELECT country_code FROM region_countries WHERE list_contains($region, region_id))""",
    "instrument": "list_contains($instrument, instrument)",
    "party": "list_contains($party, moscow_party)",
    "status": "(list_contains($status, status) OR in_force AND $in_force)",
    # Of a range of years: what begins by its end and has not ended before its begin.
    "from_year": "coalesce(year(ends_on), 9999) >= $from_year "
    "AND coalesce(begins_on, announced_from) IS NOT NULL",
    "to_year": "year(coalesce(begins_on, announced_from)) <= $to_year",
    # What is signed after the day is not signed.
    "signed_from": "year(counts_from) >= $signed_from AND counts_from <= $as_of",
    "signed_to": "year(counts_from) <= $signed_to AND counts_from <= $as_of",
}
"""What each filter lets through, but for areas and the search.

One that is not used is not in the query at all.
"""

_HAPPENED = {
    "event": "list_contains($event, event)",
    "actor": "list_contains($actor, actor)",
    # As everywhere, a partial date counts from the last day of its period.
    "first_happened": "date_last >= $first_happened",
    "last_happened": "date_last <= $last_happened",
}
"""The same for what happened."""

_CONCERNED = """agreement_id IN (SELECT agreement_id FROM ({happened}))
    OR partner_id IN (SELECT partner_id FROM ({happened}) WHERE agreement_id IS NULL)"""


_KNOWN = (
    f"status_position <> {next(position for code, position, *_ in STATUS_ROWS if code == 'future')}"
)
"""By a number: to compare a million words takes longer than to read them."""


def _naming(areas: Sequence[str]) -> tuple[str, dict[str, object]]:
    """The condition that an agreement names one of the areas, and its values.

    One after another: to look for all at once takes a million agreements three times as long.
    """
    values = {f"area_{place}": area for place, area in enumerate(areas)}
    return " OR ".join(f"list_contains(area_ids, ${name})" for name in values), dict(values)


def happenings(filters: Filters) -> tuple[str, dict[str, object]]:
    """The events by the day that the filters choose, and the values of these."""
    used = _used(filters, _HAPPENED)
    # What no source dates is known on every day.
    conditions = ["coalesce(date_last <= $as_of, true)", *(_HAPPENED[name] for name in used)]
    return f"FROM event_details WHERE {' AND '.join(conditions)}", used


def agreements(filters: Filters, happened: str) -> tuple[str, str, dict[str, object]]:
    """Which of ``agreements_on_day`` are known, which of these fit the filters, and their values.

    The second condition is empty where nothing is chosen.
    """
    used = _used(filters, _FITS)
    conditions = [_FITS[name] for name in used]
    if filters.area:
        names, areas = _naming(filters.area)
        conditions.append(names)
        used |= areas
    if filters.among_events:
        conditions.append(_CONCERNED.format(happened=happened))
        used |= _used(filters, _HAPPENED)
    if filters.q:
        holds, words = searched(filters.q)
        conditions.append(holds)
        used |= words
    if filters.status:
        used["in_force"] = IN_FORCE in filters.status
    # What was not yet known on the day is left out unless asked for.
    known = "true" if filters.status else _KNOWN
    return known, " AND ".join(f"({condition})" for condition in conditions), used


def _used(filters: Filters, known: Iterable[str]) -> dict[str, object]:
    """The values of those filters that restrict."""
    values = {name: getattr(filters, name) for name in known}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value not in ((), None, "")
    }
