"""What each record rests on, as the database has it beside the record."""

from typing import Any

import duckdb

from register.filters import Filters
from register.frames import rows
from register.queries import register as queries
from register.queries import sources
from register.schema import AGREEMENTS, EVENTS_TABLE, UNSTATEABLE
from tests.conftest import Connect, Register
from tests.dashboard.conftest import DAY

ALL = Filters(as_of=DAY)


def test_a_page_that_repeats_a_text_is_no_second_voice(connect: Connect) -> None:
    register = Register()
    register.source("copy", publisher="News", origin="City of Ljubljana", published_on="2020-02")
    register.source("other", publisher="Moscow", published_on="2019")
    register.agreement(signed_on="2019-09-10", signed_in="Ljubljana")
    register.statement("programme", "signed_on", "2019-09-10", "copy")
    register.statement("programme", "signed_in", "Ljubljana", "other")
    connection = connect(register)
    evidence = _evidence(connection, "agreement_details")

    assert "signed_on" in evidence["on_one"]
    assert "signed_in" in evidence["fields"]
    assert "signed_in" not in evidence["on_one"]
    assert evidence["voices"] == 2
    assert (evidence["newest"], str(evidence["newest_last"])) == ("2020-02", "2020-02-29")
    assert _named(connection, evidence["sources"]) == {"city-hall", "copy", "other"}
    assert queries.newest_source_of(connection, ALL) == "2020-02"


def test_a_value_that_the_register_did_not_choose_is_not_counted(connect: Connect) -> None:
    register = Register()
    register.source("other", publisher="Moscow")
    register.agreement(signed_on="2019-09-10")
    register.statement("programme", "signed_on", "2018-01-01", "other")
    connection = connect(register)

    assert "signed_on" in _evidence(connection, "agreement_details")["on_one"]
    (disputed,) = rows(sources.disagreements(connection, ALL).drop_duplicates("field"))
    assert disputed["field"] == "signed_on"
    assert connection.execute("SELECT statements FROM disagreements").fetchall() == [(2,)]


def test_each_field_on_which_a_source_can_make_a_statement_is_looked_at(
    real: duckdb.DuckDBPyConnection,
) -> None:
    for table, details in ((AGREEMENTS, "agreement_details"), (EVENTS_TABLE, "event_details")):
        (key,) = table.key
        for name in (field.name for field in table if field.name not in UNSTATEABLE):
            differing = real.execute(
                f"""
SELECT r.{key}
FROM {table.name} AS r JOIN {details} AS d USING ({key})
WHERE list_contains(evidence.fields, $name) <> (
    (r.{key}, r.{name}) IN (SELECT (record_id, value) FROM statements WHERE field = $name)
    AND r.{name} IS NOT NULL
)
""",
                {"name": name},
            ).fetchall()
            assert differing == [], name


def _evidence(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, Any]:
    ((evidence,),) = connection.execute(f"SELECT evidence FROM {table}").fetchall()
    return dict(evidence)


def _named(connection: duckdb.DuckDBPyConnection, places: list[int]) -> set[str]:
    found = connection.execute(
        "SELECT source_id FROM sources WHERE list_contains($places, rowid)", {"places": places}
    ).fetchall()
    return {source_id for (source_id,) in found}
