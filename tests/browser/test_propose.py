"""A proposal, from an empty form to a document that `etl apply` takes; and a record corrected."""

import hashlib
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import AS_OF, ROOT, NewPage, idle, offer, visit
from tests.conftest import REAL_REGISTER

CHECK = ".st-key-propose_check"


def type_into(page: Page, label: str, text: str, place: int = 0) -> None:
    field = page.get_by_label(label, exact=True).nth(place)
    field.fill(text)
    field.press("Tab")
    idle(page)


def find(page: Page, label: str, typed: str, name: str, place: int = 0) -> None:
    """Find a value in a list by what is typed, as a reader does."""
    lists = page.get_by_test_id("stSelectbox").filter(has=page.get_by_text(label, exact=True))
    field = lists.nth(place).get_by_role("combobox")
    offer(field, typed, name)
    page.get_by_role("option", name=name).first.click()
    idle(page)


def source(page: Page, place: int, url: str, publisher: str) -> None:
    type_into(page, "Address", url, place)
    type_into(page, "Publisher", publisher, place)
    find(page, "Language", "Slove", "Slovenian", place)
    find(page, "Kind of source", "News", "News", place)


def content(folder: Path) -> str:
    files = sorted(folder.rglob("*"))
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()


def test_a_new_agreement_with_two_sources_becomes_a_document_that_apply_takes(
    page: Page, dashboard_url: str, tmp_path: Path
) -> None:
    before = content(REAL_REGISTER)
    visit(page, f"{dashboard_url}/propose?as_of={AS_OF}")
    find(page, "City, region or district", "Любляна", "Ljubljana")
    find(page, "Type of document", "Proto", "Protocol")
    find(page, "Who signs for Moscow", "Duma", "Moscow City Duma")
    type_into(page, "Title", "Protocol on parks")
    check = page.locator(CHECK)
    expect(check).to_contain_text("Source 1: give its address.")

    source(page, 0, "https://mesto.example/1", "Mesto")
    find(page, "Type of document", "Proto", "Protocol", 1)
    type_into(page, "Signed on", "27. 2. 2025")
    expect(page.get_by_text("Understood as 27 February 2025")).to_be_visible()
    type_into(page, "Valid to", "Dec 2026")
    page.get_by_role("button", name="Add a source").click()
    idle(page)
    source(page, 1, "https://park.example/2", "Park")
    type_into(page, "Valid to", "2026", 1)

    expect(check).to_contain_text("All is right")
    # From 21 November to 31 December: 9 + 31 days.
    expect(check).to_contain_text("Expiring, at most 40 days left.")
    expect(check.get_by_role("button", name="Write it into the register")).to_have_count(0)
    # What is typed stays out of the address.
    expect(page).to_have_url(f"{dashboard_url}/propose?as_of={AS_OF}")

    with page.expect_download() as started:
        check.get_by_role("button", name="Download the document").click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    applied = subprocess.run(
        [sys.executable, "-m", "etl", "apply", "--dry-run", str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert applied.returncode == 0, applied.stderr
    assert "+ ljubljana-2025-protocol" in applied.stdout
    assert "nothing was written" in applied.stdout
    assert content(REAL_REGISTER) == before


def test_from_a_record_to_its_form(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/agreement?id=istanbul-2024-protocol&as_of={AS_OF}")
    page.get_by_role("link", name="Something wrong here?").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Propose")
    expect(page).to_have_url(f"{dashboard_url}/propose?as_of={AS_OF}&id=istanbul-2024-protocol")
    title = page.get_by_label("Title", exact=True)
    expect(title).to_have_value("Cooperation protocol 2024-2027")
    expect(page.locator(CHECK)).to_contain_text("Nothing would change")


def test_on_a_phone_the_check_stands_below_the_form(new_page: NewPage, dashboard_url: str) -> None:
    page = new_page(viewport={"width": 400, "height": 900})
    visit(page, f"{dashboard_url}/propose?as_of={AS_OF}&id=istanbul-2024-protocol")

    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    form, check = page.get_by_label("Title", exact=True), page.get_by_role("heading", name="Check")
    above, below = form.bounding_box(), check.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] < below["y"]
