"""Addresses: which a reader can open, and which lead to one page."""

import pytest

from etl.addresses import is_public, page


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://www.example.org:8080/a?b=c#d",
        "https://пример.рф/новости",
        "https://xn--e1afmkfd.xn--p1ai/",
        "http://18.195.164.189/a.html",
        "https://example.org/a(b),c;d='e'",
        "https://example.org./",
    ],
)
def test_addresses_of_the_web(url: str) -> None:
    assert is_public(url)


@pytest.mark.parametrize(
    "url",
    [
        "example.org",
        "//example.org/",
        "ftp://example.org/",
        "javascript:alert(1)",
        "https://",
        "https://localhost/a",
        "https://intranet/",
        "https://a..b/",
        "https://.org/",
        "https://user@example.org/",
        "https://example.org@evil.example/",
        "https://example.org:99999/",
        "https://example.org/a b",
        "https://example.org/a\u00a0b",
        "https://example.org/<b>",
        'https://example.org/"',
        "https://example.org\\@evil.example/",
        "http://[",
        "http://127.0.0.1/",
        "http://10.0.0.1/",
        "http://[::1]/",
        "http://2130706433/",
        "http://127.1/",
        "http://0x7f.1/",
    ],
)
def test_what_is_no_address_for_every_reader(url: str) -> None:
    assert not is_public(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/news/1",
        "https://www.example.org/news/1",
        "https://EXAMPLE.org/news/1/",
        "https://example.org:443/news/1",
        "https://example.org/news/1#comments",
        "https://example.org/news/1?utm_source=a&utm_medium=b",
        "https://example.org/news/1?UTM_campaign=a",
        "https://example.org./news/1?",
    ],
)
def test_addresses_of_one_page(url: str) -> None:
    assert page(url) == page("https://example.org/news/1")


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/news/2",
        "https://example.org/News/1",
        "https://m.example.org/news/1",
        "https://example.org:8443/news/1",
        "https://example.org/news/1?id=1",
        "https://example.org/news/1?id=2&utm_source=a",
    ],
)
def test_addresses_of_other_pages(url: str) -> None:
    assert page(url) != page("https://example.org/news/1")


def test_other_parameters_count() -> None:
    assert page("https://example.org/?id=1&utm_source=a") == page("http://example.org?id=1")
    assert page("https://example.org/?id=1") != page("https://example.org/?id=2")
