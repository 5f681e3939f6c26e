"""The queries, on a register small enough to work out every number by hand (see conftest.py)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.codes import STATUS_ROWS
from register.filters import LISTS, Filters
from register.queries import areas, record, register, selected
from tests.conftest import REAL_REGISTER, Register
from tests.dashboard.conftest import DAY

Cursor = duckdb.DuckDBPyConnection
ALL = Filters(as_of=DAY)
KNOWN_BY_DAY = {
    "anhui-2018",
    "anhui-letter",
    "beijing-1995",
    "beijing-2022",
    "istanbul-2010",
    "istanbul-2020",
    "ljubljana-2019",
    "ljubljana-2022",
    "tehran-2004",
    "tehran-2015",
}


def found(cursor: Cursor, **chosen: object) -> set[str]:
    """The ids of the agreements that the filters select on DAY."""
    frame = selected.agreements(cursor, replace(ALL, **chosen))  # type: ignore[arg-type]
    ids = list(frame["agreement_id"])
    assert len(ids) == len(set(ids))
    return set(ids)


def records(frame: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return list(frame[list(columns)].itertuples(index=False, name=None))


def test_without_filters_all_that_is_known_by_the_day(cursor: Cursor) -> None:
    assert found(cursor) == KNOWN_BY_DAY


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"city": ("ljubljana",)}, {"ljubljana-2019", "ljubljana-2022"}),
        (
            {"city": ("ljubljana", "tehran")},
            {"ljubljana-2019", "ljubljana-2022", "tehran-2004", "tehran-2015"},
        ),
        ({"country": ("CN",)}, {"beijing-1995", "beijing-2022", "anhui-2018", "anhui-letter"}),
        ({"area": ("transport",)}, {"ljubljana-2019", "istanbul-2020"}),
        ({"area": ("tourism",)}, {"istanbul-2020", "anhui-2018"}),
        (
            {"area": ("culture", "tourism")},
            {"ljubljana-2019", "ljubljana-2022", "istanbul-2020", "anhui-2018"},
        ),
        ({"instrument": ("twinning",)}, {"beijing-1995", "tehran-2004"}),
        ({"instrument": ("memorandum", "protocol")}, {"tehran-2015", "istanbul-2020"}),
        ({"party": ("city_duma",)}, {"anhui-2018"}),
        ({"party": ("department", "city_duma")}, {"anhui-2018", "tehran-2015"}),
        ({"party": ("administrative_okrug",)}, set()),
        ({"status": ("active",)}, {"ljubljana-2022"}),
        ({"status": ("expiring",)}, {"istanbul-2020"}),
        ({"status": ("upcoming",)}, {"beijing-2022"}),
        ({"status": ("no_end_stated",)}, {"beijing-1995"}),
        ({"status": ("suspended",)}, {"istanbul-2010"}),
        ({"status": ("announced",)}, {"tehran-2004"}),
        ({"status": ("undated",)}, {"anhui-letter"}),
        ({"status": ("terminated",)}, {"anhui-2018"}),
        ({"status": ("expired",)}, {"ljubljana-2019", "tehran-2015"}),
        ({"status": ("active", "expiring")}, {"ljubljana-2022", "istanbul-2020"}),
        ({"status": ("in_force",)}, {"ljubljana-2022", "istanbul-2020"}),
        (
            {"status": ("in_force", "announced")},
            {"ljubljana-2022", "istanbul-2020", "tehran-2004"},
        ),
    ],
)
def test_one_filter(cursor: Cursor, chosen: dict[str, object], expected: set[str]) -> None:
    assert found(cursor, **chosen) == expected


def test_what_is_not_yet_known_is_shown_only_when_asked_for(cursor: Cursor) -> None:
    assert found(cursor, status=("future",)) == {"istanbul-2023"}
    assert found(cursor, status=("future", "active")) == {"istanbul-2023", "ljubljana-2022"}
    assert "istanbul-2023" in found(cursor, as_of=date(2023, 7, 1))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        # Without a stated end a window stays open; a window that ended in 2021 is not in 2022.
        (
            2022,
            2022,
            {"ljubljana-2022", "istanbul-2020", "beijing-1995", "tehran-2004", "istanbul-2010"},
        ),
        (None, 2010, {"beijing-1995", "tehran-2004", "istanbul-2010"}),
        (None, 1994, set()),
        (
            2023,
            None,
            {"ljubljana-2022", "beijing-1995", "beijing-2022", "tehran-2004", "istanbul-2010"},
        ),
        # The last and the first year of a window are in.
        (
            2021,
            2021,
            KNOWN_BY_DAY - {"anhui-letter", "ljubljana-2022", "beijing-2022", "tehran-2015"},
        ),
        (
            2018,
            2018,
            {"anhui-2018", "tehran-2015", "beijing-1995", "tehran-2004", "istanbul-2010"},
        ),
    ],
)
def test_years(cursor: Cursor, first: int | None, last: int | None, expected: set[str]) -> None:
    assert found(cursor, from_year=first, to_year=last) == expected


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("стамбул", {"istanbul-2010", "istanbul-2020"}),
        ("Стамбул", {"istanbul-2010", "istanbul-2020"}),
        ("istanbul", {"istanbul-2010", "istanbul-2020"}),
        ("İSTANBUL", {"istanbul-2010", "istanbul-2020"}),
        ("北京", {"beijing-1995", "beijing-2022"}),
        ("تهران", {"tehran-2004", "tehran-2015"}),
        ("Любляна", {"ljubljana-2019", "ljubljana-2022"}),
        ("anhui", {"anhui-2018", "anhui-letter"}),
        ("Ānhuī", {"anhui-2018", "anhui-letter"}),
        ("cheremin", {"ljubljana-2019"}),
        ("second programme", {"ljubljana-2022"}),
        ("transport", {"ljubljana-2019", "istanbul-2020"}),
        ("ULAŞIM", {"istanbul-2020"}),
        ("культура", {"ljubljana-2019"}),
        # Countries in the languages of the sources: Russian, Turkish, Slovenian.
        ("Турция", {"istanbul-2010", "istanbul-2020"}),
        ("Kitajska", {"beijing-1995", "beijing-2022", "anhui-2018", "anhui-letter"}),
        # All words must fit, wherever they stand.
        ("transport стамбул", {"istanbul-2020"}),
        ("transport 北京", set()),
        # Signs that other languages of patterns know are ordinary text.
        ("%", set()),
        ("_", set()),
        ("' OR 1=1 --", set()),
    ],
)
def test_search(cursor: Cursor, q: str, expected: set[str]) -> None:
    assert found(cursor, q=q) == expected


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"country": ("CN",), "instrument": ("twinning",)}, {"beijing-1995"}),
        ({"country": ("CN",), "city": ("tehran",)}, set()),
        ({"area": ("transport",), "status": ("expired",)}, {"ljubljana-2019"}),
        ({"area": ("transport",), "from_year": 2022}, {"istanbul-2020"}),
        ({"q": "стамбул", "status": ("suspended",)}, {"istanbul-2010"}),
        (
            {
                "city": ("istanbul",),
                "country": ("TR",),
                "area": ("tourism",),
                "instrument": ("protocol",),
                "party": ("moscow_government",),
                "status": ("expiring",),
                "from_year": 2020,
                "to_year": 2022,
                "q": "turizm",
            },
            {"istanbul-2020"},
        ),
    ],
)
def test_filters_together(cursor: Cursor, chosen: dict[str, object], expected: set[str]) -> None:
    assert found(cursor, **chosen) == expected


@settings(
    max_examples=10,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_a_further_filter_never_adds(cursor: Cursor, data: st.DataObject) -> None:
    options = register.options(cursor)
    # Of the lists the status alone can add: what is not yet known. Of event and side together one
    # event has to be.
    lists = data.draw(st.permutations([name for name in LISTS if name not in ("status", "actor")]))[
        :2
    ]
    chosen: dict[str, object] = {
        name: tuple(data.draw(st.lists(st.sampled_from(list(options.of(name))), min_size=1)))
        for name in lists
    }
    chosen["q"] = data.draw(st.sampled_from(["programme", "стамбул"]))

    assert found(cursor, **chosen) == set.intersection(
        *(found(cursor, **{name: value}) for name, value in chosen.items())
    )


def test_each_agreement_has_its_status_window_and_counts(cursor: Cursor) -> None:
    frame = selected.agreements(cursor, ALL)
    days = frame.assign(
        begins=frame["begins_on"].dt.strftime("%Y-%m-%d").fillna(""),
        ends=frame["ends_on"].dt.strftime("%Y-%m-%d").fillna(""),
        left=frame["days_left"].fillna(-1),
        named=frame["areas"].fillna(""),
    )

    # By partner without accents, then by begin.
    assert records(days, "agreement_id", "status", "begins", "ends", "left", "named") == [
        ("anhui-2018", "terminated", "2018-04-01", "2021-06-15", -1, "Tourism"),
        ("anhui-letter", "undated", "", "", -1, ""),
        ("beijing-1995", "no_end_stated", "1995-05-16", "", -1, ""),
        ("beijing-2022", "upcoming", "2023-01-01", "2025-12-31", 1401, ""),
        ("istanbul-2010", "suspended", "2010-03-03", "", -1, ""),
        ("istanbul-2020", "expiring", "2020-05-31", "2022-06-30", 121, "Tourism; Transport"),
        ("ljubljana-2019", "expired", "2019-09-10", "2021-12-31", -1, "Culture; Transport"),
        ("ljubljana-2022", "active", "2022-01-15", "2024-12-31", 1036, "Culture"),
        ("tehran-2015", "expired", "2015-11-18", "2018-11-18", -1, ""),
        ("tehran-2004", "announced", "", "", -1, ""),
    ]
    assert (frame["as_of"] == pd.Timestamp(DAY)).all()
    assert list(frame[frame["end_approximate"]]["agreement_id"]) == ["tehran-2015"]


def test_sources_and_disagreements_are_counted(cursor: Cursor) -> None:
    frame = selected.agreements(cursor, ALL).set_index("agreement_id")

    # City hall and the mayor's site; a less exact date is no disagreement.
    assert (frame.loc["ljubljana-2019", "sources"], frame.loc["ljubljana-2019", "disputed"]) == (
        2,
        0,
    )
    # 1995-05-16 against 1992.
    assert (frame.loc["beijing-1995", "sources"], frame.loc["beijing-1995", "disputed"]) == (2, 1)
    # City hall for its values, Hürriyet for its areas.
    assert frame.loc["istanbul-2020", "sources"] == 2
    assert frame["disputed"].sum() == 1


def test_the_day_and_the_horizon_decide_the_status(cursor: Cursor) -> None:
    def status(agreement_id: str, as_of: date, horizon: int = 180) -> str:
        frame = selected.agreements(cursor, Filters(as_of=as_of, horizon=horizon))
        return str(frame.set_index("agreement_id").loc[agreement_id, "status"])

    assert status("istanbul-2020", DAY, horizon=121) == "expiring"
    assert status("istanbul-2020", DAY, horizon=120) == "active"
    assert status("istanbul-2020", date(2022, 6, 30)) == "expiring"
    assert status("istanbul-2020", date(2022, 7, 1)) == "expired"
    assert status("istanbul-2010", date(2022, 4, 30)) == "suspended"
    assert status("istanbul-2010", date(2022, 5, 1)) == "no_end_stated"
    assert status("anhui-2018", date(2021, 6, 14)) == "active"
    assert status("anhui-2018", date(2021, 6, 15)) == "terminated"


def test_counts_by_status(cursor: Cursor) -> None:
    counts = selected.status_counts(cursor, ALL)

    assert records(counts, "status", "agreements", "partners") == [
        ("active", 1, 1),
        ("expiring", 1, 1),
        ("upcoming", 1, 1),
        ("no_end_stated", 1, 1),
        ("suspended", 1, 1),
        ("announced", 1, 1),
        ("undated", 1, 1),
        ("terminated", 1, 1),
        ("expired", 2, 2),
    ]


def test_events_by_the_day(cursor: Cursor) -> None:
    events = selected.events(cursor, ALL).fillna({"agreement_id": ""})

    # A partial date counts from its last day; the resumption of May 2022 is still to come.
    assert records(events, "event", "date", "partner_id", "agreement_id") == [
        ("announced", "2004-03-10", "tehran", "tehran-2004"),
        ("renewed", "2019-05", "tehran", ""),
        ("terminated", "2021-06-15", "anhui", "anhui-2018"),
        ("suspended", "2021-12-01", "istanbul", "istanbul-2010"),
    ]


def test_an_event_of_a_whole_partnership_comes_once(cursor: Cursor) -> None:
    events = selected.events(cursor, replace(ALL, city=("tehran",)))

    assert list(events["event"]) == ["announced", "renewed"]


def test_an_event_of_another_agreement_stays_away(cursor: Cursor) -> None:
    assert selected.events(cursor, replace(ALL, city=("beijing",))).empty
    assert list(selected.events(cursor, replace(ALL, instrument=("memorandum",)))["event"]) == [
        "renewed"
    ]


def test_lapsed(cursor: Cursor) -> None:
    lapsed = selected.lapsed(cursor, ALL)

    # Tehran has an announcement since, Anhui an undated letter: neither is a successor.
    assert records(lapsed, "partner", "agreement_id", "window_end", "end_approximate") == [
        ("Ānhuī", "anhui-2018", "2021-06-15", False),
        ("Tehran", "tehran-2015", "2018-11~", True),
    ]
    # The one was ended, the other ran out.
    assert list(lapsed["event_name"].fillna("")) == ["Terminated", ""]


def test_a_filter_does_not_make_a_partner_lapse(cursor: Cursor) -> None:
    # Ljubljana's first programme has expired, but the second one follows it.
    assert selected.lapsed(cursor, replace(ALL, status=("expired",)))["partner"].tolist() == [
        "Tehran"
    ]
    assert selected.lapsed(cursor, replace(ALL, city=("ljubljana",))).empty
    # Between the two it had none.
    gap = Filters(as_of=date(2022, 1, 10), city=("ljubljana",))
    assert selected.lapsed(cursor, gap)["agreement_id"].tolist() == ["ljubljana-2019"]


def test_area_counts(cursor: Cursor) -> None:
    counts = areas.area_counts(cursor, ALL, ())

    # Two sources name Ljubljana's culture of 2019: one agreement all the same.
    assert records(counts, "partner", "area", "agreements") == [
        ("Ānhuī", "Tourism", 1),
        ("Istanbul", "Tourism", 1),
        ("Istanbul", "Transport", 1),
        ("Ljubljana", "Culture", 2),
        ("Ljubljana", "Transport", 1),
    ]


def test_partners_of_one_name_are_told_apart(publish: Callable[[Register], Path]) -> None:
    register = Register()
    register.partner("cordoba-es", name="Córdoba", country_code="ES")
    register.partner("cordoba-ar", name="Córdoba", country_code="AR")
    for partner_id in ("cordoba-es", "cordoba-ar", "ljubljana"):
        agreement_id = register.agreement(f"{partner_id}-2019", partner_id=partner_id)
        register.label("cultura", agreement_id=agreement_id)
    with duckdb.connect(publish(register), read_only=True) as connection:
        counts = areas.area_counts(connection, ALL, ())

    assert records(counts, "partner", "agreements") == [
        ("Córdoba (cordoba-ar)", 1),
        ("Córdoba (cordoba-es)", 1),
        ("Ljubljana", 1),
    ]


def test_area_counts_of_some_statuses(cursor: Cursor) -> None:
    counts = areas.area_counts(cursor, ALL, ("active", "expiring"))

    assert records(counts, "partner_id", "area_id", "agreements") == [
        ("istanbul", "tourism", 1),
        ("istanbul", "transport", 1),
        ("ljubljana", "culture", 1),
    ]


def test_area_counts_of_a_chosen_area(cursor: Cursor) -> None:
    counts = areas.area_counts(cursor, replace(ALL, area=("transport",)), ())

    assert records(counts, "partner_id", "area_id", "agreements") == [
        ("istanbul", "transport", 1),
        ("ljubljana", "transport", 1),
    ]


def test_the_labels_behind_a_cell(cursor: Cursor) -> None:
    labels = areas.area_labels(cursor, ALL, (), "ljubljana", "culture")

    assert records(labels, "agreement_id", "label", "language", "publisher") == [
        ("ljubljana-2019", "kultura", "Slovenian", "City of Ljubljana"),
        ("ljubljana-2019", "культура", "Russian", "Mayor of Moscow"),
        ("ljubljana-2022", "kultura", "Slovenian", "City of Ljubljana"),
    ]
    in_force = areas.area_labels(cursor, ALL, ("active", "expiring"), "ljubljana", "culture")
    assert in_force["agreement_id"].tolist() == ["ljubljana-2022"]
    assert areas.area_labels(cursor, ALL, (), "beijing", "culture").empty


def test_every_cell_has_as_many_agreements_behind_it_as_it_says(real: Cursor) -> None:
    filters = Filters(as_of=date(2026, 11, 21), country=("TR", "SI"))
    cells = areas.area_counts(real, filters, ()).to_dict("records")

    # What Istanbul and Ljubljana are known to name (truths.csv).
    assert {("istanbul", "transport"), ("ljubljana", "sport")} <= {
        (cell["partner_id"], cell["area_id"]) for cell in cells
    }
    for cell in cells:
        labels = areas.area_labels(real, filters, (), cell["partner_id"], cell["area_id"])
        assert labels["agreement_id"].nunique() == cell["agreements"]


def test_who_says_what(cursor: Cursor) -> None:
    said = record.statements(cursor, "beijing-1995")
    signed = said[said["field"] == "signed_on"]

    assert records(signed, "value", "chosen", "disputed", "publisher", "language") == [
        ("1995-05-16", True, True, "City of Ljubljana", "Slovenian"),
        ("1992", False, True, "Mayor of Moscow", "Russian"),
    ]
    assert not said[said["field"] != "signed_on"]["disputed"].any()


def test_a_less_exact_date_is_another_version_but_no_dispute(cursor: Cursor) -> None:
    said = record.statements(cursor, "ljubljana-2019")
    signed = said[said["field"] == "signed_on"]

    assert records(signed, "value", "chosen", "disputed") == [
        ("2019-09-10", True, False),
        ("2019-09", False, False),
    ]


def test_statements_of_an_event(cursor: Cursor) -> None:
    said = record.statements(cursor, "event-2")

    assert set(said["field"]) == {"event", "date"}
    assert said["chosen"].all()


def test_the_areas_of_an_agreement_in_its_sources_words(cursor: Cursor) -> None:
    labels = record.labels(cursor, "ljubljana-2019")

    assert records(labels, "area", "label", "language") == [
        ("Culture", "kultura", "Slovenian"),
        ("Culture", "культура", "Russian"),
        ("Transport", "promet", "Slovenian"),
    ]
    assert record.labels(cursor, "beijing-1995").empty


def test_an_unknown_record_has_nothing(cursor: Cursor) -> None:
    assert record.statements(cursor, "atlantis-1901").empty
    assert record.labels(cursor, "atlantis-1901").empty


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("Istambul", ["Istanbul"]),
        ("Lubljana", ["Ljubljana"]),
        ("любяна", ["Ljubljana"]),
        ("Turkey", ["Türkiye"]),
        # A name that holds the words is found by the search itself.
        ("Beijing", []),
        ("Стамбул", []),
        ("tourism", []),
    ],
)
def test_names_spelt_nearly_so(cursor: Cursor, asked: str, meant: list[str]) -> None:
    assert register.alike(cursor, asked) == meant


def test_the_newest_source(cursor: Cursor, publish: Callable[[Register], Path]) -> None:
    # The others have no date.
    assert register.newest_source(cursor) == "2020-05"
    with duckdb.connect(publish(Register()), read_only=True) as undated:
        assert register.newest_source(undated) is None


def test_an_agreement_names_its_sources(cursor: Cursor) -> None:
    agreement = selected.agreements(cursor, ALL).set_index("agreement_id").loc["istanbul-2020"]

    assert agreement["sources"] == len(agreement["publishers"].split("; "))
    assert "Hürriyet" in agreement["publishers"].split("; ")


def test_what_can_be_chosen(cursor: Cursor) -> None:
    options = register.options(cursor)

    # By name without accents.
    assert list(options.city.items()) == [
        ("anhui", "Ānhuī"),
        ("beijing", "Beijing"),
        ("istanbul", "Istanbul"),
        ("ljubljana", "Ljubljana"),
        ("tehran", "Tehran"),
    ]
    assert list(options.country) == ["CN", "IR", "SI", "TR"]
    assert list(options.area) == ["culture", "tourism", "transport"]
    assert options.instrument["letter_of_intent"] == "Letter of intent"
    assert options.party["city_duma"] == "Moscow City Duma"
    assert list(options.status)[:3] == ["in_force", "active", "expiring"]
    assert options.status["in_force"] == "In force: active or expiring"
    assert list(options.status)[-1] == "future"
    # From the begin of 1995 to the end of 2025.
    assert (options.first_year, options.last_year) == (1995, 2025)


@pytest.mark.parametrize(
    "signed_and_end", [[], [("", "")], [("2019-09-10", "")], [("2019-09-10", "2019")]]
)
def test_there_are_always_two_years_to_choose_between(
    signed_and_end: list[tuple[str, str]], publish: Callable[[Register], Path]
) -> None:
    small = Register()
    for number, (signed_on, valid_to) in enumerate(signed_and_end):
        small.agreement(f"a{number}", signed_on=signed_on, valid_to=valid_to)
    with duckdb.connect(publish(small), read_only=True) as connection:
        options = register.options(connection)

    assert options.first_year < options.last_year


def test_the_years_of_the_real_register_hold_all_its_windows(real: Cursor) -> None:
    options = register.options(real)
    # Whatever lies in no year is not found by any choice of years.
    dated = real.execute(
        "SELECT min(year(begins_on)), max(year(ends_on)) FROM agreement_windows"
    ).fetchall()[0]

    assert options.first_year <= dated[0]
    assert options.last_year >= dated[1]


def test_the_version_is_that_of_the_database(cursor: Cursor) -> None:
    assert register.version(cursor) == cursor.execute("FROM register").fetchall()[0][0]


def test_statuses_are_explained(cursor: Cursor) -> None:
    definitions = register.status_definitions(cursor)

    assert len(definitions) == 10
    assert definitions["definition"].str.len().min() > 10
    assert set(definitions[definitions["in_force"]]["status"]) == {"active", "expiring"}


def test_of_two_areas_each_is_enough(real: duckdb.DuckDBPyConnection) -> None:
    labels = pd.read_csv(REAL_REGISTER / "agreement_areas.csv", dtype=str)
    naming = {area: set(rows["agreement_id"]) for area, rows in labels.groupby("area_id")}
    either, both = naming["culture"] | naming["sport"], naming["culture"] & naming["sport"]
    assert len(both) < min(len(naming["culture"]), len(naming["sport"]))

    every = tuple(str(status) for status, *_ in STATUS_ROWS)
    filters = Filters(as_of=date(2026, 11, 21), area=("culture", "sport"), status=every)
    assert set(selected.agreements(real, filters)["agreement_id"]) == either
