"""What a proposal would make of the pages of one partner's records."""

from collections.abc import Iterable
from functools import lru_cache

import duckdb

from dashboard.curating.checking import KEPT, Check, turn
from etl.frames import Frames, encoded, extract
from etl.load import fill
from etl.transform import transform
from register.declaration import Table
from register.schema import (
    AGREEMENT_AREAS,
    AGREEMENTS,
    EVENTS_TABLE,
    PARTNER_NAMES,
    PARTNERS,
    SOURCES,
    STATEMENTS,
    WITHDRAWN,
)
from register.tables import create, derive


def preview(found: Check, partner: str) -> duckdb.DuckDBPyConnection:
    """What a proposal makes of one partner's records, in memory, for all queries of the register.

    Args:
        found: has a plan.
    """
    with turn:
        return _preview(found, partner).cursor()


@lru_cache(KEPT)
def _preview(found: Check, partner: str) -> duckdb.DuckDBPyConnection:
    assert found.plan is not None
    frames = _of_partner(extract(found.plan.files)[0], partner)
    connection = duckdb.connect()
    for made in transform(encoded(frames), found.plan.files.version):
        create(connection, made[0], described=False)
        fill(connection, made)
    derive(connection)
    return connection


def _of_partner(frames: Frames, partner: str) -> Frames:
    """The rows that the pages of one partner's records rest on."""
    found = dict(frames)

    def keep(table: Table, column: str, values: Iterable[str]) -> None:
        frame = found[table.name]
        found[table.name] = frame[frame[column].isin(set(values))]

    city = frames[PARTNERS.name].set_index("partner_id")["within"].dropna().get(partner, partner)
    keep(PARTNERS, "partner_id", [partner, str(city)])
    for table in (PARTNER_NAMES, AGREEMENTS, EVENTS_TABLE):
        keep(table, "partner_id", [partner])
    keep(AGREEMENT_AREAS, "agreement_id", found[AGREEMENTS.name]["agreement_id"])
    records = [*found[AGREEMENTS.name]["agreement_id"], *found[EVENTS_TABLE.name]["event_id"]]
    keep(STATEMENTS, "record_id", records)
    cited = [*found[STATEMENTS.name]["source_id"], *found[AGREEMENT_AREAS.name]["source_id"]]
    keep(SOURCES, "source_id", cited)
    keep(WITHDRAWN, "id", ())
    return found
