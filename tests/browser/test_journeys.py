"""What people do on the pages, in Chromium."""

import re
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
from playwright.sync_api import Locator, Page, expect

from register.text import fold
from tests.browser.conftest import (
    AS_OF,
    back,
    choose,
    click_point,
    drawn,
    forward,
    idle,
    offer,
    until,
    visit,
)

Database = duckdb.DuckDBPyConnection
OF_ISTANBUL = f"?city=istanbul&as_of={AS_OF}"


def main(page: Page) -> Locator:
    return page.get_by_test_id("stMain")


def drawer(page: Page, title: str) -> Locator:
    """What was chosen in a chart, beside the page."""
    opened = page.get_by_role("dialog", name=title, exact=True)
    expect(opened).to_be_visible()
    return opened


def close_drawer(page: Page, chart: str) -> None:
    """Close it, and wait for the chart that is drawn anew, with nothing chosen."""
    idle(page)
    drawn = page.locator(f".st-key-{chart} .js-plotly-plot").element_handle()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    until(page, "drawn => !drawn.isConnected", arg=drawn)
    idle(page)


def menu(page: Page, name: str) -> Locator:
    return page.locator(".st-key-menu").get_by_role("link", name=name)


def shown(database: Database, where: str = "true", as_of: str = AS_OF) -> str:
    """The line that says what is shown, counted without the dashboard."""
    ((agreements, partners),) = database.execute(
        f"SELECT count(*), count(DISTINCT partner_id) FROM agreement_status(DATE '{as_of}') "
        f"WHERE status <> 'future' AND {where}"
    ).fetchall()
    return (
        f"{agreements} agreement{'s' * (agreements != 1)} with "
        f"{partners} partner{'s' * (partners != 1)}, as of 21 November 2026"
    )


def address(page: Page) -> tuple[str, dict[str, list[str]]]:
    parts = urlsplit(page.url)
    return parts.path, parse_qs(parts.query)


def expect_address(page: Page, path: str, **parameters: list[str]) -> None:
    page.wait_for_url(
        lambda url: urlsplit(url).path == path and parse_qs(urlsplit(url).query) == parameters
    )


def choose_city(page: Page, name: str) -> None:
    offer(page.get_by_role("combobox", name="City or region"), name)
    page.get_by_role("option", name=name).click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)


def expect_agreement(page: Page, database: Database, agreement_id: str) -> None:
    """The agreement's title, and each of its sources by its link."""
    ((title,),) = database.execute(
        "SELECT title FROM agreements WHERE agreement_id = ?", [agreement_id]
    ).fetchall()
    urls = database.execute(
        "SELECT DISTINCT url FROM statements JOIN sources USING (source_id) "
        "WHERE record_id = ? AND url IS NOT NULL",
        [agreement_id],
    ).fetchall()
    shown = drawer(page, title)
    assert urls
    for (url,) in urls:
        expect(shown.locator(f'a[href="{url}"]').first).to_be_visible()


def test_the_very_first_request_to_a_page_shows_it_whole(
    fresh_dashboard_url: str, page: Page, database: Database
) -> None:
    page.goto(f"{fresh_dashboard_url}/timeline{OF_ISTANBUL}")

    expect(page.get_by_role("heading", name="Timeline", level=1)).to_be_visible()
    expect(page.get_by_text(shown(database, "partner_id = 'istanbul'"))).to_be_visible()
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_role("button", name="Remove Istanbul")).to_be_visible()
    expect(sidebar.get_by_role("button", name="Reset filters")).to_be_visible()
    for name in ("Overview", "Timeline", "Areas", "Validity"):
        expect(menu(page, name)).to_be_visible()
    assert address(page) == ("/timeline", {"city": ["istanbul"], "as_of": [AS_OF]})


def test_a_click_on_a_bar_shows_the_agreement_and_its_sources(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/timeline{OF_ISTANBUL}")
    click_point(page, "timeline_chart", "istanbul-2024-protocol")
    expect_agreement(page, database, "istanbul-2024-protocol")

    close_drawer(page, "timeline_chart")
    click_point(page, "timeline_chart", "istanbul-2015-programme")
    expect_agreement(page, database, "istanbul-2015-programme")
    # The same one again.
    close_drawer(page, "timeline_chart")
    click_point(page, "timeline_chart", "istanbul-2015-programme")
    expect_agreement(page, database, "istanbul-2015-programme")
    page.get_by_role("dialog").get_by_role("link", name=re.compile("^All on this")).click()
    expect_address(
        page, "/agreement", city=["istanbul"], id=["istanbul-2015-programme"], as_of=[AS_OF]
    )

    # It does not open by itself on the way back.
    back(page)
    expect(page.get_by_role("heading", name="Timeline", level=1)).to_be_visible()
    idle(page)
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_keyboard_shows_the_agreement_too(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/timeline{OF_ISTANBUL}")
    ((title,),) = database.execute(
        "SELECT title FROM agreements WHERE agreement_id = 'istanbul-2024-protocol'"
    ).fetchall()
    choose(page.get_by_role("combobox", name="Agreement", exact=True), title)

    expect_agreement(page, database, "istanbul-2024-protocol")
    page.get_by_role("dialog").get_by_role("button", name="← Previous").press("Enter")
    expect_agreement(page, database, "istanbul-2015-programme")

    # The focus is where it came from.
    close_drawer(page, "timeline_chart")
    expect(page.get_by_role("combobox", name="Agreement", exact=True)).to_be_focused()


def test_the_drawer_leaves_the_chart_in_sight(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/timeline{OF_ISTANBUL}")
    click_point(page, "timeline_chart", "istanbul-2024-protocol")
    opened = drawer(page, "Cooperation protocol 2024-2027")
    box = opened.bounding_box()
    assert box is not None
    assert box["width"] == 480
    assert box["x"] + box["width"] == 1400

    # For another room the page is drawn anew, and the drawer with it.
    page.set_viewport_size({"width": 400, "height": 800})
    until(
        page,
        """() => {
            const drawer = document.querySelector("[role=dialog]");
            const { left, top, right, bottom } = drawer?.getBoundingClientRect() ?? {};
            return left === 0 && right === 400 && top >= 100 && bottom === 800;
        }""",
    )


def test_a_click_on_what_runs_out_next_shows_the_agreement(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/validity{OF_ISTANBUL}")
    page.get_by_role("radio", name="What runs out next").click()
    click_point(page, "validity_chart", "istanbul-2024-protocol")

    expect_agreement(page, database, "istanbul-2024-protocol")


def test_a_click_on_a_status_lists_its_agreements(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/validity?as_of={AS_OF}")
    click_point(page, "status_chart", "terminated")

    expect(main(page).get_by_text("Only Terminated")).to_be_visible()
    expect(page.get_by_text(shown(database, "status = 'terminated'"))).to_be_visible()
    expect_address(page, "/validity", status=["terminated"], as_of=[AS_OF])
    back(page)
    expect(page.get_by_text(shown(database))).to_be_visible()


def test_from_a_figure_to_the_list_to_the_agreement_to_its_source(
    page: Page, dashboard_url: str, database: Database
) -> None:
    ((agreement_id, title, url),) = database.execute(
        f"""
        SELECT agreement_id, title, min(url)
        FROM agreement_status(DATE '{AS_OF}') JOIN agreements USING (agreement_id)
        JOIN statements ON record_id = agreement_id JOIN sources USING (source_id)
        WHERE status = 'expiring' AND field = 'valid_to' AND url IS NOT NULL
        GROUP BY ALL ORDER BY agreement_id LIMIT 1
        """
    ).fetchall()
    visit(page, f"{dashboard_url}/?as_of={AS_OF}")
    page.locator(".st-key-parts").get_by_role("link", name="Expiring").click()
    expect_address(page, "/validity", status=["expiring"], as_of=[AS_OF])
    page.get_by_role("radio", name="What runs out next").click()
    click_point(page, "validity_chart", agreement_id)
    opened = drawer(page, title)
    opened.get_by_role("link", name=f"All on this agreement: {title}").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
    row = page.get_by_role("row").filter(has_text="Valid to")
    expect(row.get_by_role("link").first).to_be_visible()
    numbers = row.get_by_role("link").evaluate_all("all => all.map(one => one.hash)")
    sources = page.locator(", ".join(f"li{number}" for number in numbers))
    expect(sources.locator(f'a[href="{url}"]')).to_be_visible()


def expect_labels(shown: Locator, database: Database, partner_id: str, area_id: str) -> None:
    """All wordings of the partner's agreements for the area, as the sources have them."""
    labels = database.execute(
        "SELECT DISTINCT label FROM agreement_areas JOIN agreements USING (agreement_id) "
        "WHERE partner_id = ? AND area_id = ?",
        [partner_id, area_id],
    ).fetchall()
    assert labels
    for (label,) in labels:
        expect(shown.get_by_text(f"“{label}”").first).to_be_visible()


def test_a_click_on_a_cell_lists_the_agreements_in_the_sources_words(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/areas?country=TR&as_of={AS_OF}")
    click_point(page, "areas_chart", "istanbul", "transport")

    expect_labels(drawer(page, "Istanbul: Transport"), database, "istanbul", "transport")


def test_the_keyboard_lists_them_too(page: Page, dashboard_url: str, database: Database) -> None:
    visit(page, f"{dashboard_url}/areas?country=TR&as_of={AS_OF}")
    for list_name, choice in (("Partner", "Istanbul"), ("Area", "Transport")):
        choose(page.get_by_role("combobox", name=list_name, exact=True), choice)

    expect_labels(drawer(page, "Istanbul: Transport"), database, "istanbul", "transport")


def test_a_chosen_city_is_in_the_address_on_every_page_and_in_the_history(
    page: Page, dashboard_url: str, database: Database
) -> None:
    in_tehran = shown(database, "partner_id = 'tehran'")
    visit(page, f"{dashboard_url}/timeline?as_of={AS_OF}")
    expect(page.get_by_text(shown(database))).to_be_visible()

    choose_city(page, "Tehran")
    expect(page.get_by_text(in_tehran)).to_be_visible()
    expect_address(page, "/timeline", city=["tehran"], as_of=[AS_OF])

    menu(page, "Validity").click()
    expect(page.get_by_role("heading", name="Validity periods")).to_be_visible()
    expect(page.get_by_text(in_tehran)).to_be_visible()
    expect_address(page, "/validity", city=["tehran"], as_of=[AS_OF])

    back(page)
    expect(page.get_by_role("heading", name="Timeline", level=1)).to_be_visible()
    expect(page.get_by_text(in_tehran)).to_be_visible()

    forward(page)
    expect(page.get_by_role("heading", name="Validity periods")).to_be_visible()
    expect(page.get_by_text(in_tehran)).to_be_visible()


def test_the_way_back_from_a_link_leads_to_what_was_chosen(page: Page, dashboard_url: str) -> None:
    """Several times: the faster the page is there, the likelier was a step in between."""
    sources = f"{dashboard_url}/sources?city=ljubljana&as_of={AS_OF}"
    visit(page, sources)
    for source_id in ("ljubljana-si-03508a", "ljubljana-si-990746", "ljubljana-text-2019-09-11"):
        choose(page.get_by_role("combobox", name="Source", exact=True), source_id)
        expect(page).to_have_url(f"{sources}&source={source_id}")
        steps = page.evaluate("history.length")
        page.get_by_role("link", name="Ljubljana: Programme").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Programme")
        idle(page)
        assert page.evaluate("history.length") == steps + 1

        back(page)
        expect(page).to_have_url(f"{sources}&source={source_id}")


def test_back_undoes_a_filter_and_forward_does_it_again(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/timeline?as_of={AS_OF}")
    choose_city(page, "Tehran")
    expect(page.get_by_text(shown(database, "partner_id = 'tehran'"))).to_be_visible()

    back(page)
    expect(page.get_by_text(shown(database))).to_be_visible()
    expect(page.get_by_role("button", name="Remove Tehran")).to_have_count(0)

    forward(page)
    expect(page.get_by_text(shown(database, "partner_id = 'tehran'"))).to_be_visible()
    expect(page.get_by_role("button", name="Remove Tehran")).to_be_visible()


def test_back_to_an_address_without_filters_takes_them_off(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/")
    everything = page.locator(".st-key-shown").inner_text()
    page.locator(".st-key-parts").get_by_role("link", name="Terminated").click()
    expect(page.get_by_role("heading", name="Validity periods")).to_be_visible()
    expect(main(page).get_by_text("Only Terminated")).to_be_visible()

    back(page)
    expect(page.locator(".st-key-parts")).to_be_visible()
    expect(page.locator(".st-key-shown")).to_have_text(everything)
    expect(page.get_by_role("button", name="Remove Terminated")).to_have_count(0)
    expect_address(page, "/")

    forward(page)
    expect(main(page).get_by_text("Only Terminated")).to_be_visible()


def test_the_menu_keeps_the_filters_in_one_step_of_the_history(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/agreement?id=tehran-2015-programme&city=tehran&as_of={AS_OF}")
    steps = page.evaluate("history.length")
    for name, path in (("Areas", "/areas"), ("Validity", "/validity"), ("Timeline", "/timeline")):
        menu(page, name).click()
        page.wait_for_url(re.compile(rf"{path}\?"))
        idle(page)
        assert address(page)[1]["city"] == ["tehran"]
        steps += 1
        assert page.evaluate("history.length") == steps


@pytest.mark.parametrize(
    ("field", "way", "held"),
    [("search", "menu", 60), ("search", "link", 60), ("day", "menu", 60), ("day", "link", 0)],
)
def test_what_is_typed_holds_when_a_link_is_clicked_at_once(
    page: Page, dashboard_url: str, field: str, way: str, held: int
) -> None:
    visit(page, f"{dashboard_url}/?as_of={AS_OF}")
    if field == "search":
        page.get_by_role("textbox", name="Search").click()
        page.keyboard.type("Istanbul")
    else:
        sidebar = page.get_by_test_id("stSidebar")
        sidebar.get_by_role("spinbutton", name="year, Show the state on").click()
        page.keyboard.type("20150601")
    link = page.locator("h1").get_by_role("link", name="known to be in force")
    box = (menu(page, "Validity") if way == "menu" else link).bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    # The field is left by now: Streamlit hears of it before the click, after it, or meanwhile.
    page.wait_for_timeout(held)
    page.mouse.up()
    if not held:
        # Nobody presses a button for no time. Streamlit may then hear of the field alone.
        page.wait_for_url(re.compile("[?&]as_of=2015-06-01(&|$)"))
        expect(page.locator(".st-key-shown")).to_contain_text("as of 1 June 2015")
        return

    typed = {"q": ["Istanbul"]} if field == "search" else {}
    of_link = {"status": ["in_force"]} if way == "link" else {}
    day = AS_OF if field == "search" else "2015-06-01"
    expect_address(page, "/validity", **of_link, **typed, as_of=[day])
    named = page.locator(".st-key-chosen_filters")
    expect(named.get_by_text("In force: active or expiring")).to_have_count(len(of_link))
    expect(named.get_by_text("“Istanbul”")).to_have_count(len(typed))
    in_words = "21 November 2026" if field == "search" else "1 June 2015"
    expect(page.locator(".st-key-shown")).to_contain_text(f"as of {in_words}")


def test_reset_shows_all_again(page: Page, dashboard_url: str) -> None:
    visit(page, f"{dashboard_url}/timeline{OF_ISTANBUL}&status=active&q=transport&horizon=30")
    page.get_by_role("button", name="Reset filters").click()

    expect_address(page, "/timeline")
    expect(page.get_by_role("button", name="Remove Istanbul")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Search")).to_have_value("")
    expect(page.get_by_text("More filters", exact=True)).to_be_visible()


def search(page: Page, text: str) -> None:
    box = page.get_by_role("textbox", name="Search")
    box.fill(text)
    box.press("Enter")


def test_search_in_four_scripts_leads_to_the_agreement(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/timeline?as_of={AS_OF}")
    for text, partner_id in (
        ("Стамбул", "istanbul"),
        ("北京", "beijing"),
        ("تهران", "tehran"),
        ("İSTANBUL", "istanbul"),
        ("Αθήνα", "athens"),
    ):
        search(page, text)
        # Others can be named so in a title or by a source.
        expect_address(page, "/timeline", q=[text], as_of=[AS_OF])
        idle(page)
        chosen = page.get_by_role("combobox", name="Agreement", exact=True)
        # A list closes when the page is scrolled.
        chosen.scroll_into_view_if_needed()
        drawn(page)
        chosen.click()
        ((name,),) = database.execute(
            "SELECT name FROM partners WHERE partner_id = ?", [partner_id]
        ).fetchall()
        expect(page.get_by_role("option").filter(has_text=f"{name}: ").first).to_be_visible()
        page.keyboard.press("Escape")
        ((fitting,),) = database.execute(
            "SELECT count(DISTINCT number) FROM (SELECT form, unnest(agreements) AS number "
            "FROM agreement_search) WHERE contains(form, ?)",
            [fold(text)],
        ).fetchall()
        ((all_of_them,),) = database.execute("SELECT count(*) FROM agreements").fetchall()
        assert 0 < fitting < all_of_them / 10
        expect(page.get_by_text(re.compile(rf"^{fitting} agreements? with"))).to_be_visible()

    search(page, "تهران 2015")
    expect_address(page, "/timeline", q=["تهران 2015"], as_of=[AS_OF])
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    idle(page)
    click_point(page, "timeline_chart", "tehran-2015-programme")
    expect_agreement(page, database, "tehran-2015-programme")


def test_a_misspelt_search_says_what_may_be_meant(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/timeline?as_of={AS_OF}")
    search(page, "Istambul")
    expect(main(page).get_by_text("No agreement fits")).to_be_visible()
    main(page).get_by_role("button", name="Istanbul", exact=True).click()

    expect_address(page, "/timeline", q=["Istanbul"], as_of=[AS_OF])
    expect(page.get_by_role("textbox", name="Search")).to_have_value("Istanbul")
    expect(page.locator(".st-key-timeline_chart .js-plotly-plot")).to_be_visible()


def test_the_filters_are_named_on_the_page_and_taken_back_there(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/areas?country=TR&area=transport&as_of={AS_OF}")
    expect(main(page).get_by_text("Only Türkiye; Transport")).to_be_visible()
    main(page).get_by_role("button", name="Reset").click()

    expect(page.get_by_text(re.compile("Only Türkiye"))).to_have_count(0)
    expect_address(page, "/areas")


def test_which_partners_share_two_areas(page: Page, dashboard_url: str, database: Database) -> None:
    named = database.execute(
        "SELECT name FROM partners WHERE partner_id IN (SELECT partner_id FROM agreements "
        "JOIN agreement_areas USING (agreement_id) WHERE area_id IN ('transport', 'heritage') "
        "GROUP BY partner_id HAVING count(DISTINCT area_id) = 2) ORDER BY strip_accents(name)"
    ).fetchall()
    visit(page, f"{dashboard_url}/areas?area=transport&area=heritage&as_of={AS_OF}")

    names = [name for (name,) in named]
    assert len(names) > 2
    listed = ", ".join(names[:-1]) + f" and {names[-1]}"
    expect(main(page).get_by_text(f"both Transport and Heritage: {listed}.")).to_be_visible()


def test_what_ran_out_in_three_years(page: Page, dashboard_url: str, database: Database) -> None:
    visit(page, f"{dashboard_url}/?as_of={AS_OF}")
    page.get_by_role("link", name=re.compile("when and what ran out")).click()
    heading = page.get_by_role("heading", name="Lapsed without a successor")
    expect(heading).to_be_in_viewport()
    expect_address(page, "/validity", section=["lapsed"], as_of=[AS_OF])
    idle(page)
    move(page, "Ended in the years", 0, 2022, r"ended={}-\d+")
    move(page, "Ended in the years", 1, 2024, r"ended=\d+-{}")

    expect_address(page, "/validity", section=["lapsed"], ended=["2022-2024"], as_of=[AS_OF])
    ((ran_out, ended),) = database.execute(
        f"""
        SELECT count(*) FILTER (last.status = 'expired'), count(*) FILTER (last.status <> 'expired')
        FROM partner_status(DATE '{AS_OF}') AS p
        JOIN agreement_status(DATE '{AS_OF}') AS last ON last.agreement_id = p.lapsed_agreement
        WHERE lapsed AND year(lapsed_on) BETWEEN 2022 AND 2024
        """
    ).fetchall()
    assert ran_out
    assert ended
    expect(page.get_by_text(f"{ran_out} ran out, {ended} were ended by an event.")).to_be_visible()


def move(page: Page, label: str, end: int, goal: int, address: str) -> None:
    """Move one end of a slider to the goal by the keyboard, a year at a time.

    A busy server draws the page of a step after the next one was taken: each waits until its year
    stands in the address.
    """
    knob = page.get_by_role("slider", name=label).nth(end)
    while (now := int(knob.input_value())) != goal:
        step = 1 if now < goal else -1
        knob.press("ArrowRight" if step > 0 else "ArrowLeft")
        expect(page).to_have_url(re.compile(address.format(now + step)))
        idle(page)


def test_an_unknown_value_is_said_and_left_out(
    page: Page, dashboard_url: str, database: Database
) -> None:
    visit(page, f"{dashboard_url}/timeline?city=atlantis&city=istanbul&as_of={AS_OF}")

    expect(page.get_by_role("alert").filter(has_text="atlantis")).to_be_visible()
    expect(page.get_by_text(shown(database, "partner_id = 'istanbul'"))).to_be_visible()
    expect_address(page, "/timeline", city=["istanbul"], as_of=[AS_OF])


def test_an_address_cannot_bring_pictures_from_elsewhere(page: Page, dashboard_url: str) -> None:
    # The page fixture fails if it is fetched.
    visit(page, f"{dashboard_url}/timeline?city=![x](http://192.0.2.1/x.png)&as_of={AS_OF}")

    expect(page.get_by_role("alert")).to_contain_text("http://192.0.2.1/x.png")
    expect(page.get_by_role("alert").locator("img")).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/timeline", "/areas", "/validity"])
def test_with_nothing_to_show_the_page_helps_on(page: Page, dashboard_url: str, path: str) -> None:
    visit(page, f"{dashboard_url}{path}?city=istanbul&country=CN&as_of={AS_OF}")

    expect(main(page).get_by_text("No agreement fits")).to_be_visible()
    expect(main(page).get_by_text("reset the filters")).to_be_visible()
    expect(main(page).locator(".js-plotly-plot")).to_have_count(0)
