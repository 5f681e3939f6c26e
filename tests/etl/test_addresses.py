"""Addresses: which a reader can open, and which lead to one page."""

import csv
from pathlib import Path

import pytest

from etl.publish import check
from register.addresses import is_public, page
from register.problems import BadRegister
from tests.conftest import REAL_REGISTER, Register


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
        "https://example.org/%D0%BC%20x?x=1&y=a+b;z='q'#part-2",
        "https://example.org?id=7",
        "http://[2606:4700::1111]/x",
        "HTTPS://EXAMPLE.ORG/",
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
        "http://192.0.2.7/x",
        "http://[2001:db8:::1]/",
        "http://[example.org]/",
        "http://x.y/>)![i](http://127.0.0.1:8539/url.png)[z](<http://q",
        *(f"https://example.org/a{sign}b" for sign in "`^{}|[]\t\n\r\0\x7f\u200b\u202e"),
        "https://exam\tple.org/",
        " https://example.org/",
        "https://example.org/100%",
        "https://example.org/%zz",
        "https://example.org/#a#b",
        "https:///x.org",
        "https://example.org:port/",
        "",
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


@pytest.mark.parametrize(
    ("url", "other"),
    [
        (
            "https://ru.example.org/wiki/Баку?a=ж",
            "https://ru.example.org/wiki/%d0%91%D0%B0%D0%BA%D1%83?a=%D0%B6",
        ),
        ("https://пример.рф/x", "https://xn--e1afmkfd.xn--p1ai/x"),
    ],
)
def test_letters_are_what_they_are_encoded_as(url: str, other: str) -> None:
    assert page(url) == page(other)


def test_other_parameters_count() -> None:
    assert page("https://example.org/?id=1&utm_source=a") == page("http://example.org?id=1")
    assert page("https://example.org/?id=1") != page("https://example.org/?id=2")


def test_every_address_of_the_register_is_one() -> None:
    with (REAL_REGISTER / "sources.csv").open(encoding="utf-8", newline="") as file:
        addresses = [row["url"] for row in csv.DictReader(file) if row["url"]]

    assert addresses
    assert [text for text in addresses if not is_public(text)] == []


def test_the_check_says_how_to_write_it(register: Register, tmp_path: Path) -> None:
    register.source("evil", url="https://example.org/a>b")
    with pytest.raises(BadRegister) as bad:
        check(register.write(tmp_path))

    (problem,) = bad.value.problems
    assert (problem.column, problem.value) == ("url", "https://example.org/a>b")
    assert "percent-encoded" in str(problem)
