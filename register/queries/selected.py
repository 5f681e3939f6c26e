"""The agreements that the filters select, and what follows from them."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from register.codes import STATUS_ROWS
from register.days import JUDGED
from register.filters import IN_FORCE, Filters, search_in
from register.queries import Cursor, DayCursor
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
    "area": "list_has_any($area, area_ids)",
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
"""What each filter but the search lets through; one that is not used is not in the query at all."""

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


def selection(cursor: Cursor, filters: Filters) -> tuple[str, dict[str, object]]:
    """What the filters select: events by the as-of day, and agreements with their status on it.

    It is selected once for a published version, as long as it is kept (register/days.py).

    Returns:
        The clause ``WITH happened AS (...), told AS (...), ...`` and the values that it takes; what
        follows it on this cursor finds ``selected`` too, ``judged``, the same with the few columns
        that suffice to count and to order, and ``numbers`` alone: far sooner read. An event of
        ``happened`` need not concern an agreement of ``selected``, one that is ``told`` does;
        ``cited`` are the rows of ``record_sources`` of what is selected or told, ``supporting``
        those of ``source_details``.
    """
    happened, of_events = _happened(filters)
    known, fitting, of_agreements = _where(filters, happened)
    day = {"as_of": filters.as_of, "horizon": filters.horizon}
    clause = f"WITH happened AS ({happened})"
    if isinstance(cursor, DayCursor):
        cursor.select(known, fitting, of_agreements | day)
    else:
        on_day = "agreements_on_day($as_of, horizon_days := $horizon)"
        where = f"{known} AND {fitting}" if fitting else known
        clause += f", selected AS (FROM {on_day} WHERE {where})"
        clause += f", judged AS (SELECT {JUDGED} FROM selected)"
        clause += ", numbers AS (SELECT number FROM selected)"
    clause += f", told AS ({_told(filters)}), {_evidence(filters)}"
    return f"{clause}\n", of_events | of_agreements | day


_KNOWN = "coalesce(known_from <= $as_of, true)"


def _told(filters: Filters) -> str:
    """What happened to the selected agreements or to their whole partnerships."""
    if not filters.among_agreements:
        return f"FROM happened WHERE {_KNOWN}"
    return """FROM happened SEMI JOIN numbers USING (number)
    UNION ALL FROM happened SEMI JOIN (
        SELECT partner_id FROM partner_details SEMI JOIN judged USING (partner_number)
    ) USING (partner_id) WHERE number IS NULL"""


def _evidence(filters: Filters) -> str:
    """Which sources support what is selected and told, record by record and each once."""
    if not filters.restricting:
        return f"""cited AS NOT MATERIALIZED (FROM record_sources WHERE {_KNOWN}),
    supporting AS (FROM source_details WHERE {_KNOWN})"""
    return """cited AS NOT MATERIALIZED (
        FROM record_sources SEMI JOIN numbers USING (number)
        UNION ALL FROM record_sources SEMI JOIN told ON event_id = record_id
    ),
    supporting AS (FROM source_details WHERE place IN (
        SELECT place FROM record_sources SEMI JOIN numbers USING (number)
        UNION ALL SELECT unnest(evidence.sources) FROM told
    ))"""


def without_status(filters: Filters) -> str:
    """The selected agreements for what asks for no status: where all are selected, found sooner."""
    return "selected" if filters.restricting else f"(FROM agreement_details WHERE {_KNOWN})"


def _happened(filters: Filters) -> tuple[str, dict[str, object]]:
    """The events by the day that the filters choose, and the values of these."""
    used = _used(filters, _HAPPENED)
    # What no source dates is known on every day.
    conditions = ["coalesce(date_last <= $as_of, true)", *(_HAPPENED[name] for name in used)]
    return f"FROM event_details WHERE {' AND '.join(conditions)}", used


def _where(filters: Filters, happened: str) -> tuple[str, str, dict[str, object]]:
    """Which of ``agreements_on_day`` are known, which of these fit the filters, and their values.

    The second condition is empty where nothing is chosen.
    """
    used = _used(filters, _FITS)
    conditions = [_FITS[name] for name in used]
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
    known = "true" if filters.status else "status <> 'future'"
    return known, " AND ".join(f"({condition})" for condition in conditions), used


def _used(filters: Filters, known: Iterable[str]) -> dict[str, object]:
    """The values of those filters that restrict."""
    values = {name: getattr(filters, name) for name in known}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value not in ((), None, "")
    }


def rows(cursor: Cursor, query: str, filters: Filters, **more: object) -> pd.DataFrame:
    """Run ``query`` on the selected agreements: it begins after ``selection``."""
    clause, values = selection(cursor, filters)
    return cursor.execute(clause + query, values | more).df()


ROW = """* EXCLUDE (
    number, partner_number, term_length, area_ids, area_places, evidence, known_from, partner_place
)"""
"""The columns of an agreement as a reader sees it."""

BY_PARTNER = "partner_place, begins_on NULLS LAST, number"

AGREEMENTS = f"SELECT {ROW} FROM selected ORDER BY {BY_PARTNER}"

AGREEMENTS_PAGE = f"""
, shown AS MATERIALIZED (
    SELECT number FROM judged ORDER BY {BY_PARTNER} LIMIT $limit OFFSET $offset
)
SELECT {ROW}, partner_place, number FROM shown JOIN selected USING (number)
"""
"""So many of them: few are found by what orders them before all of each is looked up."""


def agreements(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """The selected agreements, a row each, ordered by partner and begin.

    Dates of the sources are EDTF text; ``begins_on`` and ``ends_on`` are days of the computed
    window; ``prolonged`` says whether it was extended or renewed by the day, ``prolonged_to`` to
    which end; ``areas`` are names joined by ``; ``; ``sources`` and ``disputed`` count sources and
    disputed fields.
    """
    return rows(cursor, AGREEMENTS, filters)


def ids(cursor: Cursor, filters: Filters) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of the selected agreements and of their partners.

    Also of agreements of which nothing is known by the day, unless statuses are asked for: they are
    in the register all the same.
    """
    if not filters.status:
        filters = replace(filters, status=tuple(str(status) for status, *_ in STATUS_ROWS))
    clause, values = selection(cursor, filters)
    found = cursor.execute(
        f"{clause} SELECT agreement_id, partner_id FROM selected", values
    ).fetchall()
    return frozenset(row[0] for row in found), frozenset(row[1] for row in found)


EVENTS = """
SELECT event_id, event, event_name, date, date_last, valid_to, actor, agreement_id, partner_id,
    partner, note
FROM told
ORDER BY date_last NULLS LAST, event_id
"""


def events(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """What happened by the as-of day to the selected agreements or to their whole partnerships.

    By date; what no source dates is known on every day and comes last.
    Columns: event_id, event, event_name, date (EDTF), date_last, valid_to, actor, agreement_id
    (NULL: the whole partnership), partner_id, partner, note.
    """
    return rows(cursor, EVENTS, filters)


STATUS_COUNTS = """
SELECT status, name AS status_name, position AS status_position,
    sum(agreements)::BIGINT AS agreements, count(*) AS partners
FROM (
    SELECT status_position AS position, partner_number, count(*) AS agreements
    FROM judged
    GROUP BY ALL
)
JOIN statuses USING (position)
GROUP BY status, name, position
"""
"""How many selected agreements, with how many partners, have which status."""


def status_counts(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """Agreements and partners of each status that occurs.

    Columns: status, status_name, agreements, partners.
    """
    return rows(
        cursor,
        f"""
SELECT status, status_name, agreements, partners
FROM ({STATUS_COUNTS})
ORDER BY status_position
""",
        filters,
    )


LAPSED = """
SELECT l.partner_id, a.partner, a.country, l.lapsed_on, last.window_end, last.end_approximate,
    a.title, a.agreement_id, kinds.name AS event_name, e.actor,
    prolonging.event AS prolonged, prolonging.valid_to AS prolonged_to
FROM partner_status($as_of, horizon_days := $horizon) AS l
SEMI JOIN selected USING (partner_id)
JOIN agreement_details AS a ON a.agreement_id = l.lapsed_agreement
JOIN states_on_day($as_of, horizon_days := $horizon) AS last ON last.number = a.number
LEFT JOIN events AS e ON e.event_id = last.deciding_event
LEFT JOIN events AS prolonging ON prolonging.event_id = last.prolonging_event
LEFT JOIN codes AS kinds ON kinds.table_name = 'events' AND kinds.column_name = 'event'
    AND kinds.code = e.event
WHERE l.lapsed
"""


def lapsed(cursor: Cursor, filters: Filters) -> pd.DataFrame:
    """Partners of the selection whose last dated window ended without a successor by the day.

    A partner's own status looks at all its agreements, also those that the filters leave out.
    Columns: partner_id, partner, country, lapsed_on, window_end (EDTF), end_approximate, title,
    agreement_id, event_name and actor (of the event that ended it; NULL: its window ran out),
    prolonged and prolonged_to (as ``agreements`` has them).
    """
    return rows(cursor, f"{LAPSED} ORDER BY l.lapsed_on DESC, a.partner, l.partner_id", filters)
