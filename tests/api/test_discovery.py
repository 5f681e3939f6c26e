"""Pages tell of the feeds, and caches of pages still work."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_static_routes import (
    create_streamlit_static_assets_routes,
)

from tests.api.conftest import Api, served

FEEDS = ["/feeds/changes.atom", "/feeds/events.atom", "/feeds/expiring.ics"]


class Links(HTMLParser):
    """The addresses of the links to feeds in the head of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = dict(attributes)
        if (tag, told.get("rel")) == ("link", "alternate"):
            self.found.append(told["href"])


def own(_: Request) -> HTMLResponse:
    link = '<link rel="alternate" type="application/atom+xml" href="/own">'
    return HTMLResponse(f"<head>{link}</head>", headers={"ETag": '"own"'})


def data(_: Request) -> JSONResponse:
    return JSONResponse("<head>")


@pytest.fixture(params=["identity", "gzip"])
def client(request: pytest.FixtureRequest, api: Api) -> Iterator[TestClient]:
    """Streamlit's own page at all addresses but two, compressed or not."""
    app = Starlette(
        routes=[
            Route("/own", own),
            Route("/data", data),
            *create_streamlit_static_assets_routes(None),
        ],
        middleware=[*served(api.store).middleware, Middleware(GZipMiddleware)],
    )
    with TestClient(app, headers={"Accept-Encoding": request.param}) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/validity"])
def test_every_page_of_the_dashboard_names_the_feeds(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert Links(answer.text).found == FEEDS
    assert all(f"<{feed}>" in answer.headers["link"] for feed in FEEDS)
    assert answer.text.rstrip().endswith("</html>")


def test_who_has_the_page_already_is_told_so(client: TestClient) -> None:
    first = client.get("/")
    again = client.get("/", headers={"If-None-Match": f'"x", {first.headers["etag"]}'})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "last-modified" not in first.headers


def test_a_page_without_the_links_of_now_is_sent_anew(client: TestClient) -> None:
    tag = client.get("/").headers["etag"]
    other = tag.rpartition("-")[0] + '-01234567"'

    assert client.get("/", headers={"If-None-Match": other}).status_code == 200


@pytest.mark.parametrize("path", ["/", "/validity", "/own", "/data"])
def test_head_has_the_headers_of_get(client: TestClient, path: str) -> None:
    named = {"X-Request-ID": "the-same-one"}
    got, head = client.get(path, headers=named), client.head(path, headers=named)

    assert head.content == b""
    assert {**head.headers} == {**got.headers}


def test_what_names_feeds_itself_or_is_no_page_stays_as_it_is(client: TestClient) -> None:
    assert Links(client.get("/own").text).found == ["/own"]
    assert client.get("/own").headers["etag"] == '"own"'
    assert client.get("/data").json() == "<head>"
    assert "link" not in client.get("/data").headers
