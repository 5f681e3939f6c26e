"""What counts as an address of a source, and what the check says of anything else."""

import csv
from pathlib import Path

import pytest

from etl.addresses import is_address
from etl.problems import BadRegister
from etl.publish import check
from tests.conftest import REAL_REGISTER, Register


@pytest.mark.parametrize(
    "text",
    [
        "https://www.mos.ru/mayor/themes/2299/5822050/",
        "http://example.org",
        "https://example.org:8080/a_b-c/(d)?x=1&y=a+b;z='q'#part-2",
        "https://example.org?id=7",
        "https://example.org/%D0%BC%20x",
        "https://pik.bg/фандъкова-news114380.html",
        "https://192.0.2.7/x",
        "http://[2001:db8::1]/x",
        "HTTPS://EXAMPLE.ORG/",
    ],
)
def test_addresses_of_the_web_are_taken(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "http://x.y/>)![i](http://127.0.0.1:8539/url.png)[z](<http://q",
        *(
            f"https://example.org/a{sign}b"
            for sign in ' <>"`\\^{}|[]\t\n\r\0\x7f\u00a0\u200b\u202e'
        ),
        "https://example.org/100%",
        "https://example.org/%zz",
        "https://example.org/#a#b",
        "https://user:password@example.org/",
        "https://user@example.org/",
        "https://localhost/x",
        "https://example/x",
        "https://exa..mple.org/",
        "https://.org/",
        "https:///x.org",
        "https://example.org:port/",
        "http://[2001:db8:::1]/",
        "http://[example.org]/",
        "javascript:alert(1)//https://example.org",
        "data:text/html,x",
        "ftp://example.org/x",
        "//example.org/x",
        "example.org/x",
        "www.example.org",
        "",
    ],
)
def test_nothing_else_is(text: str) -> None:
    assert not is_address(text)


def test_every_address_of_the_register_is_one() -> None:
    with (REAL_REGISTER / "sources.csv").open(encoding="utf-8", newline="") as file:
        addresses = [row["url"] for row in csv.DictReader(file) if row["url"]]

    assert addresses
    assert [text for text in addresses if not is_address(text)] == []


def test_the_check_says_how_to_write_it(register: Register, tmp_path: Path) -> None:
    register.source("evil", url="https://example.org/a>b")
    with pytest.raises(BadRegister) as bad:
        check(register.write(tmp_path))

    (problem,) = bad.value.problems
    assert (problem.column, problem.value) == ("url", "https://example.org/a>b")
    assert "percent-encoded" in str(problem)
