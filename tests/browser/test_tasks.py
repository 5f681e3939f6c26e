"""What people come for, each from the Overview, with the number of clicks and typings it takes.

The right answers are worked out from the register's CSV files, without the database.
"""

import csv
import re
from datetime import date
from importlib import resources
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import AS_OF, ROOT, idle, visit


def table(name: str) -> pd.DataFrame:
    path = ROOT / "data" / "register" / f"{name}.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False)


AGREEMENTS, PARTNERS, EVENTS = table("agreements"), table("partners"), table("events")
NAMES = dict(zip(PARTNERS["partner_id"], PARTNERS["name"], strict=True))


class Reader:
    """Somebody who opened the Overview, and what they have done since."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.actions = page, 0
        visit(page, f"{url}/?as_of={AS_OF}")

    def click(self, what: Locator) -> None:
        what.click()
        self._did()

    def type(self, text: str) -> None:
        """Type into what has the focus, and press Enter."""
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        self._did()

    def choose(self, field: str, text: str) -> None:
        """Choose what fits the text in a list: a click and a typing."""
        self.page.get_by_role("combobox", name=field, exact=True).click()
        self.page.keyboard.type(text)
        self.page.get_by_role("option", name=text).first.wait_for()
        self.page.keyboard.press("Enter")
        if self.page.get_by_role("option").count():
            # A list from which more can be chosen stays open.
            self.page.keyboard.press("Escape")
        self.actions += 1
        self._did()

    def go(self, page: str) -> None:
        self.click(self.page.locator(".st-key-menu").get_by_role("link", name=page, exact=True))

    def drag(self, label: str, end: int, year: int) -> None:
        """Drag one end of a slider of years to a year."""
        knobs = self.page.get_by_role("slider", name=label)
        low, high = (int(knobs.nth(0).get_attribute(name) or 0) for name in ("min", "max"))
        first, last = (self._middle(knob) for knob in (knobs.nth(0), knobs.nth(1)))
        # Both ends are where they can go at most, or the one that is not dragged is.
        width = (last[0] - first[0]) / (self._year(knobs.nth(1)) - self._year(knobs.nth(0)))
        x, y = (first, last)[end]
        there = x + (year - self._year(knobs.nth(end))) * width
        assert low <= year <= high
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(there, y, steps=4)
        self.page.mouse.up()
        self._did()
        expect(knobs.nth(end)).to_have_value(str(year))

    def _did(self) -> None:
        self.actions += 1
        self.page.wait_for_timeout(100)
        idle(self.page)

    @staticmethod
    def _year(knob: Locator) -> int:
        return int(knob.input_value())

    @staticmethod
    def _middle(knob: Locator) -> tuple[float, float]:
        box = knob.locator("..").bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    @property
    def main(self) -> Locator:
        return self.page.get_by_test_id("stMain")

    def rows(self) -> list[dict[str, str]]:
        """The rows of the only table that are in sight, as who cannot see them is told of them."""
        grid = self.page.get_by_test_id("data-grid-canvas")
        expect(grid.locator("tbody tr").first).to_be_attached()
        names, *cells = grid.evaluate(
            "grid => [...grid.querySelectorAll('tr')]"
            ".map(row => [...row.children].map(cell => cell.textContent))"
        )
        opens = ":material/arrow_forward: "
        return [
            dict(zip(names, (cell.removeprefix(opens) for cell in row), strict=True))
            for row in cells
        ]


@pytest.fixture
def reader(page: Page, dashboard_url: str) -> Reader:
    return Reader(page, dashboard_url)


def test_which_partners_in_africa_and_since_when(reader: Reader) -> None:
    with resources.files("country_converter").joinpath("country_data.tsv").open() as file:
        countries = pd.read_csv(file, sep="\t", keep_default_na=False)
    in_africa = countries.loc[countries["continent"] == "Africa", "ISO2"]
    african = PARTNERS[PARTNERS["country_code"].isin(in_africa)]
    reader.click(reader.main.get_by_role("radio", name="Africa"))

    expect(reader.main.get_by_text("16 partners in ")).not_to_have_count(0)
    grid = reader.page.locator("[data-testid=data-grid-canvas] table")
    expect(grid).to_have_attribute("aria-rowcount", "17")
    shown = {row["Partner"]: row["First signed"] for row in reader.rows()}
    assert set(shown) <= set(african["name"])
    assert len(african) == 16
    assert shown["Bujumbura"] == "27 August 2024"
    assert reader.actions <= 1


def test_which_areas_grew(reader: Reader) -> None:
    reader.go("Areas")
    reader.click(reader.main.get_by_role("radio", name="Over time"))

    expect(reader.main.get_by_text("Transport grew most: 57")).to_be_visible()
    grew = {row["Area"]: [*row.values()][1:3] for row in reader.rows()}
    assert grew["Transport"] == ["12", "57"]
    assert grew["Culture"] == ["22", "39"]
    assert grew["Economy and trade"] == ["20", "20"]
    assert reader.actions <= 2


def test_who_ended_or_suspended_what_since_february_2022(reader: Reader) -> None:
    # A month or a year is over after the day of any of its days.
    last = (EVENTS["date"] + "-99-99").str[:10]
    ended = EVENTS[EVENTS["event"].isin(["terminated", "suspended"]) & (last >= "2022-02-24")]
    assert len(ended) == 15
    reader.click(reader.page.locator("h1").get_by_role("link", name="15 ties"))

    listed = reader.page.locator("[class*='st-key-event_']")
    expect(listed).to_have_count(15)
    for event in ended.to_dict("records"):
        place = reader.page.locator(f".st-key-event_{event['event_id']}")
        expect(place).to_contain_text(
            f"{event['event'].capitalize()} by {NAMES[event['partner_id']]}"
        )
    assert reader.actions <= 1


def test_what_runs_out_next_and_when(reader: Reader) -> None:
    reader.go("Validity")
    reader.click(reader.main.get_by_role("radio", name="What runs out next"))

    expect(reader.main.get_by_text("3 agreements of 7 in force run out")).to_be_visible()
    open_windows = AGREEMENTS[AGREEMENTS["valid_to"].between("2026-11-21", "2026-12-31")]
    next_three = [row["Agreement"].partition(":")[0] for row in reader.rows()[:3]]
    assert next_three == ["Beijing", "Belgrade", "Harbin"]
    assert len(open_windows) <= 3
    assert reader.actions <= 2


def test_the_only_active_agreement_of_istanbul(reader: Reader) -> None:
    reader.click(reader.page.get_by_role("textbox", name="Search"))
    reader.type("Istanbul")
    ((title, begin, end),) = AGREEMENTS.loc[
        AGREEMENTS["agreement_id"] == "istanbul-2024-protocol", ["title", "valid_from", "valid_to"]
    ].to_numpy()
    reader.click(reader.page.locator(".st-key-lists").get_by_role("link", name=title).first)

    expect(reader.page.get_by_role("heading", level=1)).to_have_text(f"Istanbul: {title}")
    facts = reader.page.locator("[class*='st-key-facts_']").first
    expect(facts).to_contain_text("Active, at most 405 days left.")
    expect(facts).to_contain_text(f"{begin} to {end}")
    said = table("statements").merge(table("sources"), on="source_id")
    urls = set(said.loc[said["record_id"] == "istanbul-2024-protocol", "url"]) - {""}
    assert len(urls) > 2
    for url in urls:
        expect(reader.main.locator(f'[class*="st-key-notes_"] a[href="{url}"]')).to_be_visible()
    assert reader.actions <= 3


def test_what_lapsed_from_2022_to_2024(reader: Reader) -> None:
    reader.click(reader.main.get_by_role("link", name="when and what ran out"))
    reader.drag("Ended in the years", 0, 2022)
    reader.drag("Ended in the years", 1, 2024)

    assert [(row["Partner"], row["Ended"]) for row in reader.rows()] == [
        *(("Athens", "2024"), ("Almaty", "2023"), ("Dushanbe", "2023"), ("Houston", "2022")),
        *(("Jakarta", "2022"), ("Kharkiv", "11 May 2022"), ("Tallinn", "March 2022")),
        *(("Vilnius", "9 March 2022"), ("Warsaw", "3 March 2022"), ("Kraków", "2 March 2022")),
        ("Riga", "2 March 2022"),
    ]
    assert reader.actions <= 3


def test_which_partners_share_transport_and_heritage(reader: Reader) -> None:
    areas = table("agreement_areas").merge(AGREEMENTS[["agreement_id", "partner_id"]])
    with_area = {
        area: set(areas.loc[areas["area_id"] == area, "partner_id"])
        for area in ("transport", "heritage")
    }
    both = {NAMES[partner] for partner in with_area["transport"] & with_area["heritage"]}
    reader.go("Areas")
    for area in ("Transport", "Heritage"):
        reader.choose("Area of cooperation", area)

    said = reader.main.get_by_text("both Transport and Heritage: ")
    listed = said.inner_text().partition("Heritage: ")[2].removesuffix(".")
    assert set(listed.replace(" and ", ", ").split(", ")) == both
    assert reader.actions <= 5


def test_what_one_source_is_cited_for(reader: Reader) -> None:
    sources, statements = table("sources"), table("statements")
    of_it = sources["publisher"] == "Free Press Journal"
    source_id = sources[of_it & (sources["published_on"] == "2026-03-03")]["source_id"].item()
    cited = set(statements.loc[statements["source_id"] == source_id, "record_id"])
    reader.go("Sources")
    reader.choose("Source", "Free Press Journal")

    for title in AGREEMENTS.loc[AGREEMENTS["agreement_id"].isin(cited), "title"]:
        expect(reader.main.get_by_role("link", name=title).first).to_be_visible()
    assert parse_qs(urlsplit(reader.page.url).query)["source"] == [source_id]
    assert reader.actions <= 3


def test_a_csv_of_what_was_in_force_on_a_day_in_an_area(reader: Reader, tmp_path: Path) -> None:
    reader.choose("Area of cooperation", "Transport")
    reader.click(reader.page.get_by_role("spinbutton", name="year, Show the state on"))
    reader.type("20220301")
    reader.click(reader.page.locator("h1 a.in_force"))
    button = reader.main.get_by_role("button", name="Download as CSV")
    with reader.page.expect_download() as started:
        reader.click(button)

    assert "2022-03-01" in started.value.suggested_filename
    started.value.save_as(tmp_path / "rows.csv")
    with (tmp_path / "rows.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["as_of"] for row in rows} == {"2022-03-01"}
    assert {row["status"] for row in rows} <= {"active", "expiring"}
    assert {row["agreement_id"] for row in rows} == {
        # Their periods: 2022 to 2024, 2021 to 2023, 2020 to 2023.
        *("athens-2021-programme", "beijing-2020-programme", "dushanbe-2020-programme"),
    }
    assert reader.actions <= 6


def test_which_version_was_chosen_where_sources_disagree(reader: Reader) -> None:
    of_lists = reader.page.locator(".st-key-lists")
    disputed = of_lists.get_by_text(re.compile("^Signed on: .* or "))
    title = disputed.first.locator("xpath=ancestor::*[.//a][1]").get_by_role("link").first
    reader.click(title)
    reader.page.wait_for_url(re.compile("[?&]id="))
    (agreement_id,) = parse_qs(urlsplit(reader.page.url).query)["id"]

    (chosen,) = AGREEMENTS.loc[AGREEMENTS["agreement_id"] == agreement_id, "signed_on"]
    said = table("statements")
    of_day = (said["record_id"] == agreement_id) & (said["field"] == "signed_on")
    assert said.loc[of_day, "value"].nunique() > 1
    row = reader.main.get_by_role("row").filter(has_text="Signed on sources disagree")
    expect(row.locator("strong", has_text="(chosen)")).to_have_count(1)
    day = date.fromisoformat(chosen.rstrip("?~"))
    expect(row).to_contain_text(f"{day.day} {day:%B %Y}")
    assert reader.actions <= 1
