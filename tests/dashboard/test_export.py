"""A CSV snapshot: what it holds comes back as it was, and nothing in it runs in a spreadsheet."""

import csv
import io
import re
from datetime import date

import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from register.export import csv_bytes, csv_text, file_name, formula_safe

BOM = b"\xef\xbb\xbf"
DANGEROUS = "=+-@\t\r"


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


@pytest.mark.parametrize("sign", DANGEROUS)
def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(sign: str) -> None:
    text = f'{sign}HYPERLINK("http://example.org")'

    assert rows_of(csv_bytes(pd.DataFrame({"title": [text]})))[1] == [f"'{text}"]


@pytest.mark.parametrize("sign", DANGEROUS)
def test_so_is_a_heading(sign: str) -> None:
    assert rows_of(csv_bytes(pd.DataFrame({f"{sign}1+1": ["x"]})))[0] == [f"'{sign}1+1"]


# What a spreadsheet runs, also in full width, and after spaces.
RUNS = re.compile(r"[\s]*[=+\-@\uff0b\uff0d\uff1d\uff20]")
cells_to_split = st.lists(
    st.lists(st.text(st.sampled_from("=+-@\uff1d\uff20;,\t\"' \r\na1")), min_size=2, max_size=2),
    min_size=1,
    max_size=4,
)


@given(st.text())
@example("=1+1")
@example("'=1+1")
@example("a;=1+1")
def test_a_text_gets_apostrophes_and_is_not_changed_otherwise(text: str) -> None:
    assert formula_safe(text).replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Programme;=1+1", "Programme;'=1+1"),
        ("Programme; @SUM(1)", "Programme;' @SUM(1)"),
        ('a;"=1+1"', 'a;\'"=1+1"'),
        ("a\t+1", "a\t'+1"),
        ("a\n-1", "a\n'-1"),
        ("  =1+1", "'  =1+1"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("a;", "a;'"),
        ("a; b, -5 and a=b", "a; b, -5 and a=b"),
        ("https://example.org/?a=1&b=-2", "https://example.org/?a=1&b=-2"),
    ],
)
def test_each_part_that_a_spreadsheet_could_run_is_disarmed(text: str, safe: str) -> None:
    assert formula_safe(text) == safe


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@given(cells_to_split)
@example([["Programme;=1+1", "x"]])
@example([["x;", "=1"], ["=1", "\t@a"]])
@example([['a;"', '"=1;=2"']])
def test_no_cell_runs_wherever_a_spreadsheet_splits_the_lines(
    sign: str, rows: list[list[str]]
) -> None:
    text = csv_text(pd.DataFrame(rows, columns=["=partner", "title;=1"], dtype=object))

    parts = [
        part for line in csv.reader(io.StringIO(text, newline=""), delimiter=sign) for part in line
    ]
    assert [part for part in parts if RUNS.match(part)] == []


def test_a_cell_with_a_semicolon_is_quoted_so_that_it_stays_one() -> None:
    assert csv_text(pd.DataFrame({"a": ["x;y"], "b": ["p\tq"]})) == 'a,b\r\n"x;y","p\tq"\r\n'


# NUL and lone surrogates cannot be in a register: it is UTF-8 without NUL.
cells = st.text(st.characters(codec="utf-8", exclude_characters="\0"))


@given(st.lists(st.tuples(cells, cells), min_size=1))
@example([('Programme "Moscow, Ljubljana"', "Şişli; İstanbul, Žižkov"), ("北京市", "بلدية طهران")])
@example([("line\none", "line\r\ntwo"), ("می\u200cخواهم", "Ö")])  # noqa: RUF001
def test_a_reader_of_csv_gets_back_what_was_shown(rows: list[tuple[str, str]]) -> None:
    content = csv_bytes(pd.DataFrame(rows, columns=["partner", "title"]))

    assert rows_of(content) == [
        ["partner", "title"],
        *([formula_safe(cell) for cell in row] for row in rows),
    ]


def test_excel_sees_that_it_is_utf_8() -> None:
    content = csv_bytes(pd.DataFrame({"partner": ["Łódź"]}))

    assert content.startswith(BOM)
    assert content.count(BOM) == 1


def test_lines_end_as_the_standard_says() -> None:
    content = csv_bytes(pd.DataFrame({"a": ["x", "y"]}))

    assert content == BOM + b"a\r\nx\r\ny\r\n"


def test_days_are_iso_days_and_numbers_stay_numbers() -> None:
    frame = pd.DataFrame(
        {
            "as_of": pd.to_datetime(["2026-11-21", "2026-11-21"]),
            "ends_on": pd.to_datetime(pd.Series(["2026-12-31", None])),
            "days_left": pd.array([40, None], dtype="Int64"),
            "latitude": [-33.5, 1.0],
        }
    )

    assert rows_of(csv_bytes(frame))[1:] == [
        ["2026-11-21", "2026-12-31", "40", "-33.5"],
        ["2026-11-21", "", "", "1.0"],
    ]


def test_a_missing_value_is_an_empty_cell() -> None:
    assert rows_of(csv_bytes(pd.DataFrame({"a": ["x", None], "b": [None, pd.NA]})))[1:] == [
        ["x", ""],
        ["", ""],
    ]


def test_no_rows_are_a_heading_alone() -> None:
    assert rows_of(csv_bytes(pd.DataFrame({"partner": [], "title": []}))) == [["partner", "title"]]


def test_the_frame_itself_is_left_as_it_is() -> None:
    frame = pd.DataFrame({"=a": ["=b"]})
    csv_bytes(frame)

    assert list(frame.columns) == ["=a"]
    assert list(frame["=a"]) == ["=b"]


def test_the_name_tells_day_and_version() -> None:
    name = file_name("timeline", date(2026, 1, 2), "b3ef9b43e5ac")

    assert name == "moscow-partnerships_timeline_2026-01-02_b3ef9b43e5ac.csv"
