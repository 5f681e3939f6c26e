"""What other lists name, and what the register has of it by now."""

from datetime import date

import pytest

from register.queries import mentions
from register.queries.register import options
from tests.conftest import Connect, Register


@pytest.fixture
def listed() -> Register:
    """Ljubljana, its district Bežigrad and Ptuj in the register; a list names two more."""
    register = Register()
    register.partner_name("Lubiana", "it")
    register.partner("bezigrad", name="Bežigrad", kind="district", within="ljubljana")
    register.partner("ptuj-district", name="Ptuj", kind="district", within="ljubljana")
    register.partner("ptuj")
    register.list_mention("Bežigrad, Ljubljana", partner_id="bezigrad", outcome="found")
    register.list_mention("Maribor", note="A visit is reported, no document")
    register.list_mention("Maribor", list="Wikipedia", note="A visit is reported, no document")
    register.list_mention("Vienna", country_code="AT", outcome="found", note="Not yet here")
    return register


def test_each_partner_with_the_lists_that_name_it(listed: Register, connect: Connect) -> None:
    found = mentions.partners(connect(listed))

    columns = ["partner", "country", "partner_id", "outcome_name", "named_by", "lists", "note"]
    plain = found[columns].astype(object)
    assert plain.where(plain.notna(), None).values.tolist() == [
        [
            *("Maribor", "Slovenia", None, "Not found", 2),
            *("Wikidata; Wikipedia", "A visit is reported, no document"),
        ],
        ["Bežigrad, Ljubljana", "Slovenia", "bezigrad", "Found", 1, "Wikidata", None],
        ["Vienna", "Austria", None, "Found", 1, "Wikidata", "Not yet here"],
    ]
    assert set(found["looked_for_until"].dt.date) == {date(2024, 5, 1)}


@pytest.mark.parametrize(
    ("name", "country", "partner_id"),
    [
        ("Ljubljana", "SI", "ljubljana"),
        ("LUBIANA", "SI", "ljubljana"),
        ("Bezigrad (with Arbat)", "SI", "bezigrad"),
        ("Ptuj", "SI", "ptuj"),
        ("Ljubljana", "AT", None),
        ("Ljubljana Region", "SI", None),
    ],
)
def test_a_partner_that_came_later_is_found_by_its_name(
    name: str, country: str, partner_id: str | None, listed: Register, connect: Connect
) -> None:
    listed.list_mention(name, country_code=country, note="A visit is reported, no document")

    ((found, outcome, note),) = (
        connect(listed)
        .execute(
            "SELECT partner_id, outcome, note FROM list_findings "
            "WHERE partner = ? AND country_code = ?",
            [name, country],
        )
        .fetchall()
    )
    assert found == partner_id
    assert outcome == ("found" if partner_id else "not_found")
    assert (note is None) == (partner_id is not None)


def test_each_list_with_how_many_it_names(listed: Register, connect: Connect) -> None:
    found = mentions.lists(connect(listed))

    assert found[["list", "named", "found"]].values.tolist() == [
        ["Wikidata", 3, 2],
        ["Wikipedia", 1, 0],
    ]


def test_countries_of_mentions_alone_are_no_filter(listed: Register, connect: Connect) -> None:
    database = connect(listed)
    assert list(options(database).country) == ["SI"]
    assert database.execute("SELECT country_code FROM regions").fetchall() == [("SI",)]
