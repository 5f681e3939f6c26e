"""Lists of events: the latest first, with what they concern and who says so."""

from dataclasses import replace
from datetime import date

import duckdb

from register.filters import Filters
from register.frames import rows
from register.queries import events
from tests.conftest import Connect, Register
from tests.dashboard.conftest import DAY

Cursor = duckdb.DuckDBPyConnection
ALL = Filters(as_of=DAY)
REAL = Filters(as_of=date(2026, 11, 26))


def test_the_latest_comes_first_with_what_it_concerns(cursor: Cursor) -> None:
    found = events.events(cursor, ALL).fillna({"title": "", "agreement_id": ""})
    said = found[["event_name", "date", "partner", "country", "agreement_id"]].values.tolist()

    assert said == [
        ["Suspended", "2021-12-01", "Istanbul", "Türkiye", "istanbul-2010"],
        ["Terminated", "2021-06-15", "Ānhuī", "China", "anhui-2018"],
        ["Renewed", "2019-05", "Tehran", "Iran", ""],
        ["Announced", "2004-03-10", "Tehran", "Iran", "tehran-2004"],
    ]
    # An event of a whole partnership concerns no one agreement.
    programme = "Programme of cooperation"
    assert list(found["title"]) == [programme, programme, "", programme]


def test_an_event_says_who_acted_and_who_says_so(connect: Connect) -> None:
    register = Register()
    register.source("news", publisher="News", url="https://news.example/1")
    register.agreement(signed_on="2019-09-10")
    event = register.event("suspended", "2021", actor="partner")
    register.statement(event, "actor", "partner", "news")
    register.event("announced", agreement_id="programme")
    suspended, announced = rows(events.events(connect(register), ALL))

    assert (suspended["actor"], suspended["actor_name"]) == ("partner", "Partner")
    assert (suspended["sources"], suspended["publishers"]) == (2, "City of Ljubljana; News")
    assert "https://news.example/1" in suspended["source_urls"]
    # What no source dates or ascribes comes last and says neither.
    assert (announced["date"], announced["actor_name"], announced["sources"]) == (None, None, 1)


def test_events_by_year_and_kind(connect: Connect) -> None:
    register = Register()
    register.agreement(signed_on="2019-09-10")
    register.event("resumed", "2021-06-01")
    register.event("suspended", "2021")
    register.event("suspended", "2020-03", agreement_id="programme")
    register.event("announced", agreement_id="programme")
    register.event("terminated", "2022-03")
    found = [list(row.values()) for row in rows(events.by_year(connect(register), ALL))]

    # Of the order of the list of kinds; March 2022 is not over.
    assert found == [
        [2020, "suspended", "Suspended", 1],
        [2021, "suspended", "Suspended", 1],
        [2021, "resumed", "Resumed", 1],
        [None, "announced", "Announced", 1],
    ]


def test_the_years_of_the_events_add_up_to_the_events(real: Cursor) -> None:
    for filters in (REAL, replace(REAL, event=("suspended",), happened_from="2022-02")):
        found = events.events(real, filters)
        assert len(found) == events.by_year(real, filters)["events"].sum() > 0
        assert found["event_id"].is_unique
        assert (found["sources"] > 0).all()
