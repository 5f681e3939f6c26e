"""Whoever asks under another site's name is refused: page, files and websocket."""

import http.client
from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest

WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "MDEyMzQ1Njc4OWFiY2RlZg==",
}


def status(url: str, path: str, headers: Mapping[str, str]) -> int:
    """What the server answers to a request with exactly these headers."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        connection.putrequest("GET", path, skip_host=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize(
    "path", ["/", "/timeline?city=istanbul", "/_stcore/health", "/app/static/"]
)
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "evil.example:8501"])
def test_another_sites_name_gets_nothing(dashboard_url: str, path: str, host: str) -> None:
    assert status(dashboard_url, path, {"Host": host}) == 421


def test_another_sites_name_gets_no_websocket(dashboard_url: str) -> None:
    evil = {"Host": "evil.example", "Origin": "http://evil.example"}
    own = {"Host": urlsplit(dashboard_url).netloc, "Origin": dashboard_url}

    assert status(dashboard_url, "/_stcore/stream", WEBSOCKET | evil) == 421
    assert status(dashboard_url, "/_stcore/stream", WEBSOCKET | own) == 101


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:1", "LOCALHOST", "[::1]:8501"])
def test_its_own_names_get_the_page(dashboard_url: str, host: str) -> None:
    assert status(dashboard_url, "/", {"Host": host}) == 200
