"""A text is looked at once, and what is wrong with it is told of every row that has it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl import plain_csv
from etl.columns import Rows
from etl.csv_file import CsvFile
from etl.publish import check
from etl.validate import cells
from register.problems import BadRegister
from register.schema import PARTNER_NAMES
from register.text import Flaw, flaws
from tests.conftest import REAL_REGISTER, Register

HEADER = b"partner_id,name,language\n"

PIECES = st.sampled_from(
    [*'ab,\n"\0é', '""', ',"', '",', '"\n', '\n"', "\r\n", "x,y,z\n", "\udc80"]
)


def read(content: bytes) -> Rows | None:
    return plain_csv.read(content, PARTNER_NAMES.columns)


def closely(monkeypatch: pytest.MonkeyPatch, content: bytes) -> tuple[Rows | None, list[str]]:
    with monkeypatch.context() as patched:
        patched.setattr(plain_csv, "read", lambda *_: None)
        file = CsvFile(PARTNER_NAMES)
        return file.read(content), [str(problem) for problem in file.problems]


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12))
def test_the_quick_way_reads_what_the_close_one_reads(pieces: list[str]) -> None:
    content = HEADER + "".join(pieces).encode("utf-8", "surrogateescape") + b"\n"
    rows = read(content)
    if rows is None:
        return
    with pytest.MonkeyPatch.context() as monkeypatch:
        other, problems = closely(monkeypatch, content)
    assert problems == []
    assert other is not None
    assert list(rows) == list(other)


@pytest.mark.parametrize(
    "lines",
    [
        'a,"b ""c"", d",en\n',
        'a,"",en\n',
        "a,,en\nb,Баку,ru\n",
    ],
)
def test_plain_files_go_the_quick_way(lines: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = HEADER + lines.encode()
    rows, (other, problems) = read(content), closely(monkeypatch, content)
    assert rows is not None
    assert other is not None
    assert (list(rows), []) == (list(other), problems)


@pytest.mark.parametrize(
    "lines",
    [
        'a,"b\nc",en\n',
        'a,b"c,en\n',
        "a,b\n",
        "a,b,en\n\nc,d,en\n",
        "a,b,en",
        "a,b,en\r\n",
        "a,\x00,en\n",
    ],
)
def test_unusual_files_are_read_closely(lines: str) -> None:
    assert read(HEADER + lines.encode()) is None


def test_every_table_of_the_real_register_goes_the_quick_way() -> None:
    content = (REAL_REGISTER / "partner_names.csv").read_bytes()
    rows = read(content)
    assert rows is not None
    assert len(rows) == content.count(b"\n") - 1


def test_a_value_is_looked_at_once_and_told_of_each_row(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[str] = []

    def looking(text: str) -> Iterator[Flaw]:
        looked_at.append(text)
        return flaws(text)

    monkeypatch.setattr(cells, "flaws", looking)
    names = ["Lublana", "Lubiana", "Laibach"]
    for name in names:
        register.partner_name(name, "xx")
    folder = register.write(tmp_path / "register")
    with pytest.raises(BadRegister) as bad:
        check(folder)
    told = [problem for problem in bad.value.problems if problem.value == "xx"]
    lines = (folder / "partner_names.csv").read_text(encoding="utf-8").splitlines()
    places = [number for number, line in enumerate(lines, 1) if line.endswith(",xx")]
    assert [problem.line for problem in told] == places
    assert len(places) == len(names)
    assert looked_at.count("xx") == 1
