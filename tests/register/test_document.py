"""The record document: rows, documents, YAML and JSON, and what is wrong with them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.__main__ import main
from etl.curating.show import finder
from etl.extract import read as read_files
from etl.frames import extract
from register.document import (
    Agreement,
    AgreementSource,
    AgreementStates,
    Document,
    Event,
    EventStates,
    Partner,
    json_schema,
    plain,
)
from register.forms import MAX_CHARACTERS, read, to_json, to_yaml
from register.problems import BadRegister
from register.records import agreed, column, find_document
from register.rows import NoRows, rows_of
from register.schema import (
    AGREEMENTS,
    AREAS,
    EVENTS_TABLE,
    LIST_MENTIONS,
    PARTNERS,
    SOURCES,
    TABLES,
    UNSTATEABLE,
)
from tests.conftest import REAL_REGISTER, Register
from tests.dashboard.conftest import known_register

Rows = dict[str, set[frozenset[tuple[str, str]]]]

SCHEMA = Path(__file__).resolve().parent.parent.parent / "docs" / "record.schema.json"

ANKARA = """\
agreement: ankara-2025-programme
partner: ankara
title: Programme of cooperation 2026-2029
instrument: programme
moscow_party: moscow_government
follows: ankara-2019-protocol
choose: {}
sources:
  - source: example-1
    url: https://example.org/1
    publisher: Example Agency
    published_on: 2025-09-24
    language: no
    kind: news_agency
    states: {partner: ankara, signed_on: 2025-09, valid_from: 2026, instrument: programme}
    areas: {transport: [toplu tasima], tourism: turizm}
  - source: example-2
    publisher: NO
    language: tr
    kind: news
    states: {signed_on: 2025-09-24, valid_to: 2029}
events: []
"""


def documents(register: Path) -> Iterator[Document]:
    """The documents of all agreements and partners: together they hold every row but the areas."""
    frames, problems = extract(read_files(register))
    assert not problems
    find = finder(frames)
    for table in (AGREEMENTS, PARTNERS):
        for record_id in frames[table.name][table.key[0]]:
            document = find_document(find, record_id)
            assert document is not None
            yield document


def rows_in(register: Path) -> Rows:
    frames, _ = extract(read_files(register))
    return {
        name: {
            frozenset((str(name), cell) for name, cell in row.items() if isinstance(cell, str))
            for row in frame.to_dict("records")
        }
        for name, frame in frames.items()
        if name not in (AREAS.name, LIST_MENTIONS.name)
    }


def rows_from(found: Iterator[Document]) -> Rows:
    rows: Rows = {table.name: set() for table in TABLES if table not in (AREAS, LIST_MENTIONS)}
    for document in found:
        for name, written in rows_of(document).items():
            rows[name] |= {frozenset(row.items()) for row in written}
    return rows


def problems_of(text: str) -> list[str]:
    with pytest.raises(BadRegister) as caught:
        read(text, "draft.yaml")
    return [str(problem) for problem in caught.value.problems]


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize("write", [to_yaml, to_json])
def test_every_record_of_the_register_shown_and_read_again_gives_the_same_rows(write: Any) -> None:
    shown = (read(write(document), "shown") for document in documents(REAL_REGISTER))
    assert rows_from(shown) == rows_in(REAL_REGISTER)


def test_labels_in_another_language_than_their_source_survive(tmp_path: Path) -> None:
    folder = known_register().write(tmp_path)
    shown = (read(to_yaml(document), "shown") for document in documents(folder))
    assert rows_from(shown) == rows_in(folder)


def test_every_column_has_its_place_in_a_document() -> None:
    for table, model in ((AGREEMENTS, Agreement), (EVENTS_TABLE, Event), (PARTNERS, Partner)):
        own = {column(table, name) for name in model.model_fields}
        derived = {field.name for field in table if field.name not in own}
        chosen = model.model_fields.get("choose")
        allowed = set() if chosen is None else set(chosen.annotation.__args__[0].__args__)  # type: ignore[union-attr]
        assert derived == allowed
        assert all(table.field(name).stated for name in derived)
    assert {column(SOURCES, name) for name in AgreementSource.model_fields} == {
        *SOURCES.columns,
        "states",
        "areas",
    }
    for table, states in ((AGREEMENTS, AgreementStates), (EVENTS_TABLE, EventStates)):
        stateable = {name for name in table.columns if name not in UNSTATEABLE}
        assert {column(table, name) for name in states.model_fields} == stateable


def test_the_schema_on_file_is_that_of_the_declaration() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json_schema()


def test_every_record_of_the_register_fits_the_schema_on_file() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    for document in documents(REAL_REGISTER):
        assert not list(validator.iter_errors(plain(document)))


def test_every_scalar_of_yaml_is_a_text() -> None:
    document = read(ANKARA, "draft.yaml")
    assert isinstance(document, Agreement)
    first, second = document.sources
    assert first.language == "no"
    assert second.publisher == "NO"
    assert first.published_on == "2025-09-24"
    assert first.states.valid_from == ["2026"]
    assert [label.label for label in first.areas["tourism"]] == ["turizm"]


def test_a_document_read_as_json_is_the_one_read_as_yaml() -> None:
    document = read(ANKARA, "draft.yaml")
    as_json = changed(to_json(document), '"2026"', "2026")
    assert read(as_json, "draft.json") == document


def test_what_another_reader_takes_for_a_number_or_a_date_is_quoted() -> None:
    document = read(ANKARA, "draft.yaml")
    assert yaml.safe_load(to_yaml(document)) == plain(document)


def test_the_record_has_what_its_sources_agree_on() -> None:
    (row,) = rows_of(read(ANKARA, "draft.yaml"))["agreements"]
    assert row["signed_on"] == "2025-09-24"
    assert (row["valid_from"], row["valid_to"]) == ("2026", "2029")
    assert "signed_in" not in row


@pytest.mark.parametrize(
    ("field", "values", "expected"),
    [
        ("signed_on", ["2019", "2019-09", "2019-09-10"], "2019-09-10"),
        ("signed_on", ["2019-09-10", "2019-09-11"], None),
        ("signed_on", ["2019", "2019?"], None),
        ("signed_on", [], None),
        ("signed_in", ["Moscow", "Moscow"], "Moscow"),
        ("signed_in", ["Moscow", "Ankara"], None),
    ],
)
def test_sources_agree_on_the_date_that_contradicts_none(
    field: str, values: list[str], expected: str | None
) -> None:
    assert agreed(AGREEMENTS, field, values) == expected


def test_where_sources_disagree_one_value_has_to_be_chosen() -> None:
    disputed = changed(ANKARA, "signed_on: 2025-09,", "signed_on: 2025-08,")
    with pytest.raises(NoRows) as caught:
        rows_of(read(disputed, "draft.yaml"))
    (fault,) = caught.value.faults
    assert fault.place == ("choose", "signed_on")
    assert fault.rule == "sources disagree: 2025-08, 2025-09-24"
    for choice in ("2025-08", "2025-09-24", ""):
        chosen = changed(disputed, "choose: {}", f"choose: {{signed_on: '{choice}'}}")
        (row,) = rows_of(read(chosen, "draft.yaml"))["agreements"]
        assert row.get("signed_on", "") == choice


def test_a_choice_that_no_source_states_is_refused() -> None:
    chosen = changed(ANKARA, "choose: {}", "choose: {term: P3Y, valid_to: 2030}")
    with pytest.raises(NoRows) as caught:
        rows_of(read(chosen, "draft.yaml"))
    assert [(fault.place[-1], fault.mend) for fault in caught.value.faults] == [
        ("valid_to", "choose one of 2029"),
        ("term", "add who states it"),
    ]


def test_a_source_described_in_two_ways_is_refused() -> None:
    twice = changed(ANKARA, "source: example-2", "source: example-1")
    with pytest.raises(NoRows, match="1 faults") as caught:
        rows_of(read(twice, "draft.yaml"))
    assert caught.value.faults[0].place == ("sources", 1, "source")


def test_all_errors_are_told_at_once_with_line_value_and_mend() -> None:
    bad = changed(ANKARA, "instrument: programme", "instrument: program")
    bad = changed(bad, "published_on: 2025-09-24", "published_on: 2025-02-30")
    bad = changed(bad, "follows:", "folows:")
    bad = changed(bad, "    publisher: Example Agency\n", "")
    assert problems_of(bad) == [
        "draft.yaml:4: instrument = 'program' is not in the list. Mend: use one of twinning, "
        "agreement, programme, protocol, memorandum, roadmap, joint_statement, declaration, "
        "letter_of_intent, contract, other.",
        "draft.yaml:6: folows = 'ankara-2019-protocol' is no field of this part. "
        "Mend: write follows if that is meant.",
        "draft.yaml:9: sources.0 = '' lacks publisher. Mend: give them, or only the source's id.",
        "draft.yaml:11: sources.0.published_on = '2025-02-30' is no date, or no day of the "
        "calendar. Mend: write YYYY, YYYY-MM or YYYY-MM-DD, with ? (uncertain) or ~ (approximate) "
        "at the end where needed.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title: Programme of cooperation 2026-2029\n", "", "title = '' is missing"),
        ("title: P", "title: [P]\nnote: P", "title = '' is not a text"),
        ("    publisher: NO\n", "", "lacks publisher"),
        ("title: P", "signed_on: 2025\ntitle: P", "move it into the states of the source"),
        ("title: P", "publisher: X\ntitle: P", "move it into the source that it belongs to"),
        ("choose: {}", "choose: {title: x}", "is not what sources are chosen for"),
        ("valid_to: 2029", "valid_to: {year: 2029}", "states.valid_to"),
        ("language: tr", "language: Turkish", "is not of the form"),
        ("events: []", "events: [{kind: exploded, sources: []}]", "events.0.kind = 'exploded'"),
        ("events: []", "events: &a []", "anchors and aliases are not read"),
        ("partner: ankara\n", "partner: ankara\npartner: bursa\n", "'partner' is there twice"),
        ("events: []", "? [a]\n: b", "a key is not a text"),
        ("events: []", "events: []\n---\ntitle: two", "another document"),
        ("events: []", "events: " + "[" * 5000, "levels deep"),
        ("events: []", "events: 'open", "is not YAML"),
        ("events: []", "events: \x07", "is not YAML"),
        ("title:", "-", "is not YAML"),
    ],
)
def test_a_bad_document_is_refused_with_the_reason(old: str, new: str, told: str) -> None:
    assert told in "\n".join(problems_of(changed(ANKARA, old, new)))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is no record document"),
        ("just a text", "is no record document"),
        ("- a\n- b", "is no record document"),
        ("x" * (MAX_CHARACTERS + 1), "has more than 200,000 characters"),
        ('{"title": "x",}', "is not JSON"),
        ('{"title": 1, "title": 2}', "the key 'title' is there twice"),
        ('{"title": ' + "[" * 100_000, "is too deep"),
        ('{"title": NaN, "partner": true}', "title"),
    ],
)
def test_what_is_no_document_is_refused_with_the_reason(text: str, told: str) -> None:
    assert told in "\n".join(problems_of(text))


def test_a_tag_makes_no_object() -> None:
    text = changed(ANKARA, "title: Programme", "title: !!python/object/apply:os.getcwd Programme")
    assert read(text, "draft.yaml") == read(ANKARA, "draft.yaml")


@settings(max_examples=60)
@given(st.data())
def test_whatever_is_changed_in_a_document_the_answer_is_a_document_or_problems(
    data: st.DataObject,
) -> None:
    at = data.draw(st.integers(0, len(ANKARA)))
    gone = data.draw(st.integers(0, 40))
    new = data.draw(st.text("{}[]&*!|>'\"%@`#?:-, \n\tax0é\u2028\ud7ff", max_size=12))
    try:
        document = read(ANKARA[:at] + new + ANKARA[at + gone :], "draft.yaml")
    except BadRegister:
        return
    assert read(to_yaml(document), "again.yaml") == document


# --- the command ----------------------------------------------------------------------------


def run(*arguments: str) -> Any:
    return CliRunner().invoke(main, arguments)


def test_show_prints_an_agreement_a_partner_or_an_event(tmp_path: Path) -> None:
    folder = str(known_register().write(tmp_path))
    shown = run("show", "beijing-1995", "--register", folder)
    assert shown.exit_code == 0
    assert "agreement: beijing-1995\npartner: beijing\n" in shown.output
    assert "choose:\n  signed_on: '1995-05-16'\n" in shown.output
    assert "names:\n  ru: Стамбул\n" in run("show", "istanbul", "--register", folder).output
    event = run("show", "event-2", "--register", folder, "--json").output
    assert json.loads(event)["agreement"] == "anhui-2018"
    assert json.loads(event)["kind"] == "terminated"


def test_show_tells_what_an_unknown_id_probably_means(tmp_path: Path) -> None:
    result = run("show", "istambul", "--register", str(known_register().write(tmp_path)))
    assert result.exit_code == 1
    assert "no agreement, partner or event 'istambul'. Did you mean istanbul" in result.output


def test_show_of_a_register_that_cannot_be_read_tells_why(tmp_path: Path) -> None:
    folder = Register().write(tmp_path)
    (folder / "events.csv").write_text("event_id\n")
    result = run("show", "ljubljana", "--register", str(folder))
    assert result.exit_code == 1
    assert "events.csv:1: partner_id = '' the column is missing" in result.output


def test_the_schema_is_printed_as_it_is_on_file() -> None:
    assert run("schema").output == SCHEMA.read_text(encoding="utf-8")
