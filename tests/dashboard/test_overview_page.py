"""The Overview: its figures and lists against counts of their own, the day, the pinned link."""

import hashlib
import html
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import duckdb
import pandas as pd
import plotly.graph_objects as go
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.charts.figure import Figure
from dashboard.charts.style import DARK, LIGHT, STATUS, Ink
from dashboard.charts.world import REGIONS, world_map
from register import clock, summaries
from register.codes import STATUS_ROWS
from register.filters import Filters
from register.queries import overview
from register.queries import places as queries
from tests.conftest import Register
from tests.dashboard.conftest import (
    DAY,
    ROOT,
    OpenPage,
    go_to,
    opened,
    page_links,
    plotly,
    tables,
    words_of,
)

Cursor = duckdb.DuckDBPyConnection
Publish = Callable[[Register], Path]
ON_DAY = DAY.isoformat()
ALL = Filters(as_of=DAY)


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    """The caches live as long as the process: a test must not see another's."""
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


PART = re.compile(r"\*\*([\d,]+)\*\* (.+)")


def parts(app: AppTest) -> dict[str, int]:
    """The parts of the bar of all agreements."""
    found = filter(None, map(PART.fullmatch, page_links(app)))
    return {part[2]: int(part[1].replace(",", "")) for part in found}


def headline_of(app: AppTest) -> str:
    """The page's title as a reader sees it."""
    bodies = [element.proto.body for element in app.get("html")]
    (title,) = (body for body in bodies if "<h1" in body)
    return html.unescape(re.sub(r"<script.*|<[^>]+>", "", title))


def in_force(app: AppTest) -> int:
    """The number of the title."""
    found = re.search(
        r"(None|All \d+|\d+)(?: of \d+)?(?: agreements)? (?:is|was|are|were) known",
        headline_of(app),
    )
    assert found is not None
    return 0 if found[1] == "None" else int(found[1].removeprefix("All "))


def press(app: AppTest, label: str) -> AppTest:
    """The first button of that name, which is the one in the page."""
    return next(button for button in app.main.button if button.label == label).click().run()


# Figures and lists


def test_the_sentence_and_the_parts_on_the_day(known: Path, open_page: OpenPage) -> None:
    app = open_page("overview", known, as_of=ON_DAY)

    assert headline_of(app) == (
        "Of 10 agreements, 2 were known to be in force on 1 March 2022. "
        "For 1 no source states an end."
    )
    assert list(parts(app).items()) == [
        ("Active", 1),  # ljubljana-2022
        ("Expiring", 1),  # istanbul-2020
        ("Upcoming", 1),  # beijing-2022
        ("No end stated", 1),  # beijing-1995
        ("Suspended", 1),  # istanbul-2010
        ("Announced", 1),  # tehran-2004
        ("Undated", 1),  # anhui-letter
        ("Terminated", 1),  # anhui-2018
        ("Expired", 2),  # ljubljana-2019, tehran-2015
    ]
    assert "5 partners in 4 countries, as of 1 March 2022." in words_of(app)
    # Tehran, Ānhuī
    assert page_links(app)["2 lapsed partners: when and what ran out"] == (
        "validity",
        {"section": ["lapsed"], "as_of": [ON_DAY]},
    )


@pytest.mark.parametrize("day", ["1996-05-16", "2016-06-01", "2022-03-01", "2026-11-21"])
def test_the_parts_add_up_to_the_whole_of_the_sentence(
    day: str, published: Path, open_page: OpenPage
) -> None:
    with duckdb.connect(published, read_only=True) as connection:
        counted = dict(
            connection.execute(
                """
                SELECT name, count(*)
                FROM agreement_status(CAST(? AS DATE)) JOIN statuses USING (status)
                WHERE status <> 'future'
                GROUP BY name
                """,
                [day],
            ).fetchall()
        )
        ((countries, partners, lapsed),) = connection.execute(
            """
            SELECT count(DISTINCT country_code), count(DISTINCT partner_id),
                (SELECT count(*) FROM partner_status(CAST(? AS DATE)) WHERE lapsed)
            FROM agreement_status(CAST(? AS DATE)) JOIN partners USING (partner_id)
            WHERE status <> 'future'
            """,
            [day, day],
        ).fetchall()
    app = open_page("overview", published, as_of=day)

    assert parts(app) == counted
    assert f" of {sum(counted.values())} agreements" in headline_of(app).replace("Of", " of")
    assert in_force(app) == counted.get("Active", 0) + counted.get("Expiring", 0)
    assert f"{partners} partners in {countries} countries, as of" in words_of(app)
    assert [label for label in page_links(app) if "lapsed partner" in label] == (
        [f"{lapsed} lapsed partner{'s' * (lapsed != 1)}: when and what ran out"] if lapsed else []
    )


def test_the_sentence_and_the_parts_follow_the_filters(known: Path, open_page: OpenPage) -> None:
    chosen = {"city": ["istanbul", "tehran"], "horizon": "100"}
    app = open_page("overview", known, as_of=ON_DAY, **chosen)

    assert headline_of(app) == "Of 4 agreements, 1 was known to be in force on 1 March 2022."
    assert parts(app) == {"Active": 1, "Suspended": 1, "Announced": 1, "Expired": 1}
    assert "2 partners in 2 countries" in words_of(app)
    assert "1 lapsed partner: when and what ran out" in page_links(app)


def test_a_figure_leads_to_what_it_counts(known: Path, open_page: OpenPage) -> None:
    app = open_page("overview", known, as_of=ON_DAY, country="TR", horizon="150")
    links = page_links(app)
    kept = {"country": ["TR"], "as_of": [ON_DAY], "horizon": ["150"]}

    assert links["**1** Expiring"] == ("validity", {"status": ["expiring"], **kept})
    assert links["1 was known to be in force"] == (
        "validity",
        {"status": ["in_force"], **kept},
    )
    # Nothing lapsed there.
    assert not [label for label in links if "lapsed partner" in label]

    followed = open_page("validity", known, as_of=ON_DAY, status="in_force")
    assert "2 agreements with 2 partners" in words_of(followed)


def test_a_figure_of_the_sentence_leads_where_its_address_says(
    known: Path, open_page: OpenPage
) -> None:
    app = open_page("overview", known, as_of="2022-06-01", country=["CN", "TR"])
    (title,) = (e.proto.body for e in app.get("html") if "<h1" in e.proto.body)
    written = [
        (urlsplit(html.unescape(url)).path, parse_qs(urlsplit(html.unescape(url)).query))
        for url in re.findall(r'href="([^"]+)"', title)
    ]
    links = page_links(app)

    # Streamlit's links stand in the same order, and for the same (static/sentence.js).
    assert [links[name] for name in re.findall(r">([^<>]+)</a>", title)] == written
    assert len(written) == 2


def test_a_figure_stays_within_the_chosen_statuses(known: Path, open_page: OpenPage) -> None:
    app = open_page("overview", known, as_of=ON_DAY, status=["expiring", "undated"])

    assert headline_of(app) == "Of 2 agreements, 1 was known to be in force on 1 March 2022."
    assert page_links(app)["1 was known to be in force"][1]["status"] == ["expiring"]


def test_what_was_ended_leads_to_just_that(
    register: Register, publish: Publish, open_page: OpenPage
) -> None:
    for number, day in enumerate(["2021-05-01", "2022-02-01", "2023"]):
        register.agreement(f"pact-{number}", title=f"Pact {number}", signed_on="2019-09-10")
        register.event("terminated", day, agreement_id=f"pact-{number}")
    app = open_page("overview", publish(register), as_of="2024-01-01")

    assert "Since February 2022, 2 ties were ended or put on hold." in headline_of(app)
    page, parameters = page_links(app)["2 ties were ended or put on hold"]
    assert page == "events"
    assert parameters["event"] == ["terminated", "suspended"]
    assert parameters["happened_from"] == ["2022-02"]


def test_beyond_the_sources_it_says_so(
    register: Register, publish: Publish, open_page: OpenPage
) -> None:
    register.source("herald", published_on="2021-07-01")
    register.agreement(signed_on="2019-09-10")
    register.statement("programme", "signed_on", "2019-09-10", "herald")
    database = publish(register)

    beyond = words_of(open_page("overview", database, as_of="2021-07-02"))
    assert "Sources reach to 1 July 2021: later days are projected" in beyond
    assert (
        "projected"
        not in words_of(open_page("overview", database, as_of="2021-07-01")).split("Paler")[0]
    )


def test_what_runs_out_next_and_what_was_signed_last(known: Path, open_page: OpenPage) -> None:
    app = open_page("overview", known, as_of=ON_DAY)
    said = words_of(app)
    ids = [parameters["id"][0] for _, parameters in page_links(app).values() if "id" in parameters]

    assert "ends 30 June 2022, 121 days left" in said
    assert "ends 2024, at most 1,036 days left" in said
    # Titles repeat, and links of one name are one here; Istanbul's protocol is in both lists.
    assert {
        "istanbul-2020",
        "ljubljana-2022",
        "anhui-2018",
        "beijing-1995",
    } <= set(ids)
    happened = re.findall(r"^(?:Signed|Reported|Suspended|Terminated) .+ · .+$", said, re.MULTILINE)
    # Each with who says so.
    assert happened == [
        "Signed on 1 February 2022 · City of Ljubljana (no address on record)",
        "Signed on 15 January 2022 · City of Ljubljana (no address on record)",
        "Suspended on 1 December 2021 · City of Ljubljana (no address on record)",
        "Terminated on 15 June 2021 · City of Ljubljana (no address on record)",
        "Signed in May 2020 · City of Ljubljana (no address on record)",
    ]


def test_where_sources_disagree(known: Path, open_page: OpenPage) -> None:
    said = words_of(open_page("overview", known, as_of=ON_DAY))

    # Each has one source: the earlier first.
    assert "Signed on: 1992 or 16 May 1995" in said
    # The same said less exactly is no disagreement.
    assert "September 2019 or" not in said
    agreed = words_of(open_page("overview", known, as_of=ON_DAY, city="istanbul"))
    assert "Sources agree on every field of the agreements shown." in agreed


def test_disagreements_with_the_newest_source_first(
    register: Register, publish: Publish, open_page: OpenPage
) -> None:
    register.source("old", published_on="2001")
    register.source("new", published_on="2020-03", publisher="New")
    register.agreement("first", title="First", signed_on="2000-01-01")
    register.statement("first", "signed_on", "2000-01-02", "new")
    register.agreement("second", title="Second", signed_on="2000-02-01")
    register.statement("second", "signed_on", "2000-02-02", "old")
    whole = register.event("suspended", "2021-06-01")
    register.statement(whole, "date", "2021-07-01", "new")
    later = register.event("resumed", "2022-06-01")
    register.statement(later, "date", "2022-07-01", "new")
    with duckdb.connect(publish(register), read_only=True) as connection:
        found = overview.disagreements(connection, ALL)
        earlier = overview.disagreements(connection, Filters(as_of=date(2021, 6, 1)))

    # What happens after the day is left out; 2001 ends before 2020.
    assert list(found["record_id"]) == [whole, "first", "second"]
    assert list(found["title"].fillna("")) == ["", "First", "Second"]
    assert list(found["partner"]) == ["Ljubljana"] * 3
    assert sorted(found["versions"].iloc[0]) == ["2021-06-01", "2021-07-01"]
    assert list(earlier["record_id"]) == [whole, "first", "second"]
    app = open_page("overview", publish(register), as_of=ON_DAY)
    assert page_links(app)["Ljubljana: whole partnership"] == (
        "partner",
        {"city": ["ljubljana"], "as_of": [ON_DAY]},
    )
    assert "Suspended, when: 1 June 2021 or 1 July 2021" in words_of(app)


def test_the_partners_as_a_table(known: Path, open_page: OpenPage) -> None:
    app = open_page("overview", known, as_of=ON_DAY)
    (table,) = (table for table in tables(app) if "Partner" in table)
    known_before = ["Country", "Partner", "Status", "Lapsed", "Agreements", "In force"]

    assert [tuple(row) for row in table[known_before].to_numpy()] == [
        ("China", "Beijing", "Upcoming", "", 2, 0),
        ("China", "Ānhuī", "Undated", "lapsed", 2, 0),
        ("Iran", "Tehran", "Announced", "lapsed", 2, 0),
        ("Slovenia", "Ljubljana", "Active", "", 2, 1),
        ("Türkiye", "Istanbul", "Expiring", "", 2, 1),
    ]
    assert [tuple(row) for row in table.drop(columns=known_before).fillna("").to_numpy()] == [
        ("16 May 1995", "1 February 2022", "", "Eastern Asia"),
        ("1 April 2018", "1 April 2018", "", "Eastern Asia"),
        # Announced, never signed; the other one is only reported.
        ("reported 18 November 2015", "reported 18 November 2015", "", "Southern Asia"),
        ("10 September 2019", "15 January 2022", "2024", "Southern Europe"),
        ("3 March 2010", "May 2020", "30 June 2022", "Western Asia"),
    ]
    assert "5 partners in 4 countries." in words_of(app)


def test_with_nothing_to_show_the_day_can_still_be_changed(
    known: Path, open_page: OpenPage
) -> None:
    app = open_page("overview", known, as_of="2001-03-01", city="tehran")

    assert "Remove a filter" in words_of(app)
    assert headline_of(app) == "No agreement known on 1 March 2001 fits."
    assert not parts(app)
    for _ in range(4):
        press(app, "Year on")
    assert app.query_params == {"city": "tehran", "as_of": "2005-03-01"}
    assert "1 partner in 1 country" in words_of(app)


# The map


def mapped_register() -> Register:
    """A city with a district in it, a district of its own place, and a city without a place."""
    register = Register()
    register.partner("berlin", name="Berlin", country_code="DE", latitude="52.5", longitude="13.4")
    for partner_id, place in (("mitte", {}), ("pankow", {"latitude": "52.6", "longitude": "13.5"})):
        register.partner(
            partner_id,
            name=partner_id.title(),
            kind="district",
            country_code="DE",
            within="berlin",
            **place,
        )
    for partner_id in ("ljubljana", "berlin", "mitte", "pankow"):
        register.agreement(f"of-{partner_id}", partner_id=partner_id, signed_on="2000-01-01")
    return register


def test_a_district_without_a_place_is_where_its_city_is(publish: Publish) -> None:
    with duckdb.connect(publish(mapped_register()), read_only=True) as connection:
        partners = overview.partners(connection, ALL)
        figures = queries.places(connection, ALL)
    places = {
        row["partner_id"]: (row["latitude"], row["longitude"]) for _, row in partners.iterrows()
    }

    assert places["mitte"] == places["berlin"] == (52.5, 13.4)
    assert places["pankow"] == (52.6, 13.5)
    assert partners.set_index("partner_id")["latitude"].isna()["ljubljana"]
    summary = summaries.world_map(figures, ALL)
    assert summary.startswith("4 partners in 2 countries on 1 March 2022: 4 no end stated.")
    assert summary.endswith("1 partner without coordinates in the table only.")


def test_a_partner_of_which_nothing_is_known_yet(known: Path) -> None:
    """Shown only when asked for, and then as such."""
    with duckdb.connect(known, read_only=True) as connection:
        asked = overview.partners(connection, Filters(as_of=date(1990, 1, 1), status=("future",)))
        not_asked = overview.partners(connection, Filters(as_of=date(1990, 1, 1)))

    of_ljubljana = asked.set_index("partner_id").loc["ljubljana"]
    assert (of_ljubljana["status"], of_ljubljana["lapsed"]) == ("future", False)
    # The undated one cannot be placed, so it is always shown.
    assert list(not_asked["partner_id"]) == ["anhui"]


def points(figure: go.Figure) -> go.Scattergeo:
    """The partners, from the lowest to what lies on top."""
    (trace,) = (trace for trace in figure.data if trace.customdata is not None)
    return trace


def legend_of(figure: Figure) -> list[str]:
    return re.findall("<span>(.*?)</span>", figure.legend)


@pytest.mark.parametrize("ink", [LIGHT, DARK])
@pytest.mark.parametrize("region", REGIONS)
def test_the_map_shows_every_partner_by_its_status(region: str, ink: Ink, real: Cursor) -> None:
    partners = overview.partners(real, Filters(as_of=date(2026, 11, 21)))
    drawn_map = world_map(partners, region, ink)
    figure = plotly(drawn_map)
    trace = points(figure)
    marks = (trace.marker.symbol, trace.marker.color, trace.lon, trace.lat)
    drawn = {
        partner_id: mark for (partner_id,), *mark in zip(trace.customdata, *marks, strict=True)
    }

    assert len(drawn) == len(partners)
    for _, partner in partners.iterrows():
        symbol, colour, lon, lat = drawn[partner["partner_id"]]
        style = STATUS[partner["status"]]
        assert (symbol, colour) == (style.symbol, style.colour)
        assert (lon, lat) == (partner["longitude"], partner["latitude"])
    names = [name for _, _, name, *_ in STATUS_ROWS]
    counts = partners["status_name"].value_counts()
    assert legend_of(drawn_map) == [f"{name} ({counts[name]})" for name in names if name in counts]
    geo = figure.layout.geo
    assert not geo.showcountries
    assert not geo.showsubunits


def test_every_status_has_a_symbol_of_its_own() -> None:
    assert set(STATUS) == {status for status, *_ in STATUS_ROWS}
    assert len({style.symbol for style in STATUS.values()}) == len(STATUS)


def test_a_name_with_signs_of_markup_is_text(register: Register, publish: Publish) -> None:
    register.partner("odd", name="<b>Odd</b> *City*", latitude="46", longitude="14")
    register.agreement("odd-one", partner_id="odd", signed_on="2000-01-01")
    with duckdb.connect(publish(register), read_only=True) as connection:
        partners = overview.partners(connection, ALL)

    (hover,) = points(plotly(world_map(partners, "world", LIGHT))).hovertext
    assert hover.startswith("<b>&lt;b&gt;Odd&lt;/b&gt; *City*</b>")


def test_a_chosen_partner_is_named_with_the_way_to_it(known: Path, open_page: OpenPage) -> None:
    app = open_page("overview", known, as_of=ON_DAY)
    app.selectbox(key="overview_map_partner").select("Tehran").run()

    assert "**Tehran**, Iran · Announced, lapsed · 2 agreements shown" in (words_of(app))
    assert page_links(app)["All on Tehran"] == ("partner", {"city": ["tehran"], "as_of": [ON_DAY]})


def test_partners_in_the_same_place_are_named_together(
    publish: Publish, open_page: OpenPage
) -> None:
    database = publish(mapped_register())
    app = open_page("overview", database, as_of=ON_DAY)

    def shown(name: str) -> list[str]:
        app.selectbox(key="overview_map_partner").select(name).run()
        return [label for label in page_links(app) if label.startswith("All on")]

    assert shown("Berlin") == ["All on Berlin", "All on Mitte"]
    assert shown("Mitte") == ["All on Mitte", "All on Berlin"]
    assert shown("Pankow") == ["All on Pankow"]
    # It has no place at all.
    assert shown("Ljubljana") == ["All on Ljubljana"]
    with duckdb.connect(database, read_only=True) as connection:
        partners = overview.partners(connection, ALL)
    figure = world_map(partners, "world", LIGHT)
    drawn = [partner_id for (partner_id,) in points(plotly(figure)).customdata]
    assert drawn.index("mitte") < drawn.index("berlin")
    assert legend_of(figure) == ["No end stated (4)"]


def test_rare_statuses_lie_on_top_and_the_legend_keeps_its_order(publish: Publish) -> None:
    register = Register()
    for number in range(6):
        city = register.partner(f"city-{number}", latitude=f"46.{number}", longitude="14")
        # On 1 March 2022: one active, three without end, two expired.
        end = {0: "2030", 4: "2010", 5: "2010"}.get(number, "")
        register.agreement(f"of-{number}", partner_id=city, signed_on="2000-01-01", valid_to=end)
    with duckdb.connect(publish(register), read_only=True) as connection:
        figure = world_map(overview.partners(connection, ALL), "world", LIGHT)

    symbols = list(points(plotly(figure)).marker.symbol)
    assert symbols == ["circle-open"] * 3 + ["triangle-down"] * 2 + ["circle"]
    assert legend_of(figure) == ["Active (1)", "No end stated (3)", "Expired (2)"]


@pytest.mark.parametrize("region", REGIONS)
def test_moscow_is_on_the_map_but_no_partner(region: str, real: Cursor) -> None:
    partners = overview.partners(real, Filters(as_of=date(2026, 11, 21)))
    figure = plotly(world_map(partners, region, LIGHT))
    (moscow,) = (trace for trace in figure.data if trace.mode == "markers+text")

    assert moscow.text == ("Moscow",)
    # Red Square.
    assert (moscow.lat[0], moscow.lon[0]) == pytest.approx((55.754, 37.620), abs=0.01)
    assert (moscow.customdata, moscow.hoverinfo) == (None, "skip")


def test_the_marks_are_smaller_where_they_are_many(real: Cursor) -> None:
    partners = overview.partners(real, Filters(as_of=date(2026, 11, 21)))
    size = {
        region: points(plotly(world_map(partners, region, LIGHT))).marker.size for region in REGIONS
    }

    assert size.pop("world") == 8
    assert set(size.values()) == {11}


def test_the_coastlines_are_the_file_that_the_note_names() -> None:
    folder = ROOT / "dashboard" / "static" / "topojson"
    digest = hashlib.sha256((folder / "world_110m.json").read_bytes()).hexdigest()

    assert digest in (folder / "README.md").read_text(encoding="utf-8")


def test_a_part_of_the_world_is_a_filter_that_all_figures_follow(
    known: Path, open_page: OpenPage
) -> None:
    app = open_page("overview", known, as_of=ON_DAY)
    app.segmented_control(key="map_region").set_value("europe").run()

    assert app.query_params == {"region": "europe", "as_of": ON_DAY}
    assert headline_of(app) == "Of 2 agreements, 1 was known to be in force on 1 March 2022."
    again = open_page("overview", known, as_of=ON_DAY, region="europe")
    assert again.segmented_control(key="map_region").value == "europe"
    # The map has no picture of a region of its own for it.
    narrower = open_page("overview", known, as_of=ON_DAY, region="southern-europe")
    assert narrower.segmented_control(key="map_region").value == "world"

    app.segmented_control(key="map_region").set_value("world").run()
    assert app.query_params == {"as_of": ON_DAY}


@pytest.mark.parametrize("ink", [LIGHT, DARK])
def test_only_what_is_in_force_is_named_and_no_name_lies_on_another(ink: Ink, real: Cursor) -> None:
    partners = overview.partners(real, Filters(as_of=date(2026, 11, 21)))
    in_force = set(partners["partner"][partners["in_force"] > 0])
    found = {}
    for region in REGIONS:
        (trace,) = (t for t in plotly(world_map(partners, region, ink)).data if t.mode == "text")
        found[region] = [text.strip("\u00a0") for text in trace.text]

    assert all(set(named) <= in_force for named in found.values())
    assert {"Beijing", "Harbin"} <= set(found["asia"])
    assert not {"Beijing", "Harbin"} & set(found["europe"])
    # Two in one place: the one name would lie on the other.
    beside = partners[partners["partner"].isin(["Beijing"])]
    twice = pd.concat([beside] + [beside.assign(partner_id=f"b{n}") for n in range(8)])
    (trace,) = (t for t in plotly(world_map(twice, "world", ink)).data if t.mode == "text")
    assert len(trace.text) < 9


def test_while_the_years_play_the_year_is_on_the_map(real: Cursor) -> None:
    partners = overview.partners(real, Filters(as_of=date(2016, 11, 21)))

    assert not plotly(world_map(partners, "world", LIGHT)).layout.annotations
    (year,) = plotly(world_map(partners, "world", LIGHT, 2016)).layout.annotations
    assert (year.text, year.font.size) == ("<b>2016</b>", 56)


def test_what_has_no_stated_end_lies_below_all_others(publish: Publish) -> None:
    register = Register()
    # Three have run out, one has no end: the rarest, and still the lowest.
    for number, end in enumerate(["2010", "2010", "2010", ""]):
        city = register.partner(f"city-{number}", latitude=f"46.{number}", longitude="14")
        register.agreement(f"of-{number}", partner_id=city, signed_on="2000-01-01", valid_to=end)
    with duckdb.connect(publish(register), read_only=True) as connection:
        drawn = points(plotly(world_map(overview.partners(connection, ALL), "world", LIGHT)))

    assert list(drawn.marker.symbol) == ["circle-open"] + ["triangle-down"] * 3


# The day


def test_a_year_back_a_year_on_and_today(
    known: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2022, 3, 1))
    app = open_page("overview", known)
    assert app.query_params == {}

    press(app, "Year back")
    assert app.query_params == {"as_of": "2021-03-01"}
    assert "as of 1 March 2021" in words_of(app)
    # anhui-2018 and ljubljana-2019 were in force then, istanbul-2020 as well.
    assert in_force(app) == 3
    press(app, "Year on")
    press(app, "Year on")
    assert app.query_params == {"as_of": "2023-03-01"}
    press(app, "Today")
    assert app.query_params == {}
    assert in_force(app) == 2


def test_an_emptied_day_is_today(
    known: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2022, 3, 1))
    app = open_page("overview", known, as_of="2019-06-30")
    app.date_input(key="filter_as_of").set_value(None).run()

    assert not app.exception
    assert "as of 1 March 2022" in words_of(app)
    assert app.query_params == {}


def test_from_the_29_of_february(known: Path, open_page: OpenPage) -> None:
    app = open_page("overview", known, as_of="2020-02-29")

    assert press(app, "Year back").query_params == {"as_of": "2019-02-28"}


@pytest.mark.parametrize(
    ("day", "button"), [("1900-06-01", "Year back"), ("2100-06-01", "Year on")]
)
def test_where_the_days_end_so_do_the_steps(
    day: str, button: str, known: Path, open_page: OpenPage
) -> None:
    app = open_page("overview", known, as_of=day, status="undated")

    assert {
        step.label
        for step in app.main.button
        if step.disabled and str(step.key).startswith("overview_")
    } == {button}


def test_the_day_goes_along_to_other_pages(known: Path, open_page: OpenPage) -> None:
    app = press(open_page("overview", known, as_of=ON_DAY), "Year back")

    assert "as of 1 March 2021" in words_of(go_to(app, "timeline"))


def test_the_years_play_from_the_first_thing_known(
    known: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2022, 3, 1))
    app = press(open_page("overview", known), "Play the years")

    # beijing-1995 was signed on 16 May 1995.
    assert "as of 1 March 1996" in words_of(app)
    assert "2 partners in 1 country" in words_of(app)
    # Every year would be an entry in the browser's history.
    assert app.query_params == {}
    press(app, "Pause")
    assert app.query_params == {"as_of": "1996-03-01"}
    assert "as of 1 March 1996" in words_of(app)


def test_the_years_play_on_from_a_chosen_day(
    known: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2022, 3, 1))
    app = press(open_page("overview", known, as_of="2019-06-30"), "Play the years")
    assert "as of 30 June 2019" in words_of(app)

    # Another page ends it, on the day that it has reached.
    go_to(app, "timeline")
    assert "as of 30 June 2019" in words_of(app)
    go_to(app, "overview")
    assert "Play the years" in {button.label for button in app.main.button}


def test_a_filter_can_be_set_while_the_years_play(
    known: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2022, 3, 1))
    app = press(open_page("overview", known, as_of="2019-12-31"), "Play the years")
    app.multiselect(key="filter_city").select("ljubljana").run()

    assert "1 partner in 1 country" in words_of(app)
    assert "as of 31 December 2019" in words_of(app)
    press(app, "Pause")
    assert app.query_params == {"city": "ljubljana", "as_of": "2019-12-31"}


@pytest.mark.parametrize(
    ("city", "first"),
    [
        ("beijing", date(1995, 5, 16)),
        ("tehran", date(2004, 3, 10)),  # announced
        ("istanbul", date(2010, 3, 3)),
        ("anhui", date(2018, 4, 1)),  # the other one is undated
    ],
)
def test_the_first_day_known_is_of_the_selection(city: str, first: date, cursor: Cursor) -> None:
    chosen = Filters(as_of=DAY, city=(city,), status=("suspended",))

    assert overview.first_day(cursor, chosen) == first


def test_without_dates_there_is_no_first_day(cursor: Cursor) -> None:
    chosen = Filters(as_of=DAY, city=("anhui",), instrument=("letter_of_intent",))

    assert overview.first_day(cursor, chosen) is None


# The pinned link


def version_of(database: Path) -> str:
    with duckdb.connect(database, read_only=True) as connection:
        return str(connection.execute("SELECT version FROM register").fetchall()[0][0])


def copied(app: AppTest) -> str:
    # The one in the head of the page.
    return str(app.main.code[0].value)


def test_the_link_to_copy_pins_day_and_version(
    known: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2022, 3, 1))
    app = open_page("overview", known, city=["tehran", "anhui"])
    assert app.query_params == {"city": ["tehran", "anhui"]}

    version = version_of(known)
    assert copied(app).endswith(f"?city=tehran&city=anhui&as_of=2022-03-01&version={version}")
    agreement = open_page("agreement", known, id="tehran-2015")
    assert copied(agreement).endswith(f"?as_of=2022-03-01&id=tehran-2015&version={version}")


def test_a_link_of_this_version_says_nothing(known: Path, open_page: OpenPage) -> None:
    app = open_page("overview", known, as_of=ON_DAY, version=version_of(known))

    assert not app.info
    assert not app.warning


def test_a_link_of_another_version_says_so_until_the_view_is_another(
    known: Path, open_page: OpenPage
) -> None:
    app = open_page("overview", known, as_of=ON_DAY, version="0123456789ab")
    (notice,) = (str(info.value).replace("\\", "") for info in app.info)

    assert "version 0123456789ab" in notice
    assert f"this is version {version_of(known)}" in notice
    assert "Numbers may differ" in notice
    # So that a reload says it again.
    assert app.query_params == {"as_of": ON_DAY, "version": "0123456789ab"}

    app.multiselect(key="filter_city").select("istanbul").run()
    assert not app.info
    assert app.query_params == {"city": "istanbul", "as_of": ON_DAY}


def test_a_version_in_an_address_is_text(known: Path, open_page: OpenPage) -> None:
    app = open_page("overview", known, as_of=ON_DAY, version="[here](https://other.example)")

    assert r"\[here\](https" in str(app.info[0].value)
    assert "version [here](https://other.example) of" in words_of(app)


def test_the_table_of_the_years_is_drawn_once_it_is_opened(
    known: Path, open_page: OpenPage
) -> None:
    app = open_page("overview", known, as_of=ON_DAY)
    assert not [table for table in app.dataframe if "in_force" in table.value]

    app = opened(app, "years_table")
    (table,) = (table.value for table in app.dataframe if "in_force" in table.value)

    assert table["year"].is_monotonic_decreasing
