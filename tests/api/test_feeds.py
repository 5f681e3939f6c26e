"""The feeds, read by other libraries than those that write them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import duckdb
import feedparser
import pytest
import vobject

from etl.publish import build
from register.builds import POINTER
from tests import hostile
from tests.api.conftest import ON_DAY, Api
from tests.conftest import Register
from tests.dashboard.conftest import known_register

Publish = Callable[[Register], Path]

CALENDAR, EVENTS, CHANGES = FEEDS = (
    "/feeds/expiring.ics",
    "/feeds/events.atom",
    "/feeds/changes.atom",
)
ATOM = "{http://www.w3.org/2005/Atom}"
REAL_DAY = "as_of=2026-11-21"
START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def publications(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at the clock of a publication is a minute after the one before."""
    a_minute_apart(monkeypatch)


def a_minute_apart(patch: pytest.MonkeyPatch) -> None:
    minutes = count()

    class Clock(datetime):
        @classmethod
        def now(cls, _: Any = None) -> datetime:  # type: ignore[override]
            return START + timedelta(minutes=next(minutes))

    patch.setattr("etl.builds.datetime", Clock)


def change(register: Register, end: str, other: str) -> None:
    """Let all that states one end state another."""
    for table, column in (("agreements", "valid_to"), ("statements", "value")):
        for row in register.rows[table]:
            if row.get(column) == end:
                row[column] = other


def ends(api: Api, query: str = ON_DAY) -> list[Any]:
    answer = api.ask(f"{CALENDAR}?{query}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return list(vobject.readOne(answer.text).contents.get("vevent", []))


def by_agreement(events: list[Any]) -> dict[str, Any]:
    return {event.uid.value.partition(".end@")[0]: event for event in events}


def feed(api: Api, path: str) -> ElementTree.Element:
    """The feed, after a look at what RFC 4287 asks of every one."""
    answer = api.ask(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/atom+xml"
    read = feedparser.parse(answer.content)
    assert (read.bozo, read.version) == (False, "atom10")
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    entries = root.findall(f"{ATOM}entry")
    for part in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"{ATOM}{name}")) == 1
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", text(part, "id"))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", text(part, "updated"))
        links = [(link.get("rel"), link.get("href")) for link in part.findall(f"{ATOM}link")]
        assert [rel for rel, _ in links].count("alternate") == 1
        assert all(urlsplit(to or "").scheme in ("http", "https") for _, to in links)
    assert len({text(entry, "id") for entry in entries}) == len(entries)
    assert len(read.entries) == len(entries)
    return root


def text(part: ElementTree.Element, name: str) -> str:
    return part.findtext(f"{ATOM}{name}") or ""


def titles(api: Api, path: str) -> list[str]:
    return [text(entry, "title") for entry in feed(api, path).findall(f"{ATOM}entry")]


def link(part: ElementTree.Element, relation: str) -> str | None:
    return next(
        (each.get("href") for each in part.findall(f"{ATOM}link") if each.get("rel") == relation),
        None,
    )


# --- the calendar ---------------------------------------------------------------------------


def test_each_end_ahead_is_a_day_of_the_calendar_as_exact_as_its_source(api: Api) -> None:
    assert [(event.dtstart.value, event.summary.value) for event in ends(api)] == [
        (date(2022, 6, 30), "Istanbul: Programme of cooperation ends on 30 June 2022"),
        (
            date(2024, 12, 31),
            "Ljubljana: Second programme ends by the end of 2024, day not stated",
        ),
        (
            date(2025, 12, 31),
            "Beijing: Programme of cooperation ends by the end of 2025, day not stated",
        ),
    ]


def test_an_end_that_is_counted_from_a_length_is_about(api: Api) -> None:
    event = by_agreement(ends(api, "as_of=2018-06-01"))["tehran-2015"]

    assert event.summary.value == "Tehran: Programme of cooperation ends about November 2018"
    assert event.dtstart.value == date(2018, 11, 18)
    assert event.status.value == "TENTATIVE"
    assert "a length of 3 years, from which the end is counted" in event.description.value


def test_an_end_is_there_on_its_last_day_and_gone_on_the_next(api: Api) -> None:
    assert "istanbul-2020" in by_agreement(ends(api, "as_of=2022-06-30"))
    assert "istanbul-2020" not in by_agreement(ends(api, "as_of=2022-07-01"))


def test_an_event_says_who_states_the_end_where_the_record_is_and_blocks_no_time(api: Api) -> None:
    event = by_agreement(ends(api))["istanbul-2020"]

    assert event.url.value == "http://testserver/r/istanbul-2020"
    assert event.categories.value == ["Tourism", "Transport"]
    assert event.transp.value == "TRANSPARENT"
    assert event.status.value == "CONFIRMED"
    assert event.description.value.splitlines() == [
        "signed May 2020 to 30 June 2022 (Protocol).",
        "The end is stated by sources.",
        "Areas: Tourism, Transport.",
        "Stated by City of Ljubljana, no date on record: ",
    ]


def test_only_who_states_the_end_is_named(publish: Publish) -> None:
    register = known_register()
    register.statement("ljubljana-2022", "valid_to", "2024", "mos-ru")
    register.event(
        "extended", "2022-02", agreement_id="ljubljana-2022", valid_to="2026-03", stated=True
    )
    register.statement("event-6", "valid_to", "2026-03", "hurriyet")
    api = Api(publish(register))

    before = by_agreement(ends(api, "as_of=2022-02-20"))["ljubljana-2022"].description.value
    after = by_agreement(ends(api))["ljubljana-2022"]
    assert "Mayor of Moscow" in before
    assert "Hürriyet" not in before
    assert after.dtstart.value == date(2026, 3, 31)
    assert after.summary.value.endswith("ends by the end of March 2026, day not stated")
    assert "Hürriyet" in after.description.value
    assert "Mayor of Moscow" not in after.description.value


def test_the_calendar_says_what_it_is_and_how_often_to_ask(api: Api) -> None:
    lines = api.ask(f"{CALENDAR}?city=istanbul&{ON_DAY}").content.split(b"\r\n")

    assert b"NAME:Moscow's city partnerships: what runs out: Istanbul" in lines
    assert b"X-WR-CALNAME:Moscow's city partnerships: what runs out: Istanbul" in lines
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H" in lines
    assert b"X-PUBLISHED-TTL:PT12H" in lines
    assert not any(line.startswith(b"METHOD") for line in lines)
    assert max(map(len, lines)) <= 75


@pytest.mark.usefixtures("publications")
def test_an_end_that_moves_has_a_higher_sequence_and_the_same_id(publish: Publish) -> None:
    api = Api(publish(known_register()))
    before = by_agreement(ends(api))
    moved = known_register()
    change(moved, "2022-06-30", "2022-09-30")
    publish(moved)
    after = by_agreement(ends(api))

    def sequence(event: Any) -> int:
        return int(event.sequence.value)

    assert after["istanbul-2020"].uid.value == before["istanbul-2020"].uid.value
    assert after["istanbul-2020"].dtstart.value == date(2022, 9, 30)
    assert sequence(after["istanbul-2020"]) > sequence(before["istanbul-2020"])
    assert after["istanbul-2020"].dtstamp.value > before["istanbul-2020"].dtstamp.value
    for unmoved in ("ljubljana-2022", "beijing-2022"):
        assert sequence(after[unmoved]) == sequence(before[unmoved])
        assert after[unmoved].dtstamp.value == before[unmoved].dtstamp.value


@pytest.mark.usefixtures("publications")
def test_an_end_that_an_event_moves_has_a_higher_sequence(publish: Publish) -> None:
    api = Api(publish(known_register()))
    before = by_agreement(ends(api))
    extended = known_register()
    extended.event("extended", "2022-02", agreement_id="ljubljana-2022", valid_to="2026")
    publish(extended)
    after = by_agreement(ends(api))

    assert after["ljubljana-2022"].dtstart.value == date(2026, 12, 31)
    assert int(after["ljubljana-2022"].sequence.value) > int(
        before["ljubljana-2022"].sequence.value
    )
    assert after["beijing-2022"].sequence.value == before["beijing-2022"].sequence.value


@pytest.mark.usefixtures("publications")
def test_an_end_that_a_day_moves_has_a_higher_sequence(publish: Publish) -> None:
    """An extension in a month that is not over counts from the last day of it."""
    register = known_register()
    register.event("extended", "2026-11", agreement_id="ljubljana-2022", valid_to="2031")
    change(register, "2024", "2030")
    api = Api(publish(register))
    before, after = (
        by_agreement(ends(api, f"as_of=2026-11-{day}"))["ljubljana-2022"] for day in (29, 30)
    )

    assert (before.dtstart.value.year, after.dtstart.value.year) == (2030, 2031)
    assert int(after.sequence.value) > int(before.sequence.value)


def test_one_version_day_and_question_have_the_same_bytes(known: Path) -> None:
    for path in FEEDS:
        one, other = (Api(known.parent / "partnerships.duckdb") for _ in range(2))
        assert one.ask(f"{path}?{ON_DAY}").content == other.ask(f"{path}?{ON_DAY}").content


@pytest.mark.parametrize("day", ["2014-06-01", "2019-12-31", "2024-09-10", "2026-11-21"])
def test_the_calendar_has_as_many_ends_as_the_validity_page_shows(
    real_api: Api, real: duckdb.DuckDBPyConnection, day: str
) -> None:
    """Also those of windows that are on hold or begin later, which the page shows by status."""
    [(in_force, all_open)] = real.execute(
        "SELECT count(*) FILTER (status IN ('active', 'expiring')), count(*) "
        f"FROM agreement_status(DATE '{day}') WHERE ends_on >= DATE '{day}' "
        "AND status IN ('active', 'expiring', 'suspended', 'upcoming')"
    ).fetchall()

    assert len(ends(real_api, f"as_of={day}&status=in_force")) == in_force > 0
    assert len(ends(real_api, f"as_of={day}")) == all_open
    counts = {
        row["status"]: row["agreements"] for row in real_api.data(f"/counts/status?as_of={day}")
    }
    assert in_force == counts.get("active", 0) + counts.get("expiring", 0)


def about(api: Api, query: str = ON_DAY) -> str:
    """What the calendar says of itself, as older and as newer programs read it."""
    contents = vobject.readOne(api.ask(f"{CALENDAR}?{query}").text).contents
    (old,), (new,) = contents["x-wr-caldesc"], contents["description"]
    assert old.value == new.value
    return str(new.value)


def test_of_very_many_ends_the_soonest_are_in_the_calendar_and_it_says_so(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.feeds.routes.MAX_ENDS", 2)

    # Istanbul's ends in 2022, Ljubljana's in 2024, Beijing's in 2025.
    assert [event.dtstart.value.year for event in ends(api)] == [2022, 2024]
    assert about(api).startswith("These are the 2 soonest of 3 ends; filters choose among all. ")
    assert len(ends(api, f"{ON_DAY}&city=beijing")) == 1
    assert "soonest" not in about(api, f"{ON_DAY}&city=beijing")
    # Who states the end is told of those that are in it.
    assert all("Stated by" in event.description.value for event in ends(api))


QUESTIONS = (
    *("city=beijing&city=belgrade", "country=RS", "area=transport", "instrument=programme"),
    *("party=moscow_government", "status=expiring", "status=expiring&horizon=1200", "from=2028"),
    *("to=2024", "q=sobyanin", "city=krakow", "region=africa", "signed_from=2024"),
)


@pytest.mark.parametrize("query", QUESTIONS)
def test_a_filter_lets_through_what_it_does_in_the_api(real_api: Api, query: str) -> None:
    asked = f"{query}&{REAL_DAY}"
    agreements = real_api.data(f"/agreements?{asked}&limit=1000")
    happened = real_api.json(f"/events?{asked}")["matching"]
    with_end = {row["agreement_id"] for row in agreements if row["days_left"] is not None}
    signed = [row for row in agreements if row["status"] not in ("announced", "future")]

    assert set(by_agreement(ends(real_api, asked))) == with_end
    assert len(titles(real_api, f"{EVENTS}?{asked}&limit=1000")) == happened + len(signed)


# --- what happened --------------------------------------------------------------------------


def test_what_happened_comes_latest_first_at_its_own_precision(api: Api) -> None:
    programme = "Programme of cooperation"
    assert titles(api, f"{EVENTS}?{ON_DAY}") == [
        f"Beijing: {programme}, signed on 1 February 2022",
        "Ljubljana: Second programme, signed on 15 January 2022",
        f"Istanbul: {programme}, suspended on 1 December 2021",
        f"Ānhuī: {programme}, terminated on 15 June 2021",
        f"Istanbul: {programme}, signed in May 2020",
        "Ljubljana: First programme, signed on 10 September 2019",
        "Tehran: Renewed in May 2019",
        f"Ānhuī: {programme}, signed on 1 April 2018",
        f"Tehran: {programme}, reported on 18 November 2015",
        f"Istanbul: {programme}, signed on 3 March 2010",
        f"Tehran: {programme}, announced on 10 March 2004",
        f"Beijing: {programme}, signed on 16 May 1995",
        f"Ānhuī: {programme}, signed on a day that no source gives",
    ]


def test_an_entry_leads_to_its_record_and_to_who_states_it(api: Api) -> None:
    entries = feed(api, f"{EVENTS}?city=beijing&city=tehran&{ON_DAY}").findall(f"{ATOM}entry")
    pages = [link(entry, "alternate") for entry in entries]

    assert pages == [
        f"http://testserver/r/{record}"
        for record in ("beijing-2022", "tehran", "tehran-2015", "tehran-2004", "beijing-1995")
    ]
    assert link(entries[-1], "via") == "https://mos.example/1"
    assert text(entries[1], "content").startswith("It concerns the whole partnership.")
    assert text(entries[2], "content").startswith("No source gives the day of signing.")
    assert text(entries[-1], "content") == (
        "Stated by City of Ljubljana, no date on record; Mayor of Moscow, no date on record."
    )


def test_nothing_is_published_on_the_day_on_which_something_happened(real_api: Api) -> None:
    root = feed(real_api, f"{EVENTS}?limit=1000&{REAL_DAY}")

    assert not root.findall(f".//{ATOM}published")
    database = real_api.store.current().file
    assert database
    built = database.name.split("-")[2]
    assert {text(entry, "updated") for entry in root.findall(f"{ATOM}entry")} == {
        f"{datetime.strptime(built[:15], '%Y%m%dT%H%M%S'):%Y-%m-%dT%H:%M:%SZ}"
    }


def test_the_pages_of_a_feed_have_each_entry_once(real_api: Api) -> None:
    whole = [
        text(entry, "id")
        for entry in feed(real_api, f"{EVENTS}?limit=1000&{REAL_DAY}").findall(f"{ATOM}entry")
    ]
    address: str | None = f"{EVENTS}?limit=100&{REAL_DAY}"
    found, feeds = [], set()
    while address:
        page = feed(real_api, address)
        found += [text(entry, "id") for entry in page.findall(f"{ATOM}entry")]
        feeds.add(text(page, "id"))
        following = link(page, "next")
        assert ('rel="next"' in real_api.ask(address).headers["link"]) == bool(following)
        address = following and following.removeprefix("http://testserver")

    assert found == whole
    assert len(feeds) == 1
    assert len(whole) > 300


# --- what changed ---------------------------------------------------------------------------


def test_without_an_earlier_build_nothing_is_said_to_be_new(api: Api) -> None:
    root = feed(api, CHANGES)

    assert root.findall(f"{ATOM}entry") == []
    assert "no build of another version" in text(root, "subtitle")


@pytest.fixture(scope="module")
def thrice(tmp_path_factory: pytest.TempPathFactory) -> Api:
    """Three versions: a letter is gone and a city is new, then an end has moved by an event."""
    second, third = (known_register() for _ in range(2))
    for register in (second, third):
        register.partner("oslo", name="Oslo", country_code="NO")
        register.agreement("oslo-2001", partner_id="oslo", signed_on="2001")
        for table in ("agreements", "statements"):
            register.rows[table] = [
                row
                for row in register.rows[table]
                if "anhui-letter" not in (row.get("agreement_id"), row.get("record_id"))
            ]
        register.withdrawn("anhui-letter")
    third.event("extended", "2022-02", agreement_id="ljubljana-2022", valid_to="2026")
    for row in third.rows["agreements"]:
        if row["agreement_id"] == "istanbul-2010":
            row["title"] = "Agreement of 2010"

    folder = tmp_path_factory.mktemp("thrice")
    with pytest.MonkeyPatch.context() as patch:
        a_minute_apart(patch)
        for register in (known_register(), second, third):
            build(register.write(folder / "register"), folder / "build")
    return Api(folder / "build" / POINTER)


def test_what_each_kept_version_changed_is_told_latest_first(thrice: Api) -> None:
    assert titles(thrice, CHANGES) == [
        "Changed: Istanbul: Agreement of 2010",
        "Added: Ljubljana: Extended in February 2022 to 2026",
        "Added: Oslo: Programme of cooperation",
        "Removed: Ānhuī: Programme of cooperation",
    ]
    first, *_ = feed(thrice, CHANGES).findall(f"{ATOM}entry")
    assert text(first, "content") == "title: Agreement of 2010, before Programme of cooperation"
    assert link(first, "alternate") == "http://testserver/r/istanbul-2010"


def test_an_entry_has_the_moment_of_the_version_in_which_it_came(thrice: Api) -> None:
    updated = [text(entry, "updated") for entry in feed(thrice, CHANGES).findall(f"{ATOM}entry")]
    assert updated[0] == updated[1] > updated[2] == updated[3] > f"{START:%Y-%m-%dT%H:%M:%SZ}"

    happened = feed(thrice, f"{EVENTS}?{ON_DAY}")
    by_title = {
        text(entry, "title"): text(entry, "updated") for entry in happened.findall(f"{ATOM}entry")
    }
    assert by_title["Ljubljana: Second programme, extended in February 2022 to 2026"] == updated[0]
    assert by_title["Oslo: Programme of cooperation, signed in 2001"] == updated[2]
    assert by_title["Ljubljana: Second programme, signed on 15 January 2022"] < updated[2]
    assert text(happened, "updated") == updated[0]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("city=anhui", ["Removed: Ānhuī: Programme of cooperation"]),
        (
            "city=oslo&city=istanbul",
            ["Changed: Istanbul: Agreement of 2010", "Added: Oslo: Programme of cooperation"],
        ),
        ("area=culture", ["Added: Ljubljana: Extended in February 2022 to 2026"]),
        ("country=CN&status=expired", []),
    ],
)
def test_changes_are_those_of_what_is_or_was_selected(
    thrice: Api, query: str, told: list[str]
) -> None:
    assert titles(thrice, f"{CHANGES}?{query}&{ON_DAY}") == told


def test_changes_have_pages_too(thrice: Api) -> None:
    first = feed(thrice, f"{CHANGES}?limit=3")
    following = (link(first, "next") or "").removeprefix("http://testserver")

    assert titles(thrice, following) == ["Removed: Ānhuī: Programme of cooperation"]
    assert link(feed(thrice, following), "next") is None
    assert "immutable" not in thrice.ask(following).headers["cache-control"]


# --- as the API answers ---------------------------------------------------------------------


@pytest.mark.parametrize("path", FEEDS)
def test_all_errors_are_told_at_once(api: Api, path: str) -> None:
    answer = api.ask(f"{path}?city=istambul&as_of=2022-02-30&colour=red&fields=title")

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    told = {error["parameter"]: error for error in answer.json()["errors"]}
    assert set(told) == {"city", "as_of", "colour", "fields"}
    assert told["city"]["did_you_mean"] == ["istanbul"]


@pytest.mark.parametrize("path", FEEDS)
def test_who_has_a_feed_already_is_told_so(api: Api, path: str) -> None:
    first = api.ask(f"{path}?{ON_DAY}")
    again = api.ask(f"{path}?{ON_DAY}", if_none_match=first.headers["etag"])

    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "public, max-age=0, s-maxage=1"
    other = api.ask(f"{path}?as_of=2021-03-01", if_none_match=first.headers["etag"])
    assert other.status_code == 200


@pytest.mark.parametrize("path", [CALENDAR, EVENTS])
def test_a_feed_of_a_version_and_day_never_changes(api: Api, path: str) -> None:
    version = api.store.current().name

    answer = api.ask(f"{path}?version={version}&{ON_DAY}")
    assert "immutable" in answer.headers["cache-control"]
    assert api.ask(f"{path}?version=0123456789ab").status_code == 410


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_served_as_the_api_is(api: Api, path: str) -> None:
    got, head = (
        api.ask(f"{path}?{ON_DAY}", method, x_request_id="the-same-one")
        for method in ("GET", "HEAD")
    )

    assert head.content == b""
    assert {**head.headers} == {**got.headers}
    assert api.ask(path, origin="https://example.org").headers["access-control-allow-origin"] == "*"
    assert api.ask(path, "POST").status_code == 405
    assert api.ask(f"{path}?q={'a' * 9000}").status_code == 414
    assert api.ask(f"{path}x").json()["title"] == "Not Found"


def test_the_api_lists_the_feeds(api: Api) -> None:
    addresses = api.json("/")["addresses"].values()

    assert set(FEEDS) <= set(addresses)
    assert {api.ask(path).status_code for path in FEEDS} == {200}


# --- hostile text ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hostile_api(tmp_path_factory: pytest.TempPathFactory) -> Api:
    folder = tmp_path_factory.mktemp("hostile")
    register = hostile.register("http://canary.example")
    build(register.write(folder / "register"), folder / "build")
    return Api(folder / "build" / "partnerships.duckdb")


def test_hostile_text_stays_text_in_the_calendar(hostile_api: Api) -> None:
    found = by_agreement(ends(hostile_api))

    for number, said in enumerate(hostile.texts("http://canary.example")):
        assert found[f"own{number}"].summary.value == f"{said}: {said} ends on 30 June 2022"
    assert all(event.url.value.startswith("http://testserver/r/own") for event in found.values())


def test_hostile_text_stays_text_in_atom(hostile_api: Api) -> None:
    told = titles(hostile_api, f"{EVENTS}?limit=1000&{ON_DAY}")

    for said in hostile.texts("http://canary.example"):
        assert f"{said}: {said}, signed on 15 January 2020" in told


UNFIT = ("%00", "%1b", "%0d%0a", "%7f", "%c2%85", "%ef%bf%be", "%e2%80%ae", "%3C/feed%3E", "]]%3E")


@pytest.mark.parametrize("sign", UNFIT)
def test_whatever_is_searched_for_a_feed_can_be_read(api: Api, sign: str) -> None:
    for path in FEEDS:
        answer = api.ask(f"{path}?q=a{sign}b")
        assert answer.status_code in (200, 422)
        if answer.status_code == 200 and path.endswith("atom"):
            assert feed(api, f"{path}?q=a{sign}b") is not None
        elif answer.status_code == 200:
            assert vobject.readOne(answer.text).contents["name"]
            assert not re.search(rb"[^\r\n\t -~\x80-\xff]", answer.content)
