"""Areas: what began when, shares of a partner's agreements, partners that are alike."""

import colorsys
import itertools
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts import growth as charts
from dashboard.charts import letters
from dashboard.charts.areas import SHARE, area_heatmap, by_likeness
from dashboard.charts.likeness import chain
from dashboard.charts.sources import sources_by_year
from dashboard.charts.style import FONT, LIGHT, STATUS
from dashboard.room import STEPS
from register.filters import Filters
from register.growth import growth
from register.queries import areas
from tests.conftest import Register
from tests.dashboard.conftest import DAY, OpenPage, areas_table, plotly, tables, words_of

Cursor = duckdb.DuckDBPyConnection
ON_DAY = DAY.isoformat()

# --- over time ------------------------------------------------------------------------------


def test_which_areas_grew(known: Path, open_page: OpenPage) -> None:
    # Begun: culture 2019, 2022; tourism 2018, 2020; transport 2019, 2020.
    app = open_page("areas", known, as_of=ON_DAY, section="time", years="2019-2020")
    (table,) = tables(app)

    assert list(table.columns) == [
        "Area",
        "Begun 2017 to 2018",
        "Begun 2019 to 2020",
        "Change",
        "All years",
    ]
    assert table.to_numpy().tolist() == [
        ["Transport", 0, 2, 2, 2],
        ["Culture", 0, 1, 1, 2],
        ["Tourism", 1, 1, 0, 2],
    ]
    assert (
        "Transport grew most: 2 agreements begun in 2019 to 2020, 0 in 2017 to 2018. Of 3 areas, "
        "2 were named by more agreements than before, 0 by fewer, 1 by as many."
    ) in words_of(app)


def test_the_years_that_are_compared_stand_in_the_address(known: Path, open_page: OpenPage) -> None:
    app = open_page("areas", known, as_of=ON_DAY, section="time")
    # Ten years up to the day's, as far as there are so many.
    assert app.slider(key="own_years").value == (2018, 2022)
    app.slider(key="own_years").set_value((2019, 2020)).run()

    assert app.query_params["years"] == "2019-2020"
    assert "Begun 2019 to 2020" in tables(app)[0]


BEGUN = """
SELECT areas.name, count(DISTINCT agreement_id) FILTER (year(s.begins_on) BETWEEN 2007 AND 2016),
    count(DISTINCT agreement_id) FILTER (year(s.begins_on) BETWEEN 2017 AND 2026),
    count(DISTINCT agreement_id)
FROM agreement_status(DATE '2026-11-26') AS s
JOIN agreement_areas USING (agreement_id) JOIN areas USING (area_id)
WHERE s.status <> 'future' AND s.begins_on IS NOT NULL
GROUP BY areas.name
"""


def test_the_growth_of_the_real_register(
    published: Path, real: Cursor, open_page: OpenPage
) -> None:
    app = open_page("areas", published, as_of="2026-11-26", section="time")
    (table,) = tables(app)
    numbers = {area: (before, since) for area, before, since, *_ in table.to_numpy().tolist()}

    assert numbers["Transport"] == (13, 67)
    assert numbers["Culture"] == (31, 50)
    assert numbers["Economy and trade"] == (27, 28)
    assert sorted(table.drop(columns="Change").to_numpy().tolist()) == sorted(
        map(list, real.execute(BEGUN).fetchall())
    )
    assert list(table["Change"]) == sorted(table["Change"], reverse=True)


def test_without_a_dated_agreement_nothing_can_grow(
    publish: Callable[[Register], Path], open_page: OpenPage
) -> None:
    register = Register()
    register.agreement("letter", instrument="letter_of_intent")
    register.label(agreement_id="letter")
    app = open_page("areas", publish(register), as_of=ON_DAY, section="time")

    assert not app.exception
    assert "none of them has a date" in words_of(app)


def test_what_begins_after_the_day_alone(
    publish: Callable[[Register], Path], open_page: OpenPage
) -> None:
    register = Register()
    register.agreement("programme", signed_on="2022-01-10", valid_from="2024", valid_to="2026")
    register.label(agreement_id="programme")
    app = open_page("areas", publish(register), as_of=ON_DAY, section="time")

    assert not app.exception
    assert tables(app)[0].to_numpy().tolist() == [["Culture", 0, 0, 0, 1]]


def multiples(
    cursor: Cursor, by: str = "growth", room: int = STEPS[-1]
) -> tuple[pd.DataFrame, go.Figure]:
    begun = areas.begun(cursor, Filters(as_of=DAY))
    years = (2019, 2020)
    ordered = charts.order(growth(begun, years), by)
    return begun, plotly(charts.small_multiples(begun, ordered, years, LIGHT, room))


def names(figure: go.Figure) -> list[tuple[str, float, float]]:
    """What is written in bold, and where."""
    return [
        (text.removeprefix("<b>").removesuffix("</b>"), x, y)
        for trace in figure.data
        if trace.type == "scatter"
        for text, x, y in zip(trace.text, trace.x, trace.y, strict=True)
        if text.startswith("<b>")
    ]


def test_each_area_has_a_panel_with_a_bar_for_each_year(cursor: Cursor) -> None:
    _, figure = multiples(cursor)
    bars = {
        trace.name: list(zip(trace.x, trace.base, trace.hovertext, strict=True))
        for trace in figure.data
        if trace.type == "bar"
    }

    # Years from 2017, the first that is compared, to 2022: the panels are six long.
    assert [name for name, *_ in names(figure)] == ["Transport", "Culture", "Tourism"]
    lefts = [x for _, x, _ in names(figure)]
    assert {name: len(drawn) for name, drawn in bars.items()} == {
        "begun 2017 to 2018": 1,
        "begun 2019 to 2020": 4,
        "other years": 1,
    }
    assert bars["begun 2017 to 2018"][0][0] == pytest.approx(lefts[2] + 1.5)
    assert bars["begun 2017 to 2018"][0][2] == "<b>Tourism, 2018</b><br>1 agreement"
    assert bars["other years"][0][0] == pytest.approx(lefts[1] + 5.5)
    assert bars["other years"][0][2] == "<b>Culture, 2022</b><br>1 agreement"


def test_all_areas_have_one_scale(real: Cursor) -> None:
    begun, figure = multiples(real)
    heights = [
        (-y, int(text.split("<br>")[1].split()[0]))
        for trace in figure.data
        if trace.type == "bar"
        for y, text in zip(trace.y, trace.hovertext, strict=True)
    ]

    assert len(heights) == len(begun)
    assert sum(number for _, number in heights) == begun["agreements"].sum()
    assert {round(height / number, 6) for height, number in heights} == {
        round(charts.TALLEST / begun["agreements"].max(), 6)
    }


@pytest.mark.parametrize("room", STEPS)
def test_no_name_reaches_into_the_next_panel(real: Cursor, room: int) -> None:
    _, figure = multiples(real, room=room)
    pixels = room / figure.layout.xaxis.range[1]
    placed = names(figure)
    columns = len({x for _, x, _ in placed})

    assert columns == (2 if room < 640 else 4 if room < 820 else 5)
    step = sorted({x for _, x, _ in placed})[1] * pixels
    assert all(letters.width(name, FONT) <= step for name, *_ in placed)
    assert figure.layout.height >= max(y for *_, y in placed) + charts.PANEL - charts.NAME


def test_the_areas_by_growth_or_by_total(real: Cursor) -> None:
    begun, by_total = multiples(real, "total")
    totals = begun.groupby("area")["agreements"].sum()
    drawn = [int(totals[name.removesuffix("…")]) for name, *_ in names(by_total)]

    assert drawn == sorted(drawn, reverse=True)
    assert [name for name, *_ in names(multiples(real)[1])] != [
        name for name, *_ in names(by_total)
    ]


# --- by partner -----------------------------------------------------------------------------


def test_the_share_of_a_partners_agreements(cursor: Cursor) -> None:
    counts = areas.area_counts(cursor, Filters(as_of=DAY), ())
    names, named = list(counts["partner"].unique()), list(counts["area"].unique())
    (trace,) = plotly(area_heatmap(counts, names, named, LIGHT, SHARE)).data
    shares = dict(zip(map(tuple, trace.customdata), map(int, trace.text), strict=True))

    # Istanbul's roadmap of 2023 is not known yet; Ānhuī's letter names no area.
    assert shares == {
        ("anhui", "tourism"): 50,
        ("istanbul", "tourism"): 50,
        ("istanbul", "transport"): 50,
        ("ljubljana", "culture"): 100,
        ("ljubljana", "transport"): 50,
    }
    assert "Ljubljana, Transport: 1 of 2 agreements (50 %)" in trace.hovertext
    colours = dict(zip(shares.values(), trace.marker.color, strict=True))
    assert colours == {50: LIGHT.cells[2][0], 100: LIGHT.cells[5][0]}


def test_a_share_is_of_what_is_counted(cursor: Cursor) -> None:
    counts = areas.area_counts(cursor, Filters(as_of=DAY), ("expiring",))

    assert counts[["partner", "agreements", "of_partner"]].to_numpy().tolist() == [
        ["Istanbul", 1, 1],
        ["Istanbul", 1, 1],
    ]


def test_the_table_has_what_the_cells_show(known: Path, open_page: OpenPage) -> None:
    app = open_page("areas", known, as_of=ON_DAY, measure="share")
    assert not tables(app), "drawn before anybody opened it"
    table = areas_table(app)

    numbers = table.set_index("partner")[["Culture", "Tourism", "Transport"]].to_dict("index")
    assert numbers["Ljubljana"] == {"Culture": 100, "Tourism": 0, "Transport": 50}


def test_alike_is_what_names_the_same_areas_in_the_same_proportions() -> None:
    numbers = pd.DataFrame(
        {
            "culture": [2, 0, 1, 0, 1],
            "sport": [2, 0, 1, 1, 0],
            "transport": [0, 3, 0, 1, 0],
        },
        index=[
            "first",
            "transport alone",
            "like the first",
            "sport and transport",
            "culture alone",
        ],
    )

    # The cosines: of the first two 1, with culture alone 0.71 (with sport and transport 0.5), from
    # there 0 to both that are left.
    assert chain(numbers) == [
        "first",
        "like the first",
        "culture alone",
        "transport alone",
        "sport and transport",
    ]


def test_partners_by_likeness(real: Cursor) -> None:
    counts = areas.area_counts(real, Filters(as_of=DAY), (), "total")
    by_total, alike = list(counts["partner_id"].unique()), by_likeness(counts)
    named = counts.groupby("partner_id")["area"].agg(frozenset)

    def shared(partners: list[str]) -> float:
        pairs = itertools.pairwise(partners)
        return sum(len(named[a] & named[b]) / len(named[a] | named[b]) for a, b in pairs)

    assert sorted(alike) == sorted(by_total)
    assert alike[0] == by_total[0]
    assert shared(alike) > 1.3 * shared(by_total)


def test_partners_of_one_name_have_rows_of_their_own(
    publish: Callable[[Register], Path], open_page: OpenPage
) -> None:
    register = Register()
    register.partner("cordoba-es", name="Córdoba", country_code="ES")
    register.partner("cordoba-ar", name="Córdoba", country_code="AR")
    for partner_id in ("cordoba-es", "cordoba-ar"):
        register.agreement(partner_id, partner_id=partner_id, signed_on="2020-01-01")
        register.label(agreement_id=partner_id)
    table = areas_table(open_page("areas", publish(register), as_of=ON_DAY))

    assert sorted(table["partner"]) == ["Córdoba (cordoba-ar)", "Córdoba (cordoba-es)"]


@pytest.mark.parametrize("name", ["北京市海淀区城市管理委员会", "ქალაქი თბილისი", "ሐረሪ ሕዝብ ክልል"])
def test_names_of_any_script_have_room(name: str) -> None:
    counts = pd.DataFrame(
        [("p", name, "a", name, 1)],
        columns=["partner_id", "partner", "area_id", "area", "agreements"],
    )
    margin = plotly(area_heatmap(counts, [name], [name], LIGHT)).layout.margin

    # No letter of these is wider than it is high, and none of Chinese is narrower.
    assert margin.l >= (FONT if name[0] == "北" else 0.6 * FONT) * len(name)
    assert margin.t >= 0.86 * (margin.l - FONT)


# --- sources --------------------------------------------------------------------------------


def test_sources_have_no_colour_of_a_status() -> None:
    counts = pd.DataFrame({"year": [2020], "own": [1], "repeated": [1]})

    def hue(colour: str) -> float | None:
        """In degrees, None for greys."""
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        h, _, saturation = colorsys.rgb_to_hls(red, green, blue)
        return 360 * h if saturation > 0.15 else None

    statuses = [h for style in STATUS.values() if (h := hue(style.colour)) is not None]
    assert len(statuses) >= 5
    for trace in plotly(sources_by_year(counts)).data:
        own = hue(trace.marker.color)
        assert own is not None
        assert all(min((own - h) % 360, (h - own) % 360) >= 30 for h in statuses)
