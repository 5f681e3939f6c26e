"""What other lists name: the partner that is meant, and one finding for it."""

from collections.abc import Iterator

from etl.columns import Cells, Rows, Tables
from register.problems import Problem
from register.schema import LIST_MENTIONS

FINDING = ("partner_id", "looked_for_until", "outcome", "note")
"""What was found of a partner, whichever list names it."""


def mention_problems(tables: Tables) -> Iterator[Problem]:
    """What is wrong with the mentions of other lists; nothing while a table is absent."""
    if {LIST_MENTIONS.name, "partners"} <= tables.keys():
        yield from _country_problems(tables[LIST_MENTIONS.name], tables["partners"])
        yield from _finding_problems(tables[LIST_MENTIONS.name])


def _country_problems(mentions: Rows, partners: Rows) -> Iterator[Problem]:
    """The partner that is meant lies in the country of the mention."""
    meant = partners.where(partners["partner_id"].is_in(mentions["partner_id"]))
    countries = {row["partner_id"]: row["country_code"] for _, row in meant}
    for line, row in mentions:
        country = countries.get(row["partner_id"])
        if country is not None and row["country_code"] not in (None, country):
            rule = f"is not the country of {row['partner_id']} ({country})"
            yield _problem(line, row, "country_code", rule, "correct it, or the partner_id")


def _finding_problems(mentions: Rows) -> Iterator[Problem]:
    """All mentions of one name in one country say the same of what was found."""
    first: dict[tuple[str | None, ...], tuple[int, Cells]] = {}
    for line, row in mentions:
        first_line, told = first.setdefault((row["partner"], row["country_code"]), (line, row))
        for column in FINDING:
            if row[column] != told[column]:
                rule = f"differs from line {first_line} ({told[column] or 'empty'})"
                mend = "one partner has one finding: say the same for each list"
                yield _problem(line, row, column, rule, mend)


def _problem(line: int, row: Cells, column: str, rule: str, mend: str) -> Problem:
    return Problem(LIST_MENTIONS.file, line, column, row[column] or "", rule, mend)
