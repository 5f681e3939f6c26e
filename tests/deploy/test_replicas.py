"""Readers do not notice that a replica goes, nor that the register is published anew."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PATIENCE, idle, visit
from tests.dashboard.conftest import known_register
from tests.deploy.conftest import Published
from tests.deploy.load import Answer, ask, under_load
from tests.deploy.servers import Nginx, Server, wait_until


def uncached(number: int) -> str:
    """An address that nobody has asked for before."""
    return f"/api/v1/agreements?as_of=2022-03-01&offset={number}"


def wrong(answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.status != 200]


def retried(edge: Nginx, gone: Server) -> bool:
    """Whether nginx has asked a replica in vain, and then another."""
    return any(f"{gone.place}, " in request["replica"] for request in edge.requests())


@pytest.mark.parametrize("end", [Server.kill, Server.drain], ids=["killed", "drained"])
def test_no_question_of_a_program_is_lost_when_a_replica_goes(
    edge: Nginx, replicas: list[Server], end: Callable[[Server], None]
) -> None:
    with under_load(edge.url, uncached) as load:
        load.more(60)
        end(replicas[0])
        load.more(60)
        wait_until(lambda: retried(edge, replicas[0]), "nginx asks the one that has gone")
        load.more(60)

    assert wrong(load.answers) == []


def test_a_register_published_anew_under_load_fails_nobody_and_mixes_nothing(
    edge: Nginx, published_here: Published
) -> None:
    first = ask(edge.url, "/api/v1/").json()["version"]
    register = known_register()
    with under_load(edge.url, uncached) as load:
        load.more(30)
        register.agreement("ljubljana-new", title="Programme of another year")
        second = published_here.publish(register)
        load.more(30)
        register.agreement("ljubljana-newer", title="Programme of the year after")
        third = published_here.publish(register)
        load.more(30)

    assert wrong(load.answers) == []
    said = [answer.json() for answer in load.answers]
    assert [each["version"] for each in said] == [
        answer.headers["register-version"] for answer in load.answers
    ]
    agreements = {first: 11, second: 12, third: 13}
    assert {(each["version"], each["total"]) for each in said} == set(agreements.items())


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window of somebody who was never here; that a connection breaks is no error here."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_a_reader_whose_replica_is_killed_goes_on_at_another(
    edge: Nginx, replicas: list[Server], page: Page
) -> None:
    here = f"{edge.url}/?city=istanbul&as_of=2022-03-01"
    shown = page.get_by_text("as of 1 March 2022").first
    visit(page, here)
    before = shown.inner_text()
    (mine,) = [each for each in replicas if each.place in asked(edge, "/")]

    mine.kill()
    page.wait_for_selector(
        "[data-test-connection-state]:not([data-test-connection-state=CONNECTED])"
    )
    idle(page)

    assert page.url == here
    expect(shown).to_have_text(before)
    year_back = page.get_by_role("button", name="Year back").first
    # The other replica has never drawn this button, and takes the first click for a visit.
    year_back.click()
    page.wait_for_timeout(500)
    idle(page)
    year_back.click()
    page.wait_for_url(re.compile("as_of=202[01]-03-01"))
    idle(page)
    assert "city=istanbul" in page.url
    expect(shown).to_be_hidden()


@pytest.mark.browser
def test_a_file_of_a_session_is_found_on_whichever_replica_it_lies(edge: Nginx, page: Page) -> None:
    visit(page, edge.url)
    icon = page.locator("link[rel~=icon]").first.get_attribute("href")
    assert icon
    assert "/media/" in icon

    answers = [ask(edge.url, icon[icon.index("/media/") :]) for _ in range(50)]

    assert wrong(answers) == []
    assert any(", " in replica for replica in asked(edge, "/media/.*")), "none was asked in vain"


def test_a_reader_stays_with_one_replica_and_readers_are_shared_out(edge: Nginx) -> None:
    cookies = []
    for _ in range(8):
        given = ask(edge.url, "/").headers["set-cookie"]
        assert "HttpOnly" in given
        cookies.append(given.partition(";")[0])
        for _ in range(2):
            again = ask(edge.url, "/", cookie=cookies[-1]).headers
            assert "replica=" not in again.get("set-cookie", "")
    for _ in range(40):
        ask(edge.url, "/")
    wait_until(lambda: len(asked(edge, "/")) == 64, "they are written down")
    by_reader = [{*asked(edge, "/")[start : start + 3]} for start in range(0, 24, 3)]

    assert len({*cookies}) == 8
    assert [len(replicas) for replicas in by_reader] == [1] * 8
    assert len({*asked(edge, "/")}) == 3


def asked(edge: Nginx, path: str) -> list[str]:
    """Which replica each request for such a path was sent to."""
    return [each["replica"] for each in edge.requests() if re.fullmatch(path, each["path"])]
