"""Citations, read by the libraries with which other programs read them."""

from datetime import date
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from register.citations import Citation, in_words, of_record, of_source, to_bibtex, to_ris
from register.frames import rows
from register.queries.source import sources
from tests import hostile
from tests.api.conftest import ON_DAY, Api

TITLE = "Istanbul: Programme of cooperation, signed May 2020"
SIGNS = {
    r"{\textbackslash}": "\\",
    r"{\textbraceleft}": "{",
    r"{\textbraceright}": "}",
    r"{\textasciitilde}": "~",
    r"{\textasciicircum}": "^",
} | {f"\\{sign}": sign for sign in "$&#_%"}


def bibtex(text: str) -> dict[str, str]:
    """The fields of the only entry."""
    library = parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    assert entry.entry_type == "online"
    fields = {field.key: str(field.value) for field in entry.fields}
    return fields | {"key": entry.key}


def ris(text: str) -> dict[str, Any]:
    """The only reference."""
    (reference,) = rispy.loads(text)
    return dict(reference)


def as_drawn(tex: str) -> str:
    """What TeX draws of a text with nothing in it but escaped signs."""
    for command, sign in SIGNS.items():
        tex = tex.replace(command, f"\0{ord(sign)}\0")
    assert not set(tex) & set("\\{}$&#_%~^")
    return "".join(
        chr(int(part)) if place % 2 else part for place, part in enumerate(tex.split("\0"))
    )


def test_a_record_in_bibtex(api: Api) -> None:
    found = bibtex(api.client.get(f"/r/istanbul-2020.bib?{ON_DAY}").text)
    assert found == {
        "key": "istanbul-2020",
        "author": "{The Moscow Partnerships Register contributors}",
        "title": f"{{{TITLE}}}",
        "organization": "{The Moscow Partnerships Register}",
        "publisher": "{The Moscow Partnerships Register}",
        "version": api.store.current().name,
        "url": "http://testserver/r/istanbul-2020",
        "urldate": "2022-03-01",
        "language": "English",
        "note": "As of 1 March 2022. CC BY 4.0",
    }


def test_a_record_in_ris(api: Api) -> None:
    answer = api.client.get(f"/r/istanbul-2020.ris?{ON_DAY}")
    assert answer.text.endswith("\r\nER  - \r\n")
    found = ris(answer.text)
    assert (found["type_of_reference"], found["id"]) == ("ELEC", "istanbul-2020")
    assert found["title"] == TITLE
    assert found["authors"] == ["The Moscow Partnerships Register contributors"]
    assert found["publisher"] == "The Moscow Partnerships Register"
    assert found["edition"] == f"Version {api.store.current().name}"
    assert found["access_date"] == "2022/03/01/"
    assert found["urls"] == ["http://testserver/r/istanbul-2020"]


def test_a_partner_is_cited_by_its_name_and_country(api: Api) -> None:
    assert bibtex(api.client.get("/r/anhui.bib").text)["title"] == "{Ānhuī, China}"


def test_a_source_is_cited_as_the_publication_that_it_is(api: Api) -> None:
    found = bibtex(api.client.get(f"/r/hurriyet.bib?{ON_DAY}").text)
    assert (found["title"], found["date"], found["language"]) == (
        "{Hürriyet}",
        "2020-05",
        "Turkish",
    )
    # Nobody wrote down when it was read, nor where it is.
    assert not {"urldate", "url", "author", "version"} & set(found)
    reference = ris(api.client.get(f"/r/hurriyet.ris?{ON_DAY}").text)
    assert (reference["year"], reference["date"]) == ("2020", "2020/05//")
    assert ris(api.client.get("/r/mos-ru.ris").text)["urls"] == ["https://mos.example/1"]


def source(**cells: str) -> Citation:
    row: dict[str, Any] = dict.fromkeys(("url", "origin", "published_on", "accessed_on"))
    row |= {"source_id": "s", "publisher": "A", "language_name": "Thai"}
    return of_source(row | cells)


def test_a_doubtful_date_is_told_in_words_alone() -> None:
    cited = source(published_on="2019?")
    assert "date" not in bibtex(to_bibtex(cited))
    assert bibtex(to_bibtex(cited))["note"].startswith("Published 2019 (uncertain). Title not on")
    assert not {"year", "date"} & set(ris(to_ris(cited)))
    assert ris(to_ris(cited))["notes"][0].startswith("Published 2019 (uncertain). ")


def test_the_parts_of_a_source_are_its_own() -> None:
    cited = source(origin="TASS", accessed_on="2026-11-20", url="https://e.example/a b{c}%20d")
    found = bibtex(to_bibtex(cited))
    assert (found["title"], found["urldate"]) == ("{A, after TASS}", "2026-11-20")
    assert found["url"] == "https://e.example/a%20b%7Bc%7D%20d"
    assert ris(to_ris(cited))["access_date"] == "2026/11/20/"
    assert in_words(cited) == "A, after TASS. https://e.example/a%20b%7Bc%7D%20d"
    # What is no address of the web leads nowhere.
    assert "url" not in bibtex(to_bibtex(source(url="javascript:alert(1)")))


@pytest.mark.parametrize("text", [*hostile.texts("http://127.0.0.1:9"), "}{", "\\{", "@a{b,", "%"])
def test_no_text_breaks_out_of_its_place(text: str) -> None:
    cited = of_record("id", text, "0123456789ab", "https://e.example/", date(2026, 11, 21))
    found = bibtex(to_bibtex(cited))
    assert found["title"][0] + found["title"][-1] == "{}"
    assert as_drawn(found["title"][1:-1]) == " ".join(text.split())
    assert found["version"] == "0123456789ab"
    reference = ris(to_ris(cited))
    assert reference["title"] == " ".join(text.split())
    assert reference["edition"] == "Version 0123456789ab"


def test_every_source_of_the_register_can_be_cited(real_api: Api) -> None:
    found = rows(real_api.store.current().ask(sources, 0, 1000))
    library = parse_string("".join(to_bibtex(of_source(row)) for row in found))
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == [row["source_id"] for row in found]
    assert len(rispy.loads("".join(to_ris(of_source(row)) for row in found))) == 660
