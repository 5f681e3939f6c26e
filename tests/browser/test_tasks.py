"""What people come for, each from the Overview, with the number of clicks and typings it takes.

The right answers are worked out from the register's CSV files, without the database.
"""

from importlib import resources
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import AS_OF, ROOT, choose, holds, idle, visit


def table(name: str) -> pd.DataFrame:
    path = ROOT / "data" / "register" / f"{name}.csv"
    return pd.read_csv(path, dtype=str, keep_default_na=False)


AGREEMENTS, PARTNERS, EVENTS = table("agreements"), table("partners"), table("events")
NAMES = dict(zip(PARTNERS["partner_id"], PARTNERS["name"], strict=True))


AT_WORK = "document.querySelector('[data-testid=stApp]').dataset.testScriptState !== 'notRunning'"
BEGINS = 500
"""Milliseconds within which a run begins that somebody has asked for."""


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
        choose(self.page.get_by_role("combobox", name=field, exact=True), text)
        self.actions += 1
        self._did()

    def go(self, page: str) -> None:
        self.click(self.page.locator(".st-key-menu").get_by_role("link", name=page, exact=True))

    def _did(self) -> None:
        self.actions += 1
        # On a busy machine it takes a while until a run begins; not everything begins one.
        holds(self.page, AT_WORK, None, BEGINS)
        idle(self.page)

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


def test_which_run_out_within_twelve_months(reader: Reader) -> None:
    reader.go("Validity")
    reader.click(reader.main.get_by_role("radio", name="What runs out next"))
    ends = [(row["Ends"], row["Agreement"].partition(":")[0]) for row in reader.rows()]

    # A year that is stated as the end is over on its last day.
    within = AGREEMENTS[AGREEMENTS["valid_to"].isin(["2026", "2026-12", "2026-12-31"])]
    within = within[within["signed_on"].ne("") | within["reported_on"].ne("")]
    assert sorted(name for end, name in ends if end.endswith("2026")) == sorted(
        NAMES[partner] for partner in within["partner_id"]
    )
    assert {end for end, _ in ends if not end.endswith("2026")} == {"2027", "2028", "2029"}
    assert reader.actions <= 3


def test_ljubljana_2019_in_its_own_words(reader: Reader) -> None:
    reader.go("Agreement")
    reader.choose("Which agreement?", "Ljubljana: Programme of cooperation 2019")

    labels = table("agreement_areas")
    own = labels[labels["agreement_id"] == "ljubljana-2019-programme"]
    assert len(own["area_id"].unique()) > 7
    for label in own["label"].unique():
        expect(reader.main.get_by_text(f"“{label}”").first).to_be_visible()
    assert reader.actions <= 4


def test_beijing_seoul_and_tokyo_side_by_side(reader: Reader) -> None:
    reader.go("Partner")
    for name in ("Beijing", "Seoul", "Tokyo"):
        reader.choose("City or region", name)

    expect(reader.main.get_by_role("heading", level=3)).to_contain_text(
        ["Beijing", "Seoul", "Tokyo"]
    )
    expect(reader.main.get_by_role("columnheader")).to_contain_text(["Beijing", "Seoul", "Tokyo"])
    assert reader.actions <= 7


def test_which_partners_in_africa_and_since_when(reader: Reader) -> None:
    with resources.files("country_converter").joinpath("country_data.tsv").open() as file:
        countries = pd.read_csv(file, sep="\t", keep_default_na=False)
    in_africa = countries.loc[countries["continent"] == "Africa", "ISO2"]
    african = PARTNERS[PARTNERS["country_code"].isin(in_africa)]
    reader.click(reader.main.get_by_role("radio", name="Africa"))

    expect(reader.main.get_by_text(f"{len(african)} partners in ")).not_to_have_count(0)
    grid = reader.page.locator("[data-testid=data-grid-canvas] table")
    expect(grid).to_have_attribute("aria-rowcount", str(len(african) + 1))
    shown = {row["Partner"]: row["First signed"] for row in reader.rows()}
    assert set(shown) <= set(african["name"])
    assert shown["Bujumbura"] == "27 August 2024"
    assert reader.actions <= 2


def test_who_ended_or_suspended_what_since_february_2022(reader: Reader) -> None:
    # A month or a year is over after the day of any of its days.
    last = (EVENTS["date"] + "-99-99").str[:10]
    ended = EVENTS[EVENTS["event"].isin(["terminated", "suspended"]) & (last >= "2022-02-24")]
    assert len(ended) >= 15
    reader.click(reader.page.locator("h1").get_by_role("link", name=f"{len(ended)} ties"))

    listed = reader.page.locator("[class*='st-key-event_']")
    expect(listed).to_have_count(len(ended))
    by = {"partner": " by {}", "moscow": " by Moscow", "both": " by both sides", "": ""}
    for event in ended.to_dict("records"):
        place = reader.page.locator(f".st-key-event_{event['event_id']}")
        side = by[event["actor"]].format(NAMES[event["partner_id"]])
        expect(place).to_contain_text(f"{event['event'].capitalize()}{side}")
    assert reader.actions <= 2


def test_a_workbook_on_tuerkiye(reader: Reader, tmp_path: Path) -> None:
    reader.click(reader.page.get_by_role("textbox", name="Search"))
    reader.type("Türkiye")
    reader.go("Data")
    with reader.page.expect_download() as started:
        reader.click(reader.page.locator(".st-key-download_selection_xlsx").get_by_role("button"))

    started.value.save_as(tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    in_words = book.worksheets[0].iter_rows(values_only=True)
    cells = {str(cell) for row in in_words for cell in row}
    titles = AGREEMENTS.merge(PARTNERS, on="partner_id").query("country_code == 'TR'")["title"]
    assert len(titles) > 5
    assert set(titles) <= cells
    assert {row["country_code"] for row in _records(book["agreements_on_day"])} == {"TR"}
    assert reader.actions <= 4


def _records(sheet: Worksheet) -> list[dict[str, object]]:
    names, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(map(str, names), row, strict=True)) for row in rows]


def test_what_was_in_force_on_a_day_of_2014(reader: Reader) -> None:
    reader.click(reader.page.get_by_role("spinbutton", name="year, Show the state on"))
    reader.type("20140301")
    reader.click(reader.page.locator("h1 a.in_force"))

    # Their periods: from 2013 to 2014; 2012, three years; 2013 to 2015; 2011 to 2015; 2010 to 2014.
    partners = {row["Agreement"].partition(":")[0] for row in reader.rows()}
    assert partners == {"Berlin", "Bratislava", "Kraków", "Riga", "Tallinn"}
    expect(reader.page.locator(".st-key-shown")).to_contain_text("as of 1 March 2014")
    assert reader.actions <= 5


def test_who_disagrees_on_tehran(reader: Reader) -> None:
    reader.click(reader.page.get_by_role("textbox", name="Search"))
    reader.type("Tehran")
    reader.click(reader.page.locator(".st-key-lists").get_by_role("link", name="2024-2027").last)

    row = reader.main.get_by_role("row").filter(has_text="Instrument sources disagree")
    expect(row).to_contain_text("Programme (chosen)")
    expect(row).to_contain_text("Memorandum (differs)")
    said = table("statements").merge(table("sources"), on="source_id")
    of_it = (said["record_id"] == "tehran-2024-programme") & (said["value"] == "memorandum")
    (publisher,) = said.loc[of_it, "publisher"]
    numbers = row.get_by_role("link").evaluate_all("all => all.map(one => one.hash)")
    sources = reader.main.locator(", ".join(f"li{number}" for number in numbers))
    expect(sources.filter(has_text=publisher)).to_have_count(1)
    assert reader.actions <= 3


def test_a_link_to_exactly_this_view(reader: Reader) -> None:
    reader.click(reader.main.get_by_role("radio", name="Asia"))
    reader.click(reader.page.get_by_role("button", name="Copy link"))
    link = reader.page.get_by_test_id("stPopoverBody").locator("code").inner_text()

    parameters = parse_qs(urlsplit(link).query)
    assert parameters["region"] == ["asia"]
    assert parameters["as_of"] == [AS_OF]
    assert len(parameters["version"][0]) == 12
    assert reader.actions - 1 <= 2


def test_which_areas_grew(reader: Reader) -> None:
    reader.go("Areas")
    reader.click(reader.main.get_by_role("radio", name="Over time"))

    grew = {row["Area"]: [*row.values()][1:3] for row in reader.rows()}
    for name, area_id in AREAS.items():
        assert grew[name] == [str(begun(area_id, 2007, 2016)), str(begun(area_id, 2017, 2026))]
    expect(reader.main.get_by_text(f"Transport grew most: {grew['Transport'][1]}")).to_be_visible()
    assert reader.actions <= 2


AREAS = {"Transport": "transport", "Culture": "culture", "Economy and trade": "economy-trade"}


def begun(area_id: str, first: int, last: int) -> int:
    """Agreements on an area that began, or were to begin, in those years, by the later date."""
    labels = table("agreement_areas")
    named = labels.loc[labels["area_id"] == area_id, "agreement_id"]
    of_area = AGREEMENTS[AGREEMENTS["agreement_id"].isin(named)]
    signed = of_area["signed_on"].where(of_area["signed_on"] != "", of_area["reported_on"])
    years = pd.concat([signed, of_area["valid_from"]], axis=1)
    begins = years.map(lambda text: int(text[:4] or 0)).max(axis=1)
    return int(begins.between(first, last).sum())
