"""The agreements that the filters select, and what follows from them."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from register.codes import STATUS_ROWS
from register.days import JUDGED
from register.filters import Filters
from register.queries import Cursor, DayCursor, fitting


def asking(
    cursor: Cursor, query: str, filters: Filters, *, as_rows: bool = True
) -> tuple[str, dict[str, object]]:
    """A query on what the filters select: events by the day, and agreements with their status.

    What it names of this stands before it or is found on this cursor; the rest would take time to
    be planned. It is selected once for a published version, as long as it is kept
    (register/days.py).

    Args:
        query: begins with ``SELECT``, ``FROM`` or a comma and common table expressions of its own.
            It finds ``selected``, ``judged``, the same with the few columns that suffice to count
            and to order, and ``numbers``, theirs and their partners' alone: far sooner read. So is
            ``unjudged``, the same without what follows from the day. An event of ``happened`` need
            not concern an agreement of ``selected``, one that is ``told`` does; ``cited`` are the
            rows of ``record_sources`` of what is selected or told, ``supporting`` those of
            ``source_details``.
        as_rows: more will be asked of the same agreements.

    Returns:
        The query, and the values that it takes.
    """
    happened, of_events = fitting.happenings(filters)
    known, fits, of_agreements = fitting.agreements(filters, happened)
    day = {"as_of": filters.as_of, "horizon": filters.horizon}
    later = {"unjudged": _unjudged(filters), "told": _told(filters)} | _evidence(filters)
    named = _named(query, later)
    if not isinstance(cursor, DayCursor):
        on_day = "agreements_on_day($as_of, horizon_days := $horizon)"
        parts = {
            "selected": f"FROM {on_day} WHERE {known}" + (f" AND {fits}" if fits else ""),
            "judged": f"SELECT {JUDGED} FROM selected",
            "numbers": "SELECT number, partner_number FROM selected",
        }
    elif named.isdisjoint(("selected", "judged", "numbers")):
        parts = {}
    else:
        as_rows = as_rows and "selected" in named
        parts = cursor.select(known, fits, of_agreements | day, as_rows=as_rows)
    parts = {"happened": happened} | parts | later
    named = _named(query, parts)
    before = [f"{name} AS {_HOW[name]}({parts[name]})" for name in parts if name in named]
    asked = _put(before, query.strip())
    taken = set(_PARAMETER.findall(asked))
    values = of_events | of_agreements | day
    return asked, {name: value for name, value in values.items() if name in taken}


_NAME, _PARAMETER = re.compile(r"\b[a-z]+\b"), re.compile(r"\$(\w+)")
_HOW = defaultdict(str, happened="NOT MATERIALIZED ", cited="NOT MATERIALIZED ")
"""Of these each mention needs few rows."""


def _named(query: str, parts: Mapping[str, str]) -> set[str]:
    """The words of a query, and of those parts that it names, each of which may name others."""
    named = set(_NAME.findall(query))
    for name in reversed(list(parts)):
        if name in named:
            named.update(_NAME.findall(parts[name]))
    return named


def _put(before: list[str], query: str) -> str:
    """The query behind what it names."""
    if query.startswith(","):
        return f"WITH {', '.join([*before, query[1:]])}"
    return f"WITH {', '.join(before)}\n{query}" if before else query


_KNOWN = "coalesce(known_from <= $as_of, true)"


def _unjudged(filters: Filters) -> str:
    """The selected agreements; where all are, they are found without a look at what each is."""
    return "FROM selected" if filters.restricting else f"FROM agreement_details WHERE {_KNOWN}"


def _told(filters: Filters) -> str:
    """What happened to the selected agreements or to their whole partnerships."""
    if not filters.among_agreements:
        return f"FROM happened WHERE {_KNOWN}"
    return """FROM happened SEMI JOIN numbers USING (number)
    UNION ALL FROM happened SEMI JOIN (
        SELECT partner_id FROM partner_details SEMI JOIN numbers USING (partner_number)
    ) USING (partner_id) WHERE number IS NULL"""


def _evidence(filters: Filters) -> dict[str, str]:
    """Which sources support what is selected and told, record by record and each once."""
    if not filters.restricting:
        cited, supporting = "FROM record_sources", "FROM source_details"
        return {"cited": f"{cited} WHERE {_KNOWN}", "supporting": f"{supporting} WHERE {_KNOWN}"}
    return {
        "cited": """FROM record_sources SEMI JOIN numbers USING (number)
    UNION ALL FROM record_sources SEMI JOIN told ON event_id = record_id WHERE number IS NULL""",
        # Were it written as what is cited, DuckDB would read both in one go, with all columns.
        "supporting": """FROM source_details WHERE place IN (
        SELECT place FROM record_sources JOIN numbers USING (number)
        UNION ALL SELECT unnest(evidence.sources) FROM told
    )""",
    }


def rows(cursor: Cursor, query: str, filters: Filters, **more: object) -> pd.DataFrame:
    """Run a query that ``asking`` takes, with more values."""
    asked, values = asking(cursor, query, filters)
    return cursor.execute(asked, values | more).df()


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
    found = cursor.execute(
        *asking(cursor, "SELECT agreement_id, partner_id FROM selected", filters)
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
