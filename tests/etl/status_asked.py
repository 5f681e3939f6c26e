"""What a register's files tell of statuses, and what its database answers, as the rules have it."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

import duckdb

from tests.etl.status_reference import Agreement, Edtf, Event, Found, Register, Standing, Term

Row = Mapping[str, str]

LENGTH = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")


def as_told(agreements: Iterable[Row], events: Iterable[Row]) -> Register:
    """The rows of a register's files, as the rules written anew have them."""
    return Register(
        [
            Agreement(
                row["agreement_id"],
                row["partner_id"],
                _date(row["signed_on"]),
                _date(row["reported_on"]),
                _date(row["valid_from"]),
                _date(row["valid_to"]),
                _term(row["term"]),
            )
            for row in agreements
        ],
        [
            Event(
                row["event"],
                _date(row["date"]),
                row["agreement_id"] or None,
                row["partner_id"],
                _date(row["valid_to"]),
                row["event_id"],
            )
            for row in events
        ],
    )


def _date(text: str) -> Edtf | None:
    return Edtf(text) if text else None


def _term(text: str) -> Term | None:
    match = LENGTH.fullmatch(text)
    if not text or not match:
        return None
    years, months, weeks, days = (int(count or 0) for count in match.groups())
    return Term(12 * years + months, 7 * weeks + days)


def found_on(
    connection: duckdb.DuckDBPyConnection, days: list[date], horizon: int = 180
) -> dict[tuple[date, str], Found]:
    """What the database says of every agreement on every day."""
    rows = connection.execute(
        f"SELECT on_day, agreement_id, {', '.join(Found._fields)} "
        "FROM (SELECT unnest(?) AS on_day) AS days, "
        "agreement_status(days.on_day, horizon_days := ?)",
        [days, horizon],
    ).fetchall()
    return {(day, agreement): Found(*found) for day, agreement, *found in rows}


def standings_on(
    connection: duckdb.DuckDBPyConnection, day: date, horizon: int = 180
) -> dict[str, Standing]:
    rows = connection.execute(
        f"SELECT partner_id, {', '.join(Standing._fields)} "
        "FROM partner_status(?, horizon_days := ?)",
        [day, horizon],
    ).fetchall()
    return {partner: Standing(*standing) for partner, *standing in rows}
