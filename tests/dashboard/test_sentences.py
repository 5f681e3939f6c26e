"""The sentences of the pages, from rows worked out by hand in which no two numbers are equal."""

from datetime import date

import pandas as pd
import pytest

from register import naming, summaries, texts, words
from register.filters import Filters
from register.frames import Row
from register.queries.outline import NO_YEAR, Areas, Outline
from register.queries.places import Places
from register.queries.source_pages import Disputes, Witnesses

FILTERS = Filters(as_of=date(2022, 3, 1), horizon=90)


def row(**cells: object) -> Row:
    names = (
        *("title", "partner", "status_name", "instrument_name", "follows", "implements", "note"),
        *("signed_on", "reported_on", "valid_from", "valid_to", "term", "days_left", "actor"),
        *("window_end", "date", "event", "event_name", "event_date", "agreement_id"),
        *("origin", "published_on", "prolonged", "prolonged_to"),
    )
    return dict.fromkeys(names) | {"end_basis": "none", "end_approximate": False} | cells


def test_which_version_it_is_and_how_far_its_sources_reach() -> None:
    assert texts.version_about("abc", "2026-03-03") == (
        "Register version abc. Its newest source is of 3 March 2026: what happened since is not "
        "in it."
    )
    assert texts.version_about("abc", None) == (
        "Register version abc. None of its sources has a date."
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2022-03-02", "on 2 March 2022"),
        ("2022-03", "in March 2022"),
        ("2024", "in 2024"),
        ("2024?", "in 2024 (uncertain)"),
        ("2018-11~", "about November 2018"),
        (None, "on a day that no source gives"),
    ],
)
def test_when(value: str | None, said: str) -> None:
    assert words.when(value) == said


@pytest.mark.parametrize(
    ("actor", "by"),
    [("moscow", " by Moscow"), ("partner", " by Kyiv"), ("both", " by both sides"), (None, "")],
)
def test_who_acted(actor: str | None, by: str) -> None:
    happened = row(event_name="Terminated", date="2016-02-11", actor=actor, partner="Kyiv")

    assert words.event(happened) == f"Terminated on 11 February 2016{by}"
    undated = words.event(happened | {"date": None})
    assert undated == f"Terminated{by}, on a day that no source gives"
    assert words.how_ended(happened) == f"terminated{by}"


STATED = row(end_basis="stated", window_end="2022-05-31", valid_to="2022-05-31")
ENDED = row(event_name="Terminated", date="2014-04", actor="moscow", partner="Turku")
PAUSED = row(event_name="Suspended", date="2022", actor="partner", partner="Berlin")


@pytest.mark.parametrize(
    ("agreement", "deciding", "said"),
    [
        (STATED, None, "The end is stated by sources."),
        (
            STATED | {"end_approximate": True},
            None,
            "The end is stated by sources, as uncertain.",
        ),
        (row(), None, "No source states an end; this does not say that it is in force."),
        (
            row(end_basis="term", term="P3Y"),
            None,
            "Sources state a length of 3 years, from which the end is counted.",
        ),
        (
            row(end_basis="term", term="P6M", end_approximate=True),
            None,
            "Sources state a length of 6 months, from which the end is counted; "
            "it is approximate, because the begin is not known to the day.",
        ),
        (
            row(end_basis="event"),
            ENDED,
            "Ended by an event: terminated in April 2014 by Moscow.",
        ),
        (
            STATED,
            PAUSED,
            "On hold by an event: suspended in 2022 by Berlin. The end is stated by sources.",
        ),
    ],
)
def test_where_an_end_comes_from(agreement: Row, deciding: Row | None, said: str) -> None:
    assert words.end_basis(agreement, deciding) == said


def test_a_status_says_the_days_left_if_there_are() -> None:
    soon = STATED | {"status_name": "Expiring", "days_left": 91}

    assert words.status(soon) == "Expiring, 91 days left"
    assert words.status(row(status_name="No end stated")) == "No end stated"
    assert words.end_ahead(soon) == "ends 31 May 2022, 91 days left"
    assert words.end_ahead(soon | {"days_left": 0}) == "ends 31 May 2022, today"


def test_what_to_know_of_an_agreement_in_a_line() -> None:
    agreement = STATED | {
        "signed_on": "2020-01-10",
        "status_name": "Expiring",
        "days_left": 91,
        "instrument_name": "Programme",
        "follows": "first",
        "implements": "unknown",
        "sources": 3,
        "disputed": 1,
    }

    assert words.agreement_line(agreement, {"first": "First programme"}) == (
        "signed 10 January 2020 to 31 May 2022 · Expiring, 91 days left · Programme · "
        "follows “First programme” · implements “unknown” · 3 sources · "
        "sources disagree on 1 field"
    )
    alone = agreement | {"follows": None, "implements": None, "sources": 1, "disputed": 0}
    assert words.agreement_line(alone, {}).endswith("· Programme · 1 source")


@pytest.mark.parametrize(
    ("field", "text", "chosen", "mark"),
    [
        ("signed_on", "2019-09-10", "2019-09-10", ""),
        ("signed_on", "2019-09", "2019-09-10", "less exact"),
        ("signed_on", "2019", "2019-12-31", "less exact"),
        ("signed_on", "2019-09-10", "2019-09", "not chosen"),
        ("signed_on", "2019-08-31", "2019-09", "differs"),
        ("signed_on", "2019-10-01", "2019-09", "differs"),
        ("signed_on", "2019", None, "differs"),
        ("signed_in", "Moscow", "Kyiv", "differs"),
    ],
)
def test_how_a_version_stands_to_the_chosen_one(
    field: str, text: str, chosen: str | None, mark: str
) -> None:
    assert words.version_mark(field, text, chosen) == mark


def test_a_value_is_said_by_name() -> None:
    assert words.said("follows", "kyiv-2011", "Programme of Kyiv") == "Programme of Kyiv"
    assert words.said("signed_on", "2011-03", None) == "March 2011"
    assert words.versions("term", ["P2Y", "P3Y"]) == "2 years or 3 years"
    assert words.own_status({"status_name": "Expired", "lapsed": True}) == "Expired, lapsed"
    assert words.own_status({"status_name": "Active", "lapsed": False}) == "Active"


def test_a_record_is_an_agreement_or_an_event() -> None:
    assert naming.record(row(title="Programme")) == "Programme"
    happened = row(title="Programme", event_name="Suspended", event_date="2022-02")
    assert naming.record(happened) == "Suspended, February 2022: Programme"
    of_all = happened | {"title": None, "event_date": None}
    assert naming.record(of_all) == "Suspended, undated: the whole partnership"


def test_a_source_in_words() -> None:
    source = row(publisher="168.hu", origin="MTI", published_on="2018-09-20")

    assert naming.source(source) == "168.hu after MTI, 20 September 2018"
    alone = source | {"origin": None, "published_on": None}
    assert naming.source(alone) == "168.hu, no date on record"
    supports = {"fields": 5, "agreements": 2, "events": 1}
    assert naming.supports(supports) == "5 fields of 2 agreements and 1 event"
    assert naming.supports(supports | {"events": 0}) == "5 fields of 2 agreements"
    of_events = {"fields": 1, "agreements": 0, "events": 3}
    assert naming.supports(of_events) == "1 field of 3 events"


# A partner


def of_partner() -> Outline:
    """One active, two expired."""
    dates = {"signed_on": None, "reported_on": None, "valid_from": None}
    third = row(title="Third", **(dates | {"signed_on": "2019-02-03"}))
    second = row(title="Second", **dates, window_end="2014-11")
    first = row(title="First", **(dates | {"signed_on": "2001"}))
    return Outline({"Active": 1, "Expired": 2}, first, third, None, second)


LAPSED = {
    "definition": "The period has run out",
    "lapsed": True,
    "status": "expired",
    "lapsed_agreement": "b",
}


def test_a_partner_in_sentences() -> None:
    known = "The period has run out. 3 agreements known by this day: 1 active, 2 expired."

    assert summaries.partner_status(LAPSED, of_partner()) == (
        f"{known} Lapsed: the last period with an end ran out in November 2014 (Second), "
        "and sources know of no later one."
    )
    assert summaries.partner_status(LAPSED | {"status": "terminated"}, of_partner()) == known
    assert summaries.partner_status(LAPSED | {"lapsed": False}, of_partner()) == known


def test_a_partner_in_a_comparison() -> None:
    first = "3 agreements: 1 active, 2 expired. First tie: First, signed 2001."

    assert summaries.side_by_side(of_partner(), LAPSED) == (
        f"{first} Lapsed: the last period with an end ran out in November 2014."
    )
    assert summaries.side_by_side(of_partner(), LAPSED | {"status": "terminated"}) == first
    assert summaries.side_by_side(of_partner(), LAPSED | {"lapsed": False}) == first
    undated = of_partner()._replace(first=None)
    assert summaries.side_by_side(undated, LAPSED | {"lapsed": False}) == (
        "3 agreements: 1 active, 2 expired. "
    )


def test_which_areas_are_shared() -> None:
    matrix = pd.DataFrame(
        {"kyiv": [2, 0, 1, 0], "riga": [1, 3, 0, 0], "oslo": [5, 0, 0, 4]},
        index=["Culture", "Sport", "Tourism", "Youth"],
    )
    names = {"kyiv": "Kyiv", "riga": "Riga", "oslo": "Oslo"}

    assert summaries.shared_areas(matrix, names) == (
        "Shared by all: culture. Only Kyiv: tourism. Only Riga: sport. Only Oslo: youth."
    )
    assert summaries.shared_areas(matrix.drop("Culture"), names).startswith(
        "No area is shared by all. Only Kyiv"
    )
    of_two = pd.DataFrame({"kyiv": [1, 1], "riga": [1, 1]}, index=["Culture", "Sport"])
    assert summaries.shared_areas(of_two, names) == "Shared by all: culture, sport."


def test_the_areas_of_a_partner_in_a_sentence() -> None:
    counts = pd.DataFrame(
        [
            ("Sport", "2001", 1),
            ("Sport", "2003", 2),
            ("Youth", "2001", 2),
            ("Culture", "2001", 1),
            ("Media", NO_YEAR, 1),
        ],
        columns=["area", "year", "agreements"],
    )

    assert summaries.partner_areas(Areas(counts, 4)) == (
        "4 areas in 4 agreements; named by most: sport (3), youth (2), culture (1)."
    )


def test_the_partners_of_the_map_in_a_sentence() -> None:
    places = Places(3, 2, 0, 1, {"Active": 1, "Expired": 2})

    assert summaries.world_map(places, FILTERS) == (
        "3 partners in 2 countries on 1 March 2022: 1 active, 2 expired. "
        "1 partner without coordinates in the table only."
    )
    assert summaries.world_map(places._replace(unplaced=0), FILTERS).endswith("2 expired.")
    one = Places(1, 1, 0, 0, {"Active": 1})
    assert summaries.partners_in_countries(one) == "1 partner in 1 country"


# Sources


def test_the_sources_of_a_partner_in_a_sentence() -> None:
    found = pd.DataFrame({"language": ["German", "Polish", "German"]})

    assert summaries.sources(found) == "3 sources: 2 in German, 1 in Polish."


def test_the_years_of_the_sources_in_a_sentence() -> None:
    counts = pd.DataFrame(
        {
            "year": pd.array([2015, 2016, 2017, 2018, 2019, None], dtype="Int64"),
            "own": [4, 1, 0, 3, 2, 7],
            "repeated": [2, 1, 0, 0, 3, 1],
        }
    )

    # 6, 2, 0, 3 and 5; of the undated 8. One is a number too, none is not.
    assert "most from 2018 (1);" in summaries.years(
        counts.iloc[2:4].assign(own=[0, 1], repeated=[0, 0])
    )
    assert summaries.years(counts) == (
        "16 dated sources from 2015 to 2019, most from 2015 (6), 2019 (5) and 2018 (3); "
        "8 sources without a date on record."
    )
    assert summaries.years(counts.head(1)) == (
        "6 dated sources of 2015, most from 2015 (6); 0 sources without a date on record."
    )
    assert summaries.years(counts.tail(1)) == "8 sources without a date on record."
    # Of as many the later year first.
    even = counts.head(2).assign(own=3, repeated=0)
    assert "most from 2016 (3) and 2015 (3);" in summaries.years(even)


def test_the_languages_of_the_sources_in_a_sentence() -> None:
    counts = pd.DataFrame(
        {
            "language_name": ["Russian", "English", "German", "Korean"],
            "own": [9, 5, 3, 1],
            "repeated": [2, 1, 0, 0],
        }
    )

    assert summaries.languages(counts) == (
        "4 languages, most sources in Russian (11), English (6) and German (3); "
        "3 of 21 sources repeat another publisher's text."
    )


def test_where_sources_disagree_in_a_sentence() -> None:
    assert summaries.disputes(Disputes(3, 2, 7)) == "Sources disagree on 3 fields of 2 records."
    nothing = summaries.disputes(Disputes(0, 0, 0))
    assert nothing == "On the records shown, sources disagree nowhere."


def test_what_rests_on_one_source_in_a_sentence() -> None:
    found = Witnesses({"term": 4, "date": 1}, {"term": 2, "date": 1}, 3, 1)

    assert summaries.witnesses(found) == (
        "3 of 5 chosen values rest on one independent source; "
        "1 of 3 agreements are known from one alone."
    )


def test_what_changed_in_a_sentence() -> None:
    found = pd.DataFrame(
        {
            "change": ["added", "added", "added", "changed", "changed", "changed", "removed"],
            # Two fields of one agreement changed, and one of another.
            "agreement_id": ["a", "b", "c", "d", "d", "e", "f"],
        }
    )

    assert summaries.changes(found, "one", "two") == (
        "From version one to two: 3 agreements added, 1 agreement removed and 2 agreements changed."
    )
    assert summaries.changes(found.head(1), "one", "two") == (
        "From version one to two: 1 agreement added, 0 agreements removed and 0 agreements changed."
    )
    assert summaries.changes(found.head(0), "one", "two") == (
        "From version one to two no agreement was added, removed or changed."
    )
