"""What every page fetches comes packed, is the same unpacked, and is kept as it may be."""

import gzip
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.testclient import TestClient
from streamlit.file_util import get_static_dir
from streamlit.web.server.starlette.starlette_static_routes import (
    create_streamlit_static_assets_routes,
)

from api.configuration import Settings
from api.middleware import packing
from api.middleware.ours import ours
from api.middleware.packing import PackingMiddleware
from api.operations.state import State
from api.site import Site
from dashboard import files, modules
from tests.api.conftest import Api

STATIC = Path(get_static_dir())
UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "identity": bytes,
}
FOR_EVER = "public, immutable, max-age=31536000"
TEXT = "text " * 1000


def of_a_first_visit() -> list[str]:
    """The scripts and styles that a page names, and those that its elements need."""
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    named = re.findall(r'"\./(static/(?:js|css)/[^"]+)"', page)
    return [*named, *(address.removeprefix("./") for address in modules.needed())]


@pytest.fixture
def client(api: Api) -> Iterator[TestClient]:
    settings = Settings(allowed_hosts=("*",), requests_per_minute=0)
    site = Site(State(api.store, settings), named=files.named, written=modules.written)
    app = Starlette(
        routes=[
            Mount("/app/static", StaticFiles(directory=files.FOLDER)),
            *create_streamlit_static_assets_routes(None),
        ],
        middleware=site.middleware,
    )
    with TestClient(app) as client:
        yield client


def unpacked(client: TestClient, address: str, coding: str) -> tuple[dict[str, str], bytes]:
    """The headers of an answer, and its content as it was before it was packed."""
    with client.stream("GET", address, headers={"Accept-Encoding": coding}) as answer:
        sent = b"".join(answer.iter_raw())
        assert answer.status_code == 200
        assert len(sent) == int(answer.headers["content-length"])
        return {**answer.headers}, UNPACK[answer.headers.get("content-encoding", "identity")](sent)


@pytest.mark.parametrize("coding", UNPACK)
def test_every_file_of_a_first_visit_comes_packed_and_is_kept_for_ever(
    client: TestClient, coding: str
) -> None:
    visited = of_a_first_visit()
    assert any("PlotlyChart" in file for file in visited)
    for file in visited:
        content = (STATIC / file).read_bytes()
        for _ in range(2):  # The second time it is there already.
            headers, told = unpacked(client, f"/{file}", coding)
            assert told == (content if coding == "identity" else modules.written(file, content))
            assert headers["cache-control"] == FOR_EVER
            if coding != "identity" and len(content) >= 500:
                assert headers["content-encoding"] == coding
                assert "accept-encoding" in headers["vary"].lower()


def test_all_of_plotly_is_sent_in_parentheses_and_nothing_else_is_changed() -> None:
    (module,) = STATIC.glob("static/js/PlotlyChart.*.js")
    content = module.read_bytes()
    before, all_of_it, behind = content.partition(b"()=>{var e=(()=>{")
    sent = modules.written(f"/static/js/{module.name}", content)

    assert sent.startswith(before + b"(" + all_of_it)
    assert len(sent) == len(content) + len("()")
    end = next(at for at in range(len(content)) if sent[-1 - at] != content[-1 - at])
    assert sent[-1 - end :] == b")" + content[len(content) - end :]
    assert len(before) + end < len(behind) / 100
    assert modules.written("/static/js/index.js", content) == content


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_a_page_comes_packed_and_is_asked_for_each_time(client: TestClient, coding: str) -> None:
    headers, page = unpacked(client, "/", coding)

    assert headers["content-encoding"] == coding
    assert headers["cache-control"] == "no-cache"
    assert page == unpacked(client, "/", "identity")[1]
    assert b"modulepreload" in page


def test_files_of_ours_are_kept_by_the_name_of_their_content(client: TestClient) -> None:
    address = files.address("head.js")

    headers, script = unpacked(client, address, "br")

    assert script == (files.FOLDER / "head.js").read_bytes()
    assert headers["cache-control"] == FOR_EVER
    for other in ("/app/static/head.js", "/app/static/head.js?v=another"):
        headers, _ = unpacked(client, other, "br")
        assert headers["cache-control"] == "public, max-age=3600"
        assert headers["etag"]


def test_what_is_packed_already_stays_as_it_is(client: TestClient) -> None:
    (font,) = (files.FOLDER / "fonts").glob("*latin.woff2")

    headers, told = unpacked(client, f"/app/static/fonts/{font.name}", "br, gzip")

    assert "content-encoding" not in headers
    assert told == font.read_bytes()


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.0", None),
        ("deflate", None),
        ("", None),
    ],
)
def test_it_is_packed_as_the_browser_takes_it(
    client: TestClient, accepted: str, coding: str | None
) -> None:
    headers, script = unpacked(client, "/app/static/head.js", accepted)

    assert headers.get("content-encoding") == coding
    assert script == (files.FOLDER / "head.js").read_bytes()


def test_who_has_a_file_already_is_told_so(client: TestClient) -> None:
    accepted = {"Accept-Encoding": "br"}
    for _ in range(2):
        first = client.get("/app/static/head.js", headers=accepted)
        has = accepted | {"If-None-Match": first.headers["etag"]}
        again = client.get("/app/static/head.js", headers=has)
        assert (again.status_code, again.content) == (304, b"")
        assert "content-encoding" not in again.headers


def test_a_part_of_a_file_is_a_part_of_it_as_it_is(client: TestClient) -> None:
    asked = {"Accept-Encoding": "br", "Range": "bytes=10-19"}
    for _ in range(2):
        answer = client.get("/app/static/head.js", headers=asked)
        assert answer.status_code == 206
        assert answer.content == (files.FOLDER / "head.js").read_bytes()[10:20]
        client.get("/app/static/head.js", headers={"Accept-Encoding": "br"})


@pytest.fixture
def packed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """What has been packed."""
    found: list[bytes] = []

    def pack(body: bytes) -> bytes:
        found.append(body)
        return bytes(brotli.compress(body))

    monkeypatch.setitem(packing._CODINGS, "br", pack)
    return found


def folder(path: Path) -> TestClient:
    routes = [Mount("/static", StaticFiles(directory=path))]
    is_ours = ours([])
    middleware = [Middleware(PackingMiddleware, ours=is_ours, named=lambda _: False)]
    return TestClient(Starlette(routes=routes, middleware=middleware))


def test_a_file_is_packed_once_and_anew_when_it_is_another(
    tmp_path: Path, packed: list[bytes]
) -> None:
    file, client = tmp_path / "a.js", folder(tmp_path)
    file.write_text(TEXT)
    for _ in range(3):
        assert client.get("/static/a.js", headers={"Accept-Encoding": "br"}).text == TEXT
    assert len(packed) == 1

    file.write_text(TEXT.upper())
    os.utime(file, (1, 1))

    assert client.get("/static/a.js", headers={"Accept-Encoding": "br"}).text == TEXT.upper()
    assert len(packed) == 2


@pytest.mark.parametrize("path", ["/static//js/x.js", "/static/./x.js", "/static/js/../x.js", "/x"])
def test_no_address_of_which_there_are_any_number_is_kept(
    client: TestClient, packed: list[bytes], path: str
) -> None:
    for _ in range(2):
        client.get(path, headers={"Accept-Encoding": "br"})
    # Streamlit's page stands there, or nothing: each time anew.
    assert len(packed) in (0, 2)
