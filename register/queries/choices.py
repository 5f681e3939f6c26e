"""Lists to choose from that may be too long to be sent whole: what fits a search, the best first.

Two of one name are told apart by their ids, as in all lists (``words.told_apart``).
"""

from typing import NamedTuple

from register.queries import Cursor
from register.queries.fitting import searched
from register.queries.register import options
from register.text import fold, fold_words

MOST = 500
"""Up to so many choices a list is sent whole; a longer one is searched here."""

OFFERED = 50
"""So many of a longer list are offered at a time."""


_OF_PARTNER = "FROM agreements JOIN partners USING (partner_id)"
_VALUES = {
    "city": "SELECT partner_id AS value FROM agreements",
    "country": f"SELECT country_code AS value {_OF_PARTNER}",
    "region": f"SELECT region_id AS value {_OF_PARTNER} JOIN region_countries USING (country_code)",
    "area": "SELECT DISTINCT area_id AS value, agreement_id FROM agreement_areas",
    "instrument": "SELECT instrument AS value FROM agreements",
    "party": "SELECT moscow_party AS value FROM agreements",
}
"""A row for each agreement that a value of a filter stands for."""


def numbers(cursor: Cursor, name: str) -> dict[str, int]:
    """How many agreements of the register each value of a filter stands for, whatever the day.

    None of a filter whose values depend on it.
    """
    if name not in _VALUES:
        return {}
    counts = f"SELECT value, count(*) FROM ({_VALUES[name]}) GROUP BY ALL"
    return dict(cursor.execute(counts).fetchall())


def labels(cursor: Cursor, name: str) -> dict[str, str]:
    """What a reader sees of each value of a filter: its name, and how many agreements it has."""
    of_each = numbers(cursor, name)
    return {
        value: numbered(text, of_each.get(value))
        for value, text in options(cursor).of(name).items()
    }


def numbered(name: str, number: int | None) -> str:
    """A name, and how many agreements of the register it stands for."""
    return name if number is None else f"{name} ({number})"


class Offer(NamedTuple):
    """What is offered of a long list.

    Attributes:
        labels: what can be chosen, the best first, with what a reader sees of it.
        fitting: how many fit what was searched for, whether or not they are offered.
    """

    labels: dict[str, str]
    fitting: int


_FITTING_PARTNERS = """
WITH fitting AS (
    SELECT partner_id, bool_or(starts_with(form, $asked)) AS begins
    FROM search_names
    WHERE partner_id IS NOT NULL
        AND coalesce(list_bool_and([contains(form, word) FOR word IN $words::VARCHAR[]]), true)
    GROUP BY partner_id
),
numbers AS (SELECT partner_id, count(*) AS agreements FROM agreements GROUP BY partner_id),
offered AS (
    SELECT partner_id, begins, coalesce(agreements, 0) AS agreements
    FROM fitting LEFT JOIN numbers USING (partner_id)
    ORDER BY begins DESC, agreements DESC, partner_id
    LIMIT $most
)
"""

_NAMED = """
, named AS (
    SELECT partner_id,
        name || CASE WHEN count(*) OVER (PARTITION BY name) > 1 THEN ' (' || partner_id || ')'
            ELSE '' END AS name
    FROM partners
)
"""


def partners(cursor: Cursor, q: str, chosen: tuple[str, ...] = ()) -> Offer:
    """The partners one of whose names holds all words of the search, and what is chosen already.

    What begins with it comes first, then those with the most agreements; without a search all fit.
    """
    values = {"asked": fold(q), "words": fold_words(q), "most": OFFERED}
    rows = cursor.execute(
        f"""{_FITTING_PARTNERS} {_NAMED}
SELECT partner_id, name, numbers.agreements
FROM named
LEFT JOIN numbers USING (partner_id)
LEFT JOIN offered USING (partner_id)
WHERE offered.partner_id IS NOT NULL OR list_contains($chosen, partner_id)
ORDER BY list_position($chosen, partner_id) NULLS LAST, begins DESC, numbers.agreements DESC
    NULLS LAST, strip_accents(name), partner_id
""",
        values | {"chosen": list(chosen)},
    ).fetchall()
    ((fitting,),) = cursor.execute(
        f"{_FITTING_PARTNERS} SELECT count(*) FROM fitting", values
    ).fetchall()
    return Offer({partner_id: numbered(name, number) for partner_id, name, number in rows}, fitting)


def agreements(cursor: Cursor, q: str, partner_id: str | None = None) -> Offer:
    """The agreements that hold all words of the search, by partner and begin; see ``partners``.

    Args:
        partner_id: those of one partner alone.
    """
    holds, values = searched(q) if fold_words(q) else ("true", {})
    if partner_id is not None:
        holds, values = f"partner_id = $partner AND {holds}", values | {"partner": partner_id}
    fitting = f"FROM agreement_details WHERE {holds}"
    rows = cursor.execute(
        f"""
SELECT agreement_id, partner || ': ' || title {fitting}
ORDER BY strip_accents(partner), begins_on NULLS LAST, agreement_id
LIMIT $most
""",
        values | {"most": OFFERED},
    ).fetchall()
    ((number,),) = cursor.execute(f"SELECT count(*) {fitting}", values).fetchall()
    return Offer(dict(rows), number)


def number_of_agreements(cursor: Cursor, partner_id: str | None = None) -> int:
    """How many agreements the register has, or one partner in it."""
    return _count(
        cursor,
        "agreements WHERE $partner IS NULL OR partner_id = $partner",
        {"partner": partner_id},
    )


def number_of_partners(cursor: Cursor) -> int:
    """How many partners the register has, also without agreements."""
    return _count(cursor, "partners", {})


def _count(cursor: Cursor, rows: str, values: dict[str, str | None]) -> int:
    return int(cursor.execute(f"SELECT count(*) FROM {rows}", values).fetchall()[0][0])


def languages(cursor: Cursor) -> tuple[str, ...]:
    """The codes of the languages of the sources."""
    found = cursor.execute("SELECT DISTINCT language FROM sources ORDER BY ALL").fetchall()
    return tuple(language for (language,) in found)
