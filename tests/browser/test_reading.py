"""A page stays open while other versions of the register are published and old ones removed."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest
from playwright.sync_api import Page, expect

from etl.publish import build
from register.builds import POINTER
from tests.browser.conftest import NewPage, idle, serving, visit
from tests.conftest import Register

Publish = Callable[[Register], Path]


@pytest.fixture
def register() -> Register:
    """Two agreements with two partners."""
    register = Register()
    register.partner("graz", name="Graz", country_code="AT")
    register.agreement("of-graz", title="Of Graz", partner_id="graz", signed_on="2015-01-01")
    register.agreement("of-ljubljana", title="Of Ljubljana", signed_on="2019-09-10")
    return register


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """Publish, and leave no other build: as two days later."""

    def publish_alone(register: Register) -> Path:
        kept = build(register.write(tmp_path / "register"), tmp_path / "build")
        for path in (tmp_path / "build").glob("partnerships-*.duckdb"):
            if path != kept:
                path.unlink()
        return tmp_path / "build" / POINTER

    return publish_alone


@pytest.fixture
def url(register: Register, publish: Publish, tmp_path: Path) -> Iterator[str]:
    with serving(publish(register), tmp_path / "log") as address:
        yield address


def another_version(register: Register, publish: Publish, page: Page, url: str, name: str) -> None:
    """Publish a version with another partner, and let another reader see it."""
    partner_id = name.lower()
    register.partner(partner_id, name=name, country_code="AT")
    register.agreement(f"of-{partner_id}", partner_id=partner_id, signed_on="2020-01-01")
    publish(register)
    visit(page, f"{url}/timeline?city={partner_id}")
    expect(page.get_by_text("1 agreement with 1 partner").first).to_be_visible()


def test_the_downloads_of_a_page_left_open_hold_what_their_names_tell(
    register: Register, publish: Publish, url: str, new_page: NewPage, tmp_path: Path
) -> None:
    left_open, other = new_page(), new_page()
    visit(left_open, f"{url}/data?as_of=2026-11-21")
    version = left_open.locator("code", has_text="version").first.inner_text()
    for name in ("Linz", "Wels", "Enns"):
        another_version(register, publish, other, url, name)

    def download(key: str) -> bytes:
        with left_open.expect_download() as started:
            left_open.locator(f".st-key-download_{key}").get_by_role("button").click()
        assert started.value.suggested_filename.split("_")[-1].split(".")[0] in version
        file = tmp_path / key
        started.value.save_as(file)
        return file.read_bytes()

    assert b"of-graz" in download("selection_csv")
    book = openpyxl.load_workbook(io.BytesIO(download("selection_xlsx")))
    assert len(list(book["agreements"].iter_rows(min_row=2))) == 2
    assert download("selection_json").count(b'"partner":') == 2
    with zipfile.ZipFile(io.BytesIO(download("register_parquet-zip"))) as archive:
        assert "agreements.parquet" in archive.namelist()
    download("register_duckdb")
    with duckdb.connect(tmp_path / "register_duckdb", read_only=True) as database:
        assert database.execute("SELECT count(*) FROM agreements").fetchall() == [(2,)]


def test_a_click_in_a_table_opens_what_was_clicked(
    register: Register, publish: Publish, url: str, page: Page
) -> None:
    visit(page, f"{url}/partner?city=graz&as_of=2026-11-21")
    page.get_by_text("The same as a table").first.click()
    grid = page.get_by_test_id("stExpander").get_by_test_id("stDataFrame").first
    expect(grid.locator("canvas").first).to_be_visible()
    idle(page)
    register.agreement("older", title="Older", partner_id="graz", signed_on="2001-01-01")
    publish(register)
    # The first row of the table, which is drawn on a canvas; in the new version it is the older.
    grid.click(position={"x": 210, "y": 52})

    expect(page.get_by_role("heading", level=1)).to_have_text("Graz: Of Graz")


def test_an_open_page_follows_the_register_and_keeps_its_filters(
    register: Register, publish: Publish, url: str, page: Page
) -> None:
    visit(page, f"{url}/timeline?city=graz&from=2016&as_of=2026-11-21")
    register.agreement(
        "new", title="Until 2040", partner_id="graz", signed_on="2026-01-01", valid_to="2040"
    )
    publish(register)
    page.get_by_role("button", name="Year back").first.click()
    idle(page)

    expect(page.get_by_text("1 agreement with 1 partner").first).to_be_visible()
    page.get_by_role("button", name="Today").first.click()
    idle(page)
    expect(page.get_by_text("2 agreements with 1 partner").first).to_be_visible()
    assert "from=2016" in page.url
    assert "to=" not in page.url
    assert page.locator("[data-testid=stException]").count() == 0
