"""What pages say: dates at their own precision, windows, counts, a sentence for each chart."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from register import summaries, words
from register.filters import Filters, Options
from register.frames import Row
from register.queries.figures import Figures
from register.queries.validity import Lapsed

FILTERS = Filters(as_of=date(2026, 11, 21))
NOTHING = Figures(0, 0, 0, 0, 0, 0, None)


def agreement(**cells: object) -> Row:
    row: dict[str, object] = {
        "valid_from": None,
        "signed_on": None,
        "reported_on": None,
        "window_end": None,
        "end_basis": "none",
        "end_approximate": False,
        "prolonged": None,
        "prolonged_to": None,
    }
    return row | cells


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2019-09-10", "10 September 2019"),
        ("2019-09-01", "1 September 2019"),
        ("2024-09", "September 2024"),
        ("2003", "2003"),
        ("2018-11~", "about November 2018"),
        ("2003?", "2003 (uncertain)"),
        ("2007-07-09?", "9 July 2007 (uncertain)"),
        (None, ""),
    ],
)
def test_a_date_is_said_at_its_own_precision(edtf: str | None, said: str) -> None:
    assert words.date_in_words(edtf) == said


def test_a_day_is_said_in_full() -> None:
    assert words.day_in_words(date(2026, 11, 21)) == "21 November 2026"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (
            {"valid_from": "2019", "valid_to": "2021", "window_end": "2021", "end_basis": "stated"},
            "2019 to 2021",
        ),
        (
            {"signed_on": "2024-09-27", "window_end": "2027", "end_basis": "stated"},
            "signed 27 September 2024 to 2027",
        ),
        (
            {
                "valid_from": "2019",
                "signed_on": "2018-12",
                "window_end": "2021",
                "end_basis": "stated",
            },
            "2019 to 2021",
        ),
        (
            {"reported_on": "2015-11-18", "window_end": "2018-11~", "end_basis": "term"},
            "reported 18 November 2015 to about November 2018 (from its length)",
        ),
        (
            {"signed_on": "2018", "window_end": "2021-06-15", "end_basis": "event"},
            "signed 2018 to 15 June 2021 (ended)",
        ),
        ({"signed_on": "1995-05-16"}, "signed 16 May 1995, no end stated"),
        ({"valid_from": "2024-09"}, "from September 2024, no end stated"),
        ({"reported_on": "2003?"}, "reported 2003 (uncertain), no end stated"),
        ({"window_end": "2027", "end_basis": "stated"}, "to 2027"),
        ({}, "no date stated"),
        (
            {"reported_on": "2017-08-02", "window_end": "2011", "end_basis": "stated"},
            "to 2011, reported 2 August 2017",
        ),
        (
            {"reported_on": "2017-08-02", "window_end": "2017-08", "end_basis": "stated"},
            "reported 2 August 2017 to August 2017",
        ),
        (
            {"valid_from": "2021", "window_end": "2020-12-20", "end_basis": "event"},
            "to 20 December 2020 (ended), planned from 2021",
        ),
        (
            {
                "valid_from": "2019",
                "window_end": "2023-06",
                "end_basis": "stated",
                "prolonged": "extended",
                "prolonged_to": "2023-06",
            },
            "2019 to June 2023, extended",
        ),
        (
            {
                "valid_from": "2022",
                "window_end": "2025",
                "end_basis": "stated",
                "prolonged": "renewed",
            },
            "2022 to 2025, renewed without a stated end",
        ),
        (
            {"signed_on": "2004", "prolonged": "renewed"},
            "signed 2004, renewed without a stated end",
        ),
    ],
)
def test_a_window_says_no_more_than_its_sources(cells: dict[str, object], said: str) -> None:
    assert words.window(agreement(**cells)) == said


@pytest.mark.parametrize(
    ("valid_from", "end", "said"),
    [
        ("2014", {}, "2014"),
        ("2014", {"end_basis": "event"}, "2014 (ended)"),
        ("2014", {"prolonged": "extended", "prolonged_to": "2014"}, "2014, extended"),
        ("2014?", {}, "2014 (uncertain) to 2014"),
        ("2014-03", {}, "March 2014 to 2014"),
    ],
)
def test_a_period_within_one_value_names_it_once(
    valid_from: str, end: dict[str, str], said: str
) -> None:
    cells = {"valid_from": valid_from, "window_end": "2014", "end_basis": "stated"} | end

    assert words.window(agreement(**cells)) == said


@pytest.mark.parametrize(
    ("days", "end", "approximate", "said"),
    [
        (0, "2026-11-21", False, "ends today"),
        (0, "2026", False, "ends today at the latest"),
        (1, "2026-11-22", False, "1 day left"),
        (405.0, "2027-12-31", False, "405 days left"),
        # The source says no more than the year, or the month.
        (405, "2027", False, "at most 405 days left"),
        (10, "2026-11", False, "at most 10 days left"),
        (1136, "2029-12~", True, "about 1,136 days left"),
        (None, "2020", False, ""),
        (None, None, False, ""),
    ],
)
def test_days_left_are_no_more_exact_than_the_end(
    days: float | None, end: str | None, approximate: bool, said: str
) -> None:
    row = {"days_left": days, "window_end": end, "end_approximate": approximate}
    assert words.days_left(row) == said


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2022-06-30", "on 30 June 2022"),
        ("2022-06-30?", "on 30 June 2022 (uncertain)"),
        ("2022-06-30~", "about 30 June 2022"),
        ("2022-06", "by the end of June 2022, day not stated"),
        ("2027", "by the end of 2027, day not stated"),
        ("2027?", "by the end of 2027 (uncertain), day not stated"),
        ("2018-11~", "about November 2018"),
    ],
)
def test_an_end_is_announced_no_more_exactly_than_it_is_stated(end: str, said: str) -> None:
    assert words.by_when(end) == said


def test_counts_agree_with_their_nouns() -> None:
    assert words.counted(0, "agreement") == "0 agreements"
    assert words.counted(1, "agreement") == "1 agreement"
    assert words.counted(1234, "agreement") == "1,234 agreements"
    assert words.counted(2, "city", "cities") == "2 cities"


@pytest.mark.parametrize(
    ("partners", "said"),
    [
        (
            {"a": "active", "b": "undated"},
            "2 agreements with 2 partners, as of 21 November 2026 (1 undated)",
        ),
        ({"a": "active"}, "1 agreement with 1 partner, as of 21 November 2026"),
        ({}, "0 agreements with 0 partners, as of 21 November 2026"),
    ],
)
def test_what_is_shown(partners: dict[str, str], said: str) -> None:
    undated = list(partners.values()).count("undated")
    shown = NOTHING._replace(agreements=len(partners), partners=len(partners), undated=undated)
    assert summaries.shown(shown, FILTERS) == said


def test_what_is_chosen() -> None:
    options = Options(
        city={"istanbul": "Istanbul", "beijing": "Beijing"},
        country={"TR": "Türkiye"},
        region={"asia": "Asia"},
        area={"transport": "Transport"},
        instrument={},
        party={},
        status={"in_force": "In force: active or expiring"},
        event={"suspended": "Suspended", "terminated": "Terminated"},
        actor={"partner": "Partner"},
        first_year=1957,
        last_year=2029,
    )

    def said(**chosen: Any) -> str:
        return summaries.chosen(replace(FILTERS, **chosen), options)

    assert said(city=("istanbul", "beijing"), area=("transport",)) == (
        "Istanbul or Beijing; Transport"
    )
    assert said(status=("in_force",), q="Luzhkov") == "In force: active or expiring; “Luzhkov”"
    assert said(from_year=2010) == "periods in 2010 to 2029"
    assert said(to_year=1990, country=("TR",)) == "Türkiye; periods in 1957 to 1990"
    assert said(region=("asia",), signed_from=2017) == "Asia; signed from 2017"
    assert said(signed_from=2007, signed_to=2016) == "signed from 2007 to 2016"
    assert said(signed_from=2007, signed_to=2007) == "signed in 2007"
    assert said(from_year=2014, to_year=2014) == "periods in 2014"
    assert said(happened_from="2022-03-02", happened_to="2022-03-02") == "events on 2 March 2022"
    assert said(event=("suspended", "terminated"), happened_from="2022-02-24") == (
        "Suspended or Terminated; events from 24 February 2022"
    )
    assert said(actor=("partner",), happened_to="2022-02") == "Partner; events to February 2022"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("signed_on", "2018-11~", "about November 2018"),
        ("date", "2022-03", "March 2022"),
        ("term", "P3Y", "3 years"),
        ("term", "P1Y6M", "1 year 6 months"),
        ("instrument", "twinning", "Twinning"),
        ("moscow_party", "city_duma", "Moscow City Duma"),
        ("event", "terminated", "Terminated"),
        ("actor", "both", "Both"),
        ("signed_in", "İstanbul", "İstanbul"),
    ],
)
def test_a_statement_is_said_as_a_reader_sees_it(field: str, text: str, said: str) -> None:
    assert words.value(field, text) == said


def of_statuses(**numbers: int) -> pd.DataFrame:
    return pd.DataFrame({"status_name": list(numbers), "agreements": list(numbers.values())})


def test_the_timeline_in_a_sentence() -> None:
    known = NOTHING._replace(agreements=3, first_year=2010)

    assert summaries.timeline(known, of_statuses(Active=1, Expired=2), FILTERS) == (
        "3 agreements since 2010; on 21 November 2026: 1 active, 2 expired."
    )


def test_the_timeline_says_how_many_have_no_place_on_it() -> None:
    known = NOTHING._replace(agreements=3, undrawn=2)

    assert summaries.timeline(known, of_statuses(Announced=1, Undated=2), FILTERS) == (
        "3 agreements without dates; on 21 November 2026: 1 announced, 2 undated. "
        "2 agreements without any date: only in the table."
    )


def test_the_heatmap_in_a_sentence() -> None:
    totals = pd.DataFrame({"area": ["Transport", "Sport", "Culture"], "agreements": [5, 3, 2]})

    assert summaries.areas(totals, 2) == (
        "2 partners and 3 areas; named by most agreements: transport (5), sport (3), culture (2)."
    )


def test_the_statuses_in_a_sentence() -> None:
    counts = pd.DataFrame({"status_name": ["Active", "No end stated"], "agreements": [4, 139]})

    assert summaries.statuses(counts, FILTERS) == (
        "On 21 November 2026: 4 active, 139 no end stated."
    )


def test_what_runs_out_next_in_a_sentence() -> None:
    ending = pd.DataFrame(
        {
            "status": ["expiring", "active"],
            "partner": ["Beijing", "Istanbul"],
            "window_end": ["2026", "2027"],
            "days_left": pd.array([40, 405], dtype="Int64"),
            "end_approximate": [False, False],
        }
    )

    known = NOTHING._replace(agreements=5, in_force=2, expiring=1)

    assert summaries.ending(ending, known, FILTERS) == (
        "1 agreement of 2 in force run out within 180 days; next: Beijing, 2026 "
        "(at most 40 days left)."
    )
    assert summaries.ending(ending.head(0), NOTHING, FILTERS).startswith("No agreement shown")


def test_the_lapsed_in_a_sentence() -> None:
    assert summaries.lapsed(Lapsed(0, 0, None), FILTERS) == (
        "No partner shown has lapsed by 21 November 2026."
    )
    assert summaries.lapsed(Lapsed(1, 1, (2018, 2018)), FILTERS) == (
        "1 partner had dated periods, the last of which ended by 21 November 2026 without a later "
        "one that sources know of: 1 ran out, 0 were ended by an event."
    )
    assert summaries.lapsed(Lapsed(2, 1, (2022, 2024)), FILTERS, (2022, 2024)) == (
        "2 partners had dated periods, the last of which ended, in 2022 to 2024, by 21 November "
        "2026 without a later one that sources know of: 1 ran out, 1 were ended by an event."
    )
    assert summaries.lapsed(Lapsed(0, 0, None), FILTERS, (2023, 2023)) == (
        "No partner shown has lapsed by 21 November 2026 in these years."
    )


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"event_name": None, "actor": None}, "ran out"),
        (
            {"event_name": None, "actor": None, "prolonged": "renewed"},
            "ran out, renewed without a stated end",
        ),
        ({"event_name": "Terminated", "actor": "partner"}, "terminated by Kraków"),
        ({"event_name": "Replaced", "actor": "both"}, "replaced by both sides"),
        ({"event_name": "Terminated", "actor": None}, "terminated"),
    ],
)
def test_how_a_window_ended(cells: dict[str, str | None], said: str) -> None:
    assert words.how_ended(agreement(**cells, partner="Kraków")) == said


EXTENSION = {
    "event_name": "Extended",
    "event": "extended",
    "date": "2020-05-01",
    "actor": "both",
    "partner": "Kraków",
    "agreement_id": "programme",
    "valid_to": None,
}


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"valid_to": "2023-06"}, "Extended on 1 May 2020 by both sides to June 2023"),
        ({}, "Extended on 1 May 2020 by both sides without a stated end"),
        ({"actor": "moscow"}, "Extended on 1 May 2020 by Moscow without a stated end"),
        # A whole partnership has no end that could be stated.
        ({"agreement_id": None}, "Extended on 1 May 2020 by both sides"),
        (
            {"event": "terminated", "event_name": "Terminated", "actor": "partner"},
            "Terminated on 1 May 2020 by Kraków",
        ),
    ],
)
def test_an_event_says_who_did_what_when_and_to_when(
    cells: dict[str, str | None], said: str
) -> None:
    assert words.event(EXTENSION | cells) == said


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, "No source states an end; this does not say that it is in force."),
        ({"end_basis": "stated"}, "The end is stated by sources."),
        (
            {"end_basis": "stated", "end_approximate": True},
            "The end is stated by sources, as uncertain.",
        ),
        (
            {"end_basis": "stated", "prolonged": "extended", "prolonged_to": "2023"},
            "The end to which it was extended is stated by sources.",
        ),
        (
            {
                "end_basis": "stated",
                "end_approximate": True,
                "prolonged": "renewed",
                "prolonged_to": "2023?",
            },
            "The end to which it was renewed is stated by sources, as uncertain.",
        ),
        (
            {"end_basis": "stated", "prolonged": "renewed"},
            "The end is stated by sources. It was renewed without a stated end.",
        ),
        (
            {"end_basis": "term", "term": "P3Y"},
            "Sources state a length of 3 years, from which the end is counted.",
        ),
        (
            {"end_basis": "term", "term": "P3Y", "end_approximate": True},
            "Sources state a length of 3 years, from which the end is counted; it is approximate, "
            "because the begin is not known to the day.",
        ),
    ],
)
def test_where_an_end_comes_from(cells: dict[str, object], said: str) -> None:
    assert words.end_basis(agreement(**cells), None) == said


def test_an_event_that_decides_is_said_with_the_end() -> None:
    on_hold = EXTENSION | {"event": "suspended", "event_name": "Suspended", "actor": "moscow"}
    assert words.end_basis(agreement(end_basis="stated"), on_hold) == (
        "On hold by an event: suspended on 1 May 2020 by Moscow. The end is stated by sources."
    )
    assert words.end_basis(agreement(end_basis="event"), on_hold | {"event_name": "Replaced"}) == (
        "Ended by an event: replaced on 1 May 2020 by Moscow."
    )


def test_which_partners_share_all_areas() -> None:
    assert summaries.in_common(["Athens"], 1, 2, ["Heritage", "Transport"]) == (
        "1 of 2 partners have agreements that name both Heritage and Transport: Athens."
    )
    assert summaries.in_common([], 0, 2, ["Heritage", "Transport", "Energy"]) == (
        "0 of 2 partners have agreements that name all of Heritage, Transport and Energy."
    )
    assert summaries.in_common(["Athens", "Graz"], 1302, 8758, ["Heritage", "Transport"]) == (
        "1,302 of 8,758 partners have agreements that name both Heritage and Transport: Athens, "
        "Graz and 1,300 more."
    )


def test_equal_names_are_told_apart() -> None:
    names = {"cordoba-ar": "Córdoba", "graz": "Graz", "cordoba-es": "Córdoba"}

    assert words.told_apart(names) == {
        "cordoba-ar": "Córdoba (cordoba-ar)",
        "graz": "Graz",
        "cordoba-es": "Córdoba (cordoba-es)",
    }
