"""``python -m etl draft``: from a file to a document, with what each value was read from."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from etl.__main__ import main
from register import forms
from register.document import Agreement
from tests.conftest import Register

TEXT = (
    "Župan Ljubljane je včeraj v Moskvi podpisal Program sodelovanja z Moskvo "
    "za obdobje 2025-2027.\n"
)

PAGE = """<!doctype html>
<html lang="sl-SI"><head>
<title>Novice</title>
<meta property="og:site_name" content="Mestne novice">
<meta property="article:published_time" content="2025-09-11T08:00:00+02:00">
<link rel="canonical" href="https://example.org/novice/1">
<script>var partner = "Riga 2020-2022";</script></head>
<body><nav>Riga, Minsk, 2010-2012</nav>
<p>Župan Ljubljane je včeraj v&nbsp;Moskvi podpisal <b>Program sodelovanja</b> z Moskvo.</p>
<p>Velja za obdobje 2025&ndash;2027 &amp; naprej.
<footer>Moskva 1999-2001</footer></body></html>
"""


@pytest.fixture
def folder(register: Register, tmp_path: Path) -> Path:
    return register.write(tmp_path / "register")


def drafted(folder: Path, content: bytes, *options: str) -> Result:
    return CliRunner().invoke(main, ["draft", "--register", str(folder), *options], input=content)


def test_a_text_becomes_a_document_that_can_be_read_once_it_is_complete(folder: Path) -> None:
    result = drafted(
        folder,
        TEXT.encode(),
        *("--url=https://example.org/1", "--publisher=City", "--published-on=2025-09-11"),
    )

    assert result.exit_code == 0, result.output
    document = forms.read(result.output, "draft")
    assert isinstance(document, Agreement)
    assert document.partner == "ljubljana"
    assert document.sources[0].states.signed_on == ["2025-09-10"]
    assert "# signed_on: 2025-09-10 <- 'včeraj' (19-25)" in result.output
    assert "# moscow_party: moscow_government ?? assumed: no other is named" in result.output
    assert "# Not found said: term, moscow_signatory, partner_signatory, areas." in result.output


def test_a_draft_can_be_applied_as_it_is(folder: Path, tmp_path: Path) -> None:
    result = drafted(
        folder,
        TEXT.encode(),
        *("--url=https://example.org/1", "--publisher=City", "--published-on=2025-09-11"),
    )
    (tmp_path / "draft.yaml").write_text(result.output, encoding="utf-8")

    applied = CliRunner().invoke(
        main,
        ["apply", "--dry-run", "--register", str(folder), str(tmp_path / "draft.yaml")],
    )

    assert applied.exit_code == 0, applied.output
    assert "signed_on 2025-09-10" in applied.output


def test_nothing_is_written(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    drafted(folder, TEXT.encode())

    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_page_says_its_own_date_address_publisher_and_language(folder: Path) -> None:
    result = drafted(folder, PAGE.encode(), "--json")

    told = json.loads(result.output)
    source = told["document"]["sources"][0]
    assert source["url"] == "https://example.org/novice/1"
    assert source["publisher"] == "Mestne novice"
    assert source["published_on"] == "2025-09-11"
    assert source["language"] == "sl"
    assert source["states"]["signed_on"] == "2025-09-10"
    assert (source["states"]["valid_from"], source["states"]["valid_to"]) == ("2025", "2027")
    assert "2010" not in told["text"]
    assert "var partner" not in told["text"]
    for value in told["values"]:
        if span := value["span"]:
            assert told["text"][span["start"] : span["end"]] == span["words"]


def test_what_is_given_counts_more_than_what_the_page_says(folder: Path) -> None:
    result = drafted(folder, PAGE.encode(), "--json", "--published-on=2025-10-02")

    source = json.loads(result.output)["document"]["sources"][0]
    assert source["states"]["signed_on"] == "2025-10-01"
    assert source["publisher"] == "Mestne novice"


def test_the_text_is_shown_with_its_words_marked(folder: Path) -> None:
    result = drafted(folder, TEXT.encode(), "--marked", "--published-on=2025-09-11")

    assert "Župan ⟦Ljubljane⟧{partner} je ⟦včeraj⟧{signed_on}" in result.output
    assert "⟦2025-2027⟧{valid_from, valid_to}" in result.output


@pytest.mark.parametrize(
    ("content", "options", "said"),
    [
        (b"", (), "There is no text to read."),
        (b"  \n", (), "There is no text to read."),
        (b"<html><script>x</script></html>", (), "There is no text to read."),
        (b"\xff\xfe\x00", (), "The file is no UTF-8."),
        (b"a" * 5_000_001, (), "more than 5,000,000 bytes"),
        (b"a", ("--published-on=yesterday",), "is no date"),
        (b"a", ("--url=ftp://example.org",), "is no address"),
        (b"a", ("--language=Turkish",), "is no ISO 639 code"),
    ],
)
def test_bad_input_is_told_in_a_line(
    folder: Path, content: bytes, options: tuple[str, ...], said: str
) -> None:
    result = drafted(folder, content, *options)

    assert result.exit_code in (1, 2)
    assert said in result.output
    assert "Traceback" not in result.output


def test_marks_in_a_text_do_not_break_the_document(folder: Path) -> None:
    text = "Ljubljana: # 'x' \x07 {a}\n--- !tag &anchor \t“Moskva” je podpisala protokol.\n"

    result = drafted(folder, text.encode(), "--language=sl", "--publisher=a: b # c")

    assert result.exit_code == 0
    body = "\n".join(line for line in result.output.splitlines() if not line.startswith("# "))
    assert "publisher: 'a: b # c'" in body
