"""The Overview in Chromium: from a figure or a point to what lies behind it, through the years."""

import re
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import (
    AS_OF,
    NewPage,
    back,
    choose,
    click_point,
    forward,
    idle,
    until,
    visit,
)

Database = duckdb.DuckDBPyConnection
IN_FORCE = "status IN ('active', 'expiring')"


def sentence(page: Page) -> Locator:
    """The page's title, whose figures are links."""
    return page.get_by_role("heading", level=1)


def parts(page: Page) -> Locator:
    """The bar of all agreements."""
    return page.locator(".st-key-parts")


def in_force(number: int) -> re.Pattern[str]:
    """What the title says of so many."""
    return re.compile(rf"(, {number}|All {number} agreements|agreement) (was|is|were|are) known")


def day(page: Page, text: str) -> Locator:
    return page.locator(".st-key-shown").get_by_text(f"as of {text}.")


def expect_address(page: Page, path: str, **parameters: str) -> None:
    wanted = {name: [value] for name, value in parameters.items()}
    page.wait_for_url(
        lambda url: urlsplit(url).path == path and parse_qs(urlsplit(url).query) == wanted
    )


def counted(database: Database, as_of: str, where: str) -> int:
    """Agreements of which something is known on the day."""
    ((count,),) = database.execute(
        f"SELECT count(*) FROM agreement_status(DATE '{as_of}') "
        f"WHERE status <> 'future' AND {where}"
    ).fetchall()
    return int(count)


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("Expiring", "status = 'expiring'"),
        ("No end stated", "status = 'no_end_stated'"),
        ("Terminated", "status = 'terminated'"),
    ],
)
def test_a_part_of_the_bar_leads_to_the_list_with_its_number(
    page: Page, dashboard_url: str, database: Database, name: str, where: str
) -> None:
    number = counted(database, AS_OF, where)
    visit(page, f"{dashboard_url}/?as_of={AS_OF}")

    parts(page).get_by_role("link", name=f"{number} {name}").click()
    expect(page.get_by_role("heading", name="Validity periods", level=1)).to_be_visible()
    noun = "agreement" if number == 1 else "agreements"
    expect(page.get_by_text(re.compile(rf"^{number} {noun} with"))).to_be_visible()
    back(page)
    expect_address(page, "/", as_of=AS_OF)
    expect(parts(page)).to_be_visible()
    forward(page)
    expect(page.get_by_text(re.compile(rf"^{number} {noun} with"))).to_be_visible()


def test_a_figure_of_the_sentence_leads_on_within_the_page(
    page: Page, dashboard_url: str, database: Database
) -> None:
    number = counted(database, AS_OF, IN_FORCE)
    visit(page, f"{dashboard_url}/?as_of={AS_OF}")
    expect(sentence(page)).to_have_text(in_force(number))
    page.evaluate("window.same = true")
    sentence(page).get_by_role("link", name=f"{number} were known to be in force").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text(re.compile(rf"^{number} agreements with"))).to_be_visible()
    expect_address(page, "/validity", status="in_force", as_of=AS_OF)
    # Nothing was loaded anew.
    assert page.evaluate("window.same")
    back(page)
    expect(sentence(page)).to_have_text(in_force(number))


def test_the_parts_are_as_wide_as_they_are_many(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/?as_of={AS_OF}")
    widths = {}
    for link in parts(page).get_by_role("link").all():
        box, text = link.bounding_box(), link.inner_text()
        assert box is not None
        widths[int(text.split()[0])] = box["width"]
        # A finger has room on each.
        assert box["width"] >= 22
        assert box["height"] >= 24
    most, *others = sorted(widths, reverse=True)

    wide = [number for number in others if widths[number] > 30]
    assert wide
    for number in wide:
        assert widths[number] / widths[most] == pytest.approx(number / most, abs=0.02)


def test_the_lapsed_partners_are_listed(page: Page, dashboard_url: str, database: Database) -> None:
    ((number,),) = database.execute(
        f"SELECT count(*) FROM partner_status(DATE '{AS_OF}') WHERE lapsed"
    ).fetchall()
    visit(page, f"{dashboard_url}/?as_of={AS_OF}")
    page.get_by_role("link", name=f"{number} lapsed partners: when and what ran out").click()

    expect(page.get_by_text(re.compile(rf"^{number} partners had dated periods"))).to_be_visible()
    expect_address(page, "/validity", section="lapsed", as_of=AS_OF)


def test_a_point_on_the_map_leads_to_the_partner(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/?as_of={AS_OF}")
    click_point(page, "overview_map", "havana")

    chosen = page.get_by_role("dialog", name="Havana", exact=True)
    expect(chosen.locator(".st-key-chosen_havana")).to_contain_text("Havana, Cuba")
    chosen.get_by_role("link", name="All on Havana").click()
    expect_address(page, "/partner", city="havana", as_of=AS_OF)
    expect(page.get_by_role("heading", name="Havana", level=1)).to_be_visible()


def test_the_keyboard_leads_to_the_partner_too(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/?as_of={AS_OF}")
    choose(page.get_by_role("combobox", name="Partner", exact=True), "Havana")
    link = page.get_by_role("dialog").get_by_role("link", name="All on Havana")
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Havana", level=1)).to_be_visible()


def test_what_runs_out_next_leads_to_the_agreement(
    page: Page, dashboard_url: str, database: Database
) -> None:
    ((title, partner),) = database.execute(
        f"""
        SELECT a.title, p.name FROM agreement_status(DATE '{AS_OF}') AS s
        JOIN agreements AS a USING (agreement_id) JOIN partners AS p ON p.partner_id = a.partner_id
        WHERE status IN ('active', 'expiring') ORDER BY ends_on, p.name LIMIT 1
        """
    ).fetchall()
    visit(page, f"{dashboard_url}/?as_of={AS_OF}")
    page.locator(".st-key-lists").get_by_role("link", name=f"{partner}: {title}").first.click()

    expect(page.get_by_role("heading", name=title, level=1)).to_be_visible()


ON_THE_MAP = """
name => {
    const chart = document.querySelector('.st-key-overview_map .js-plotly-plot');
    if (!chart) return null;
    const map = chart.getBoundingClientRect();
    for (const trace of chart.querySelectorAll('.trace')) {
        const data = trace.__data__[0].trace.customdata;
        for (const point of trace.querySelectorAll('.point')) {
            if (!data || data[point.__data__.i][0] !== name) continue;
            const box = point.getBoundingClientRect();
            return box.left > map.left && box.right < map.right
                && box.top > map.top && box.bottom < map.bottom;
        }
    }
    return false;
}
"""


def test_a_part_of_the_world(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/?as_of={AS_OF}")
    for partner in ("havana", "vienna"):
        until(page, ON_THE_MAP, arg=partner)
    page.get_by_role("radio", name="Europe").click()

    until(page, f"({ON_THE_MAP})('havana') === false")
    until(page, ON_THE_MAP, arg="vienna")
    # All figures follow: it is a filter.
    expect_address(page, "/", region="europe", as_of=AS_OF)


def test_the_first_request_has_its_coastlines(page: Page, fresh_dashboard_url: str) -> None:
    """From this host, which the fixture checks."""
    with page.expect_response(re.compile("world_110m.json")) as coastlines:
        page.goto(f"{fresh_dashboard_url}/?as_of={AS_OF}")

    assert coastlines.value.ok
    assert coastlines.value.url.startswith(fresh_dashboard_url)
    expect(page.locator(".st-key-overview_map .layer.land path")).to_be_attached()
    expect(page.locator(".st-key-overview_map .layer.countries path")).to_have_count(0)
    # The server ends with the test: by then the page has all that it asks for.
    idle(page)


def test_a_drag_does_not_move_the_map(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/?as_of={AS_OF}")
    land = page.locator(".st-key-overview_map .layer.land path").first
    expect(land).to_be_visible()
    before = land.get_attribute("d")
    box = page.locator(".st-key-overview_map .main-svg").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 40, steps=4)
    page.mouse.up()
    page.wait_for_timeout(300)

    assert land.get_attribute("d") == before


def test_from_another_page_the_map_has_its_coastlines_too(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/validity?as_of={AS_OF}")
    page.get_by_role("link", name="Overview", exact=True).click()

    expect(page.locator(".st-key-overview_map .layer.land path")).to_be_attached()


def test_the_years_play_until_today_and_every_figure_follows(
    page: Page, dashboard_url: str, database: Database
) -> None:
    today = f"{database.execute('SELECT today()').fetchall()[0][0]:%Y}"
    begin = f"{int(today) - 12}-11-21"
    visit(page, f"{dashboard_url}/?as_of={begin}")
    expect(sentence(page)).to_have_text(in_force(counted(database, begin, IN_FORCE)))
    before = page.evaluate("history.length")
    # Nothing moves by itself.
    expect(day(page, f"21 November {int(today) - 12}")).to_be_visible()

    page.get_by_role("button", name="Play the years").click()
    # A busy machine may not see each year, but one of them before the last.
    expect(day(page, f"21 November {int(today) - 12}")).to_have_count(0)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play the years")).to_be_visible()
    idle(page)
    stood = page.locator(".st-key-shown").inner_text()
    as_of = parse_qs(urlsplit(page.url).query)["as_of"][0]
    assert str(int(as_of[:4])) in stood
    assert in_force(counted(database, as_of, IN_FORCE)).search(sentence(page).inner_text())
    # The day that it ends on is one step back.
    assert page.evaluate("history.length") == before + 1

    page.get_by_role("button", name="Play the years").click()
    # It ends by itself, today, which needs no place in the address.
    expect_address(page, "/")
    expect(page.get_by_role("button", name="Play the years")).to_be_visible()
    expect(page.get_by_role("button", name="Pause")).to_have_count(0)


def test_the_day_steps_by_a_year(page: Page, dashboard_url: str, database: Database) -> None:
    visit(page, f"{dashboard_url}/?as_of=2016-06-01")
    page.get_by_test_id("stMain").get_by_role("button", name="Year back").click()
    expect(sentence(page)).to_have_text(in_force(counted(database, "2015-06-01", IN_FORCE)))
    expect_address(page, "/", as_of="2015-06-01")
    # The same steps are in the sidebar, on every page.
    page.get_by_test_id("stSidebar").get_by_role("button", name="Year on").click()
    expect_address(page, "/", as_of="2016-06-01")
    back(page)
    expect(day(page, "1 June 2015")).to_be_visible()


def test_a_pinned_link_shows_the_same_numbers_elsewhere(
    page: Page, new_page: NewPage, dashboard_url: str
) -> None:
    visit(page, f"{dashboard_url}/?country=CN&country=TR&as_of=2016-06-01&horizon=90")
    page.get_by_role("button", name="Copy link").click()
    link = page.get_by_test_id("stPopoverBody").locator("code").inner_text()
    assert parse_qs(urlsplit(link).query) == {
        "country": ["CN", "TR"],
        "as_of": ["2016-06-01"],
        "horizon": ["90"],
        "version": parse_qs(urlsplit(link).query)["version"],
    }
    said = sentence(page).inner_text()
    numbers = parts(page).get_by_role("link").all_inner_texts()
    assert sum(int(text.split()[0]) for text in numbers) == int(said.split()[1])

    elsewhere = new_page()
    visit(elsewhere, link)
    assert sentence(elsewhere).inner_text() == said
    assert parts(elsewhere).get_by_role("link").all_inner_texts() == numbers
    expect(elsewhere.get_by_test_id("stAlert")).to_have_count(0)

    older = new_page()
    visit(older, re.sub("version=.*", "version=0123456789ab", link))
    expect(older.get_by_test_id("stAlert")).to_contain_text("made with version 0123456789ab")
    assert parts(older).get_by_role("link").all_inner_texts() == numbers


# Within the page, and as tall as its width asks: not a stripe in a hole.
FITTING = """
() => {
    const map = document.querySelector('.st-key-overview_map .main-svg').getBoundingClientRect();
    const main = document.querySelector('[data-testid=stMain]').getBoundingClientRect();
    const shape = map.width / map.height;
    return map.left >= main.left && map.right <= main.right && shape > 1.2 && shape < 2.8;
}
"""


@pytest.mark.parametrize("width", [400, 800, 1400, 2200])
def test_the_map_fits_and_nothing_in_the_bar_is_cut_off(
    new_page: NewPage, dashboard_url: str, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    visit(page, f"{dashboard_url}/?as_of={AS_OF}")
    until(page, FITTING)

    # A word in the bar is whole, or not there at all.
    cut_off = parts(page).evaluate(
        "all => [...all.querySelectorAll('p')].filter(text => "
        "text.scrollWidth > text.closest('a').clientWidth + 1).map(text => text.textContent)"
    )
    assert cut_off == []


def test_who_leaves_before_the_coastlines_come_is_not_followed_by_the_map(
    page: Page, dashboard_url: str
) -> None:
    held: list[Route] = []
    page.route("**/topojson/**", lambda route: held.append(route))
    with page.expect_request("**/topojson/**"):
        page.goto(f"{dashboard_url}/?as_of={AS_OF}")
    parts(page).get_by_role("link", name="Expiring").click()
    expect(page.get_by_role("heading", name="Validity periods")).to_be_visible()
    expect(page.locator(".st-key-overview_map")).to_have_count(0)
    with page.expect_event("pageerror"):
        held[0].continue_()
    page.unroute("**/topojson/**")
    idle(page)

    back(page)
    expect(page.locator(".st-key-overview_map .layer.land path")).to_be_attached()
