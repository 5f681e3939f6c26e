"""The colours of a heatmap: they tell numbers apart, however many agreements there are."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard.charts import letters
from dashboard.charts.areas import SHARE, area_heatmap
from dashboard.charts.classes import in_short, limits
from dashboard.charts.style import DARK, FONT, LIGHT, Ink
from tests.dashboard.conftest import plotly


def heat(numbers: list[int], ink: Ink = LIGHT) -> go.Figure:
    """A partner with an area for each of the numbers."""
    counts = pd.DataFrame(
        [("p", "Partner", f"a{at}", f"Area {at}", n, 10**6) for at, n in enumerate(numbers)],
        columns=["partner_id", "partner", "area_id", "area", "agreements", "of_partner"],
    )
    return plotly(area_heatmap(counts, ["Partner"], list(counts["area"]), ink))


def key(figure: go.Figure) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_few_agreements_have_a_colour_for_each_number_and_no_key() -> None:
    figure = heat([1, 2, 5, 6, 7, 12])
    colours = [colour for colour, _ in LIGHT.cells]

    assert list(figure.data[0].marker.color) == [*colours[:2], *colours[4:], colours[5], colours[5]]
    assert key(figure) == []


@pytest.mark.parametrize(
    ("numbers", "least"),
    [
        # The sixth root of a million is ten; that of 64 is two, to one digit.
        ([1, 1_000_000], (1, 10, 100, 1000, 10_000, 100_000)),
        ([1, 64], (1, 2, 4, 8, 20, 30)),
        ([3, 200], (3, 6, 10, 20, 50, 100)),
        # A tenth more each.
        ([1000, 1772], (1000, 1100, 1200, 1300, 1500, 1600)),
        ([20, 22], (20, 21, 22)),
        ([5000, 5000], (5000,)),
    ],
)
def test_many_agreements_have_classes_of_the_same_ratio(
    numbers: list[int], least: tuple[int, ...]
) -> None:
    assert limits(numbers, LIGHT) == least


@pytest.mark.parametrize("ink", [LIGHT, DARK])
def test_a_large_register_has_all_colours_and_says_what_they_stand_for(ink: Ink) -> None:
    figure = heat([1, 9, 10, 345, 6789, 12_345, 999_999], ink)
    places = [[look[0] for look in ink.cells].index(c) for c in figure.data[0].marker.color]

    assert places == [0, 0, 1, 2, 3, 4, 5]
    assert key(figure) == [
        "Agreements",
        "1 to 9",
        "10 to 99",
        "100 to 999",
        "1,000 to 9,999",
        "10,000 to 99,999",
        "100,000 to 999,999",
        "k: thousand",
    ]
    chips = figure.layout.annotations[1:-1]
    assert [(chip.bgcolor, chip.font.color) for chip in chips] == list(ink.cells)
    # The cell has what there is room for, the label all of it.
    assert list(figure.data[0].text) == ["1", "9", "10", "345", "6.8k", "12k", "1.0M"]
    assert figure.data[0].hovertext[5] == "Partner, Area 5: 12,345 agreements"


@pytest.mark.parametrize("areas", [1, 4, 27])
def test_the_key_stays_within_the_picture_and_below_the_cells(areas: int) -> None:
    figure = heat([123_456 // (area + 1) for area in range(areas)])
    layout, margin = figure.layout, figure.layout.margin

    assert key(figure)
    for chip in layout.annotations:
        left = margin.l + chip.xshift
        assert left >= 0
        assert left + letters.width(chip.text, FONT) <= min(layout.width, 370)  # on a phone
        assert 0 < -chip.yshift < margin.b - FONT


def test_what_a_cell_writes_has_room_in_it() -> None:
    numbers = [9, 99, 999, 1000, 9949, 9950, 99_499, 999_499, 999_500, 1_234_567]
    written = [in_short(number) for number in numbers]

    assert written == ["9", "99", "999", "1.0k", "9.9k", "10k", "99k", "999k", "1.0M", "1.2M"]
    assert max(letters.width(text, FONT) for text in written) <= 28


def test_shares_keep_their_colours() -> None:
    counts = pd.DataFrame(
        [("p", "P", "a", "A", 60_000, 120_000)],
        columns=["partner_id", "partner", "area_id", "area", "agreements", "of_partner"],
    )
    figure = plotly(area_heatmap(counts, ["P"], ["A"], LIGHT, SHARE))

    assert figure.data[0].marker.color == (LIGHT.cells[2][0],)
    assert figure.data[0].hovertext == ("P, A: 60,000 of 120,000 agreements (50 %)",)
    assert key(figure) == []
