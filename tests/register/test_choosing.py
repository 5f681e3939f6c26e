"""What is chosen by signing and by what happened, in agreements and in lists of events."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import duckdb
import pytest

from etl.publish import build
from register.filters import Filters
from register.queries import happenings, overview, selected, sources
from register.queries.register import options
from tests.conftest import Connect, Register
from tests.dashboard.conftest import DAY

Cursor = duckdb.DuckDBPyConnection
ALL = Filters(as_of=DAY)
REAL = Filters(as_of=date(2026, 11, 26))


def found(cursor: Cursor, **chosen: object) -> set[str]:
    filters = replace(ALL, **chosen)  # type: ignore[arg-type]
    return set(selected.agreements(cursor, filters)["agreement_id"])


def events(cursor: Cursor, filters: Filters) -> list[str]:
    return list(selected.events(cursor, filters)["event_id"])


@pytest.fixture(scope="module")
def eventful(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cursor]:
    """Two agreements of one partner, one of another; ids of events say what each is about."""
    register = Register()
    register.partner("istanbul", name="Istanbul", country_code="TR")
    register.agreement("ljubljana-1", title="One", signed_on="2015-01-01")
    register.agreement("ljubljana-2", title="Two", signed_on="2016-01-01")
    register.agreement("istanbul-1", partner_id="istanbul", reported_on="2017-05", valid_to="2030")
    register.event("suspended", "2020", event_id="one", agreement_id="ljubljana-1", actor="partner")
    register.event("resumed", "2021-03", event_id="two", agreement_id="ljubljana-1", actor="both")
    register.event("renewed", "2021-06-15", event_id="whole", actor="moscow")
    register.event(
        "announced",
        event_id="undated",
        partner_id="istanbul",
        agreement_id="istanbul-1",
        actor="partner",
    )
    folder = tmp_path_factory.mktemp("eventful")
    with duckdb.connect(build(register.write(folder / "register"), folder)) as connection:
        yield connection


# --- signed ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (2015, 2019, {"ljubljana-2019", "tehran-2015", "anhui-2018"}),
        (None, 2010, {"beijing-1995", "istanbul-2010"}),
        (2020, 2020, {"istanbul-2020"}),
        # A signing of 2022 for 2023 is one of 2022.
        (2022, None, {"ljubljana-2022", "beijing-2022"}),
        (2023, None, set()),
    ],
)
def test_an_agreement_is_signed_in_the_year_from_which_it_counts(
    cursor: Cursor, first: int | None, last: int | None, expected: set[str]
) -> None:
    assert found(cursor, signed_from=first, signed_to=last) == expected


def test_what_is_only_announced_or_has_no_date_was_signed_in_no_year(cursor: Cursor) -> None:
    signed = found(cursor, signed_from=1) | found(cursor, signed_to=9999)

    assert found(cursor) - signed == {"tehran-2004", "anhui-letter"}


def test_the_years_to_choose_from_begin_with_the_first_signing(connect: Connect) -> None:
    register = Register()
    register.agreement(signed_on="2012-12-20", valid_from="2013", valid_to="2015")

    assert options(connect(register)).first_year == 2012


def test_a_signing_after_the_day_is_none_yet(cursor: Cursor) -> None:
    statuses = ("future", "announced")

    assert found(cursor, status=statuses, signed_from=2023) == set()
    assert found(cursor, as_of=date(2023, 7, 1), signed_from=2023) == {"istanbul-2023"}


def test_partners_say_when_they_first_and_last_signed_and_which_end_comes_last(
    cursor: Cursor,
) -> None:
    partners = overview.partners(cursor, ALL).set_index("partner_id")
    columns = [
        *("first_signed", "first_signed_basis", "latest_signed", "latest_signed_basis"),
        "latest_end",
    ]

    def said(partner_id: str) -> list[str]:
        return [partners[name].fillna("")[partner_id] for name in columns]

    assert said("ljubljana") == ["2019-09-10", "signed_on", "2022-01-15", "signed_on", "2024"]
    assert said("istanbul") == ["2010-03-03", "signed_on", "2020-05", "signed_on", "2022-06-30"]
    # An end of what has run out, begins later or is no more is none of those in force.
    assert said("beijing") == ["1995-05-16", "signed_on", "2022-02-01", "signed_on", ""]
    # A report is no signing, and what is announced is none at all.
    assert said("tehran") == ["2015-11-18", "reported_on", "2015-11-18", "reported_on", ""]


# --- what happened --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chosen", "agreements", "told"),
    [
        ({"event": ("suspended",)}, {"ljubljana-1"}, ["one"]),
        ({"event": ("suspended", "resumed")}, {"ljubljana-1"}, ["one", "two"]),
        # What happened to a whole partnership concerns all its agreements.
        ({"event": ("renewed",)}, {"ljubljana-1", "ljubljana-2"}, ["whole"]),
        ({"actor": ("partner",)}, {"ljubljana-1", "istanbul-1"}, ["one", "undated"]),
        # One event has to fit all.
        ({"event": ("suspended",), "actor": ("both",)}, set(), []),
        ({"event": ("suspended",), "happened_from": "2021"}, set(), []),
        # A partial date counts from the last day of its period.
        (
            {"happened_from": "2020-12-31", "happened_to": "2021-03"},
            {"ljubljana-1"},
            ["one", "two"],
        ),
        ({"happened_from": "2021-01-01", "happened_to": "2021-03-30"}, set(), []),
        ({"happened_to": "2020"}, {"ljubljana-1"}, ["one"]),
        ({"happened_from": "2021-06"}, {"ljubljana-1", "ljubljana-2"}, ["whole"]),
        ({"happened_from": "2021-06-16"}, set(), []),
        # What has no date is in no span.
        ({"event": ("announced",)}, {"istanbul-1"}, ["undated"]),
        ({"event": ("announced",), "happened_to": "2022"}, set(), []),
    ],
)
def test_what_happened(
    eventful: Cursor, chosen: dict[str, object], agreements: set[str], told: list[str]
) -> None:
    assert found(eventful, **chosen) == agreements
    assert events(eventful, replace(ALL, **chosen)) == told  # type: ignore[arg-type]


def test_what_happens_after_the_day_is_not_known(eventful: Cursor) -> None:
    day = date(2021, 3, 30)

    assert events(eventful, replace(ALL, as_of=day)) == ["one", "undated"]
    assert found(eventful, as_of=day, event=("resumed",)) == set()


def test_an_event_concerns_only_the_agreements_that_are_chosen_too(eventful: Cursor) -> None:
    assert found(eventful, event=("renewed",), signed_from=2016) == {"ljubljana-2"}
    assert events(eventful, replace(ALL, event=("suspended",), signed_from=2016)) == []


def test_a_feed_of_chosen_events_has_no_signings(eventful: Cursor) -> None:
    def told(**chosen: object) -> list[str]:
        filters = replace(ALL, **chosen)  # type: ignore[arg-type]
        frame, number = happenings.happenings(eventful, filters, 0, 100)
        assert number == len(frame)
        return list(frame["record_id"])

    assert told() == [
        *("whole", "two", "one", "istanbul-1", "ljubljana-2", "ljubljana-1", "undated"),
    ]
    assert told(actor=("partner",)) == ["one", "undated"]


def test_a_list_names_the_status_that_it_counts(cursor: Cursor) -> None:
    on_day = selected.agreements(cursor, ALL).set_index("agreement_id")
    of = ["ljubljana-2022", "istanbul-2020", "istanbul-2010", "ljubljana-2019"]

    # With the horizon of 180 days the second runs out in 121.
    assert list(on_day.loc[of, "status_name"]) == ["Active", "Expiring", "Suspended", "Expired"]
    assert list(on_day.loc[of, "in_force"]) == [True, True, False, False]


def test_the_sources_of_chosen_agreements_are_those_of_what_happened_to_them_too(
    register: Register, connect: Connect
) -> None:
    register.partner("graz", country_code="AT")
    for name in ("of-agreement", "of-event", "of-label", "of-another"):
        register.source(name, publisher=name, url=f"https://{name}.example/1")
    register.agreement(signed_on="2019-01-01")
    register.statement("programme", "signed_on", "2019-01-01", "of-agreement")
    register.label(source_id="of-label")
    register.event("suspended", "2020", event_id="pause", agreement_id="programme")
    register.statement("pause", "date", "2020", "of-event")
    register.agreement("other", partner_id="graz", signed_on="2018")
    register.statement("other", "signed_on", "2018", "of-another")
    connection = connect(register)
    chosen = sources.sources(connection, replace(ALL, city=("ljubljana",)))
    stating = happenings.sources_of(connection, ("programme", "pause"))

    assert set(chosen["source_id"]) == {"city-hall", "of-agreement", "of-event", "of-label"}
    # A page that only labels areas says nothing of a signing.
    assert set(stating["publisher"]) == {"City of Ljubljana", "of-agreement", "of-event"}


def test_who_ended_or_suspended_what_since_february_2022(real: Cursor) -> None:
    since = replace(REAL, event=("suspended", "terminated"), happened_from="2022-02-24")
    found = selected.events(real, since)

    # Four are dated 2022, no more exactly, two of them inferred: certain by its last day.
    assert len(found) == 19
    assert set(found.loc[found["date"] == "2022", "partner_id"]) == {"berlin", "pantin"}
    assert set(found.loc[found["date"] == "2022?", "partner_id"]) == {"berlin-mitte", "helsinki"}
    assert set(found["actor"]) == {"partner"}
    assert events(real, replace(since, happened_from="2022-02")) == list(found["event_id"])
    assert events(real, replace(since, actor=("moscow", "both"))) == []


def test_events_without_a_date_are_among_the_events(real: Cursor) -> None:
    found = selected.events(real, REAL)

    assert len(found) == 91
    assert list(found["date"].isna()) == [False] * 86 + [True] * 5
