"""The orders in which things are listed, where another order would show other numbers or names."""

from csv import DictReader
from datetime import date
from io import StringIO
from pathlib import Path

import duckdb
import pytest

from register.filters import Filters
from register.queries import areas, outline, partner, record, selected, sources, timeline
from register.queries.register import alike
from tests.conftest import Connect, Register
from tests.dashboard.conftest import DAY, OpenPage, words_of
from tests.dashboard.uneven import ON_DAY

ALL = Filters(as_of=DAY)


def test_what_runs_out_first_comes_first(uneven: Path, open_page: OpenPage) -> None:
    said = words_of(open_page("overview", uneven, as_of=ON_DAY))
    ends = [
        "ends 31 May 2022, 91 days left",
        "ends 31 January 2023, 336 days left",
        "ends 31 March 2024, 761 days left",
    ]

    assert [said.count(end) for end in ends] == [1, 2, 1]
    assert sorted(ends, key=said.index) == ends


def test_what_was_signed_last_comes_first(uneven: Path, open_page: OpenPage) -> None:
    app = open_page("overview", uneven, as_of=ON_DAY)
    links = [link.proto.label for link in app.get("page_link") if "Pact of" in link.proto.label]

    # First what runs out next, then what was signed last; of one day by the partner's name.
    assert [label.split("Pact of ")[1] for label in links][:9] == [
        "Zagreb 2020",
        "Ljubljana 2018",
        "Oslo 2019",
        "Ankara 2021",
        "Ankara 2021",
        "Oslo 2021",
        "Zagreb 2021",
        "Ankara 2021",
        "Zagreb 2020",
    ]


def test_the_names_of_a_partner_come_in_russian_first(register: Register, connect: Connect) -> None:
    for name, language in (
        ("Engürü", "tr"),
        ("Angora", "en"),
        ("Анкара", "ru"),
        ("Ancyra", "en"),
        ("Ankyra", "de"),
    ):
        register.partner_name(name, language)

    # Then by language: English, German, Turkish.
    assert list(partner.names(connect(register), "ljubljana")["name"]) == [
        "Анкара",
        "Ancyra",
        "Angora",
        "Ankyra",
        "Engürü",
    ]


def test_the_districts_of_a_city_come_by_name(register: Register, connect: Connect) -> None:
    for identity, name in (("rudnik", "Rudnik"), ("siska", "Šiška"), ("bezigrad", "Zebigrad")):
        register.partner(identity, name=name, kind="district", within="ljubljana")

    assert list(partner.districts(connect(register), "ljubljana").values()) == [
        "Rudnik",
        "Šiška",
        "Zebigrad",
    ]


def test_the_sources_of_a_partner_come_latest_first(register: Register, connect: Connect) -> None:
    register.agreement(signed_on="2019-09-10")
    for source_id, publisher, day in (
        ("a-undated", "Amber", ""),
        ("b-older", "Birch", "2020-12-31"),
        ("c-latest", "Zinc", "2021-05-02"),
        ("d-latest", "Copper", "2021-05-02"),
        ("f-oldest", "Aspen", "2019-10"),
        ("e-oldest", "Aspen", "2019-10"),
    ):
        register.source(source_id, publisher=publisher, published_on=day)
        register.statement("programme", "signed_on", "2019-09-10", source_id)
    found = partner.sources(connect(register), ("programme",))

    # Of one day by publisher, then by id; what has no date comes last.
    assert list(found["source_id"]) == [
        "d-latest",
        "c-latest",
        "b-older",
        "e-oldest",
        "f-oldest",
        "a-undated",
        "city-hall",
    ]


def test_the_areas_of_a_partner_come_by_name_and_begin(
    register: Register, connect: Connect
) -> None:
    register.area("zoos", name="Animals", definition="Zoos", cofog="08.2")
    register.agreement("a-later", signed_on="2019-09-10")
    register.agreement("b-earlier", signed_on="2009-09-10")
    register.agreement("c-undated")
    for agreement_id in ("a-later", "b-earlier", "c-undated"):
        register.label(agreement_id=agreement_id)
    register.label("živali", agreement_id="a-later", area_id="zoos")
    found = list(
        DictReader(StringIO(outline.areas_csv(connect(register), ALL).decode("utf-8-sig")))
    )

    assert [(row["area"], row["agreement_id"]) for row in found] == [
        ("Animals", "a-later"),
        ("Culture", "b-earlier"),
        ("Culture", "a-later"),
        ("Culture", "c-undated"),
    ]


def test_the_wordings_of_an_area_come_by_begin_label_and_publisher(
    register: Register, connect: Connect
) -> None:
    register.source("a-source", publisher="Zinc")
    register.source("z-source", publisher="Amber")
    register.agreement("a-later", signed_on="2019-09-10")
    register.agreement("z-earlier", signed_on="2009-09-10")
    register.agreement("b-later", title="Another programme", signed_on="2019-09-10")
    for agreement_id, label, source_id in (
        ("b-later", "art", "a-source"),
        ("a-later", "museums", "a-source"),
        ("z-earlier", "museums", "a-source"),
        ("z-earlier", "art", "a-source"),
        ("z-earlier", "art", "z-source"),
    ):
        register.label(label, agreement_id=agreement_id, source_id=source_id)
    found = areas.area_labels(connect(register), ALL, (), "ljubljana", "culture")

    assert list(zip(found["agreement_id"], found["label"], found["publisher"], strict=True)) == [
        ("z-earlier", "art", "Amber"),
        ("z-earlier", "art", "Zinc"),
        ("z-earlier", "museums", "Zinc"),
        ("a-later", "museums", "Zinc"),
        ("b-later", "art", "Zinc"),
    ]


def test_what_sources_say_comes_chosen_first_then_by_date(
    register: Register, connect: Connect
) -> None:
    register.agreement(signed_on="2019-09-10")
    for source_id, publisher, day, value in (
        ("a", "Aspen", "", "2019-09-10"),
        ("b", "Birch", "2021", "2019-09-10"),
        ("c", "Cedar", "2020-05", "2019-09-10"),
        ("d", "Dogwood", "2019-12", "2019-08"),
    ):
        register.source(source_id, publisher=publisher, published_on=day)
        register.statement("programme", "signed_on", value, source_id)
    said = record.statements(connect(register), "programme")
    on_signing = said[said["field"] == "signed_on"]

    # What has no date comes last of its version; the version not chosen last of all.
    assert list(on_signing["publisher"]) == [
        "Cedar",
        "Birch",
        "Aspen",
        "City of Ljubljana",
        "Dogwood",
    ]


def test_who_disagrees_on_what_in_which_language(known: Path) -> None:
    with duckdb.connect(known, read_only=True) as connection:
        found = sources.disagreements(connection, ALL)
    columns = ["record_id", "field", "value", "publisher", "language"]

    # The chosen value first.
    assert list(found[columns].itertuples(index=False, name=None)) == [
        ("beijing-1995", "signed_on", "1995-05-16", "City of Ljubljana", "Slovenian"),
        ("beijing-1995", "signed_on", "1992", "Mayor of Moscow", "Russian"),
    ]
    assert set(found["chosen"]) == {"1995-05-16"}


def test_a_disagreement_on_a_tie_names_the_agreements(register: Register, connect: Connect) -> None:
    register.source("gazette")
    register.agreement("first", title="First programme", signed_on="2010")
    register.agreement("second", title="Second programme", signed_on="2012")
    register.agreement("third", signed_on="2014", follows="second")
    for source_id, named in (("city-hall", "second"), ("gazette", "first")):
        register.statement("third", "follows", named, source_id)
    found = sources.disagreements(connect(register), ALL)

    assert list(zip(found["field"], found["value"], found["named"], strict=True)) == [
        ("follows", "second", "Second programme"),
        ("follows", "first", "First programme"),
    ]


def test_ties_come_by_their_signing_then_by_partner(register: Register, connect: Connect) -> None:
    register.agreement("base", signed_on="2010", multilateral_id="text")
    register.agreement("a-undated", follows="base")
    register.agreement("b-later", signed_on="2015-01-01", follows="base")
    register.agreement("c-earlier", signed_on="2012-01-01", follows="base")
    register.agreement("d-frame", signed_on="2001", implements="base")
    for identity, name in (("z-abo", "Åbo"), ("b-zadar", "Zadar"), ("a-brno", "Brno")):
        register.partner(identity, name=name)
        register.agreement(f"{identity}-text", partner_id=identity, multilateral_id="text")
    found = record.related(connect(register), "base")

    assert list(zip(found["relation"], found["agreement_id"], strict=True)) == [
        ("followed_by", "c-earlier"),
        ("followed_by", "b-later"),
        ("followed_by", "a-undated"),
        ("implemented_by", "d-frame"),
        ("same_text", "z-abo-text"),
        ("same_text", "a-brno-text"),
        ("same_text", "b-zadar-text"),
    ]


def test_events_come_latest_first(register: Register, connect: Connect) -> None:
    register.agreement(signed_on="2010-01-01")
    register.event("suspended", "2015", event_id="a-suspended")
    register.event("resumed", "2016-02-03", event_id="b-resumed")
    register.event("announced", "", event_id="c-undated")
    connection = connect(register)

    assert list(record.events(connection, "ljubljana", DAY)["event_id"]) == [
        "b-resumed",
        "a-suspended",
        "c-undated",
    ]
    assert list(selected.events(connection, ALL)["event_id"]) == [
        "a-suspended",
        "b-resumed",
        "c-undated",
    ]
    # A year is over on its last day.
    assert list(record.events(connection, "ljubljana", date(2015, 12, 30))["event_id"]) == [
        "c-undated"
    ]


def test_the_most_alike_names_are_suggested_first(register: Register, connect: Connect) -> None:
    for name in ("Wiena", "Vilna", "Vena", "Vienna", "Oslo"):
        register.partner(name.lower(), name=name)

    # Four are alike; three are named.
    assert alike(connect(register), "Viena") == ["Vienna", "Vena", "Vilna"]


def test_of_the_lapsed_the_latest_comes_first(uneven: Path) -> None:
    with duckdb.connect(uneven, read_only=True) as connection:
        found = selected.lapsed(connection, ALL)

    assert list(found["partner"]) == ["Graz", "Riga", "Kyiv", "Vilnius", "Turku"]


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("name", ["Åbo", "Bonn", "Cork", "Ede", "Zadar"]),
        # Croatia, Finland, Germany, Ireland, Netherlands.
        ("country", ["Zadar", "Åbo", "Bonn", "Cork", "Ede"]),
        ("first", ["Zadar", "Bonn", "Åbo", "Ede", "Cork"]),
        ("latest", ["Åbo", "Cork", "Zadar", "Ede", "Bonn"]),
    ],
)
def test_the_partners_of_the_timeline(
    by: str, names: list[str], register: Register, connect: Connect
) -> None:
    for identity, name, country in (
        ("abo", "Åbo", "FI"),
        ("bonn", "Bonn", "DE"),
        ("cork", "Cork", "IE"),
        ("ede", "Ede", "NL"),
        ("zadar", "Zadar", "HR"),
    ):
        register.partner(identity, name=name, country_code=country)
    register.agreement("zadar-1990", partner_id="zadar", signed_on="1990")
    register.agreement("zadar-1995", partner_id="zadar", signed_on="1995")
    register.agreement("abo-1992", partner_id="abo", signed_on="1992")
    register.agreement("abo-2020", partner_id="abo", signed_on="2020")
    register.agreement("bonn-1991", partner_id="bonn")
    register.event("announced", "1991-05-06", partner_id="bonn", agreement_id="bonn-1991")
    register.agreement("cork-2005", partner_id="cork", valid_from="2005", reported_on="2006")
    register.agreement("ede-1993", partner_id="ede", reported_on="1993")
    found = timeline.partners(connect(register), ALL, by, 0, 25)

    assert list(found["partner"]) == names
