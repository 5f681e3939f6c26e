"""What is taken at a glance is what a close look lets in."""

import re
from unittest.mock import Mock

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.columns import EMPTY, Column
from etl.validate import forms
from etl.validate.equal import pages
from register import addresses
from register.declaration import Field, Kind
from register.text import flaws, has_word

KINDS = pytest.mark.parametrize("kind", forms.PLAIN, ids=lambda kind: kind.value)

HOSTS = st.sampled_from(
    ["example.org", "www.example.org", "WWW.example.org", "www.www.ru", "москва.рф"]
)
ENDS = st.lists(
    st.sampled_from(
        ["/", "//", "a", "?", "&", "=", "utm_x", "UTM_y=1", "%d0", "%D0", "é", "#", "."]
    ),
    max_size=6,
)
ADDRESSES = st.builds(
    lambda scheme, host, port, end: f"{scheme}://{host}{port}/{''.join(end)}".removesuffix("/"),
    st.sampled_from(["http", "https", "HTTPS", "ftp"]),
    HOSTS,
    st.sampled_from(["", ":443", ":8080", "."]),
    ENDS,
)


def column(*texts: str) -> Column:
    return Column.of(pa.array(texts, pa.string()))


def looked_at(kind: Kind, *texts: str) -> list[str]:
    return [text for _, text in column(*texts).unlike(forms.PLAIN[kind])]


@KINDS
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_plain_breaks_no_rule(kind: Kind, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(re.compile(forms.PLAIN[kind], re.ASCII), fullmatch=True))
    assert looked_at(kind, text) == []
    assert list(flaws(text)) == []
    assert has_word(text)
    assert forms.broken(Field("name", "", kind), text) is None


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (Kind.TEXT, ["Twin  towns", " Ankara", "Ankara ", "-", "Ankara\n", "Анкара", "a\tb"]),
        (Kind.SLUG, ["Ankara", "a--b", "-a", "a-", "a\n"]),
        (Kind.URL, ["example.org", "https://localhost/x", "https://10.0.0.1/", "https://a.b/x y"]),
        (Kind.EDTF, ["2024-02-30", "2024-2", "0000", "2024-13", "2024\n", "2024-02-29"]),
        (Kind.DAY, ["2024-02-30", "2024-02", "2024-02-03?"]),
    ],
    ids=lambda value: getattr(value, "value", ""),
)
def test_what_may_break_a_rule_is_looked_at(kind: Kind, texts: list[str]) -> None:
    assert looked_at(kind, *texts, "a-b" if kind is Kind.SLUG else texts[0]) == texts


@settings(max_examples=200, deadline=None)
@given(st.lists(ADDRESSES, min_size=1, max_size=8, unique=True))
def test_addresses_of_one_page_are_one(urls: list[str]) -> None:
    def page(url: str) -> str | None:
        return addresses.page(url) if addresses.is_public(url) else None

    numbers = pages(column(*urls)).tolist()
    assert [number == EMPTY for number in numbers] == [page(url) is None for url in urls]
    for one, of_one in zip(urls, numbers, strict=True):
        for other, of_other in zip(urls, numbers, strict=True):
            assert (of_one == of_other) == (page(one) == page(other))


@pytest.mark.parametrize(
    "url", ["https://www.example.org/a/?id=7&page=2", "http://example.org/", "https://a.b"]
)
def test_ordinary_addresses_are_compared_all_at_once(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = Mock(wraps=addresses.page)
    monkeypatch.setattr(addresses, "page", looked_at)
    pages(column(url, "https://example.org/%d0"))
    looked_at.assert_called_once_with("https://example.org/%d0")
