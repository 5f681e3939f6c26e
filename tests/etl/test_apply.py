"""``python -m etl apply``: record documents into the register, checked before it is written."""

import json
import os
from itertools import count
from pathlib import Path

import pytest

from etl.curating.apply import plan
from etl.curating.ledger import KEPT, note
from etl.curating.plans import Plan
from etl.curating.show import finder
from etl.curating.writing import undo, write
from etl.extract import read
from etl.frames import extract
from etl.journal import settled
from register import clock
from register.forms import read_all, to_yaml
from register.records import find_document
from register.schema import AGREEMENTS, EVENTS_TABLE, PARTNERS
from tests.conftest import REAL_REGISTER, Register
from tests.etl.curator import (
    PROGRAMME,
    TODAY,
    apply,
    changed,
    contents,
    etl,
    refused,
    rows,
    shown,
    small_register,
)
from tests.killed import is_killed


@pytest.fixture
def folder(register: Register, tmp_path: Path) -> Path:
    return small_register(register, tmp_path / "register")


# --- adding -----------------------------------------------------------------------------------


def test_a_document_becomes_a_record_with_what_its_sources_agree_on(folder: Path) -> None:
    result = apply(folder, PROGRAMME)
    assert result.exit_code == 0, result.output
    [row] = [
        row for row in rows(folder, "agreements") if row["agreement_id"].endswith("2024-programme")
    ]
    assert row["agreement_id"] == "ljubljana-2024-programme"
    assert (row["signed_on"], row["valid_from"], row["valid_to"]) == ("2024-05-01", "2024", "2026")
    assert row["follows"] == "ljubljana-2019-programme"
    assert row["signed_in"] == row["term"] == row["reported_on"] == ""
    assert [
        (row["area_id"], row["label"], row["language"])
        for row in rows(folder, "agreement_areas")
        if row["agreement_id"] == "ljubljana-2024-programme"
    ] == [("culture", "kultura", "sl"), ("culture", "umetnost", "sl")]


def test_a_source_states_what_it_says_and_whom_the_record_is_about(folder: Path) -> None:
    apply(folder, PROGRAMME)
    publishers = {row["source_id"]: row["publisher"] for row in rows(folder, "sources")}
    said = {
        (publishers[row["source_id"]], row["field"], row["value"])
        for row in rows(folder, "statements")
        if row["record_id"] == "ljubljana-2024-programme"
    }
    assert said == {
        ("Example Agency", "partner_id", "ljubljana"),
        ("Example Agency", "instrument", "programme"),
        ("Example Agency", "signed_on", "2024-05"),
        ("Example Agency", "valid_from", "2024"),
        ("Example Agency", "valid_to", "2026"),
        ("City of Ljubljana", "partner_id", "ljubljana"),
        ("City of Ljubljana", "signed_on", "2024-05-01"),
    }


def test_where_a_source_names_the_partner_only_that_one_does(folder: Path) -> None:
    apply(folder, changed(PROGRAMME, "states: {instr", "states: {partner: ljubljana, instr"))
    named = [
        row
        for row in rows(folder, "statements")
        if (row["record_id"], row["field"]) == ("ljubljana-2024-programme", "partner_id")
    ]
    assert len(named) == 1


def test_the_change_is_shown_with_the_status_on_the_day(folder: Path) -> None:
    output = apply(folder, PROGRAMME).output
    assert "agreements.csv\n  + ljubljana-2024-programme (partner_id: ljubljana; title: " in output
    assert "Status on 1 June 2024\n  ljubljana-2024-programme: (new) → Active\n" in output
    assert "Rows: 12 added, in 4 tables (ljubljana-2024-programme). Written" in output
    late = etl(
        folder,
        "apply",
        "-",
        *TODAY,
        "--as-of",
        "2027-01-01",
        "--dry-run",
        text=changed(
            shown(folder, "ljubljana-2024-programme"), "title: Programme", "title: A programme"
        ),
    )
    assert "Status on 1 January 2027\n  ljubljana-2024-programme: Expired\n" in late.output


def test_a_dry_run_shows_the_same_and_writes_nothing(folder: Path) -> None:
    before = contents(folder)
    output = apply(folder, PROGRAMME, options=(*TODAY, "--dry-run")).output
    assert contents(folder) == before
    assert "(new) → Active" in output
    assert "The register would be valid; nothing was written." in output


def test_documents_may_refer_to_one_another_in_any_order(folder: Path) -> None:
    maribor = "name: Maribor\nkind: city\ncountry: SI\nnames: {ru: Марибор}\n"
    protocol = """\
agreement: maribor-protocol
partner: maribor
title: Protocol
instrument: protocol
moscow_party: moscow_government
sources:
  - {url: "https://example.org/news/1", states: {instrument: protocol, signed_on: 2024-04}}
events:
  - kind: announced
    sources: [{source: delo, states: {date: 2024-01}}]
"""
    result = apply(folder, f"{protocol}---\n{PROGRAMME}", maribor)
    assert result.exit_code == 0, result.output
    assert {"ljubljana", "maribor"} == {row["partner_id"] for row in rows(folder, "partners")}
    assert "maribor-protocol-2024-announced" in {row["event_id"] for row in rows(folder, "events")}
    assert len([row for row in rows(folder, "sources") if row["url"].endswith("news/1")]) == 1


def test_json_holds_one_document_or_a_list(folder: Path) -> None:
    one = {"name": "Maribor", "kind": "city", "country": "SI"}
    assert apply(folder, json.dumps(one)).exit_code == 0
    two = [
        {**one, "name": "Koper"},
        {**one, "name": "Kranj", "latitude": 46.24, "longitude": 14.36},
    ]
    assert apply(folder, json.dumps(two)).exit_code == 0
    assert {"maribor", "koper", "kranj"} < {row["partner_id"] for row in rows(folder, "partners")}


def test_ids_that_are_made_do_not_clash(folder: Path) -> None:
    apply(folder, PROGRAMME)
    other = changed(PROGRAMME, "title: Programme of cooperation", "title: Programme in sport")
    assert (
        apply(folder, changed(other, "signed_on: 2024-05-01", "signed_on: 2024-05-20")).exit_code
        == 0
    )
    ids = [row["agreement_id"] for row in rows(folder, "agreements")]
    assert ids[-2:] == ["ljubljana-2024-programme", "ljubljana-2024-programme-2"]


def test_a_withdrawn_id_is_not_given_again(register: Register, tmp_path: Path) -> None:
    register.withdrawn("ljubljana-2024-programme")
    folder = register.write(tmp_path / "register")
    text = changed(PROGRAMME, "follows: ljubljana-2019-programme\n", "")
    assert apply(folder, text).exit_code == 0
    assert rows(folder, "agreements")[0]["agreement_id"] == "ljubljana-2024-programme-2"


# --- updating ---------------------------------------------------------------------------------


def test_every_record_of_the_register_shown_and_given_back_changes_nothing() -> None:
    files = read(REAL_REGISTER)
    find = finder(extract(files)[0])
    ids = [
        row[table.key[0]]
        for table in (PARTNERS, AGREEMENTS, EVENTS_TABLE)
        for row in find(table, table.fields[1].name, _All())
    ]
    documents = [document for each in ids if (document := find_document(find, each))]
    inner = [row["event_id"] for row in find(EVENTS_TABLE, "partner_id", _All())]
    own = [document for document in documents if getattr(document, "event", "") not in inner]
    alone = [document for document in documents if getattr(document, "event", "") in inner]
    assert len(own) > 400
    assert len(alone) > 70
    for some in (own, alone):
        text = "---\n".join(map(to_yaml, some))
        made = plan(files, read_all(text, "all.yaml"), clock.today())
        assert (made.problems, made.changes, made.warnings) == ((), (), ())
        assert made.files == files


class _All(set[str]):
    def __contains__(self, _: object) -> bool:
        return True


def test_what_a_document_leaves_out_goes(folder: Path) -> None:
    text = changed(shown(folder, "ljubljana-2019-programme"), "      valid_from: '2019'\n", "")
    result = apply(folder, text)
    assert result.exit_code == 0, result.output
    assert "  ~ ljubljana-2019-programme\n      valid_from: 2019 → (empty)\n" in result.output
    assert "  - ljubljana-2019-programme valid_from 2019 city-hall\n" in result.output
    assert rows(folder, "agreements")[1]["valid_from"] == ""


def test_a_source_named_by_its_id_keeps_its_description(folder: Path) -> None:
    before = rows(folder, "sources")
    text = changed(
        PROGRAMME,
        "url: https://example.org/news/2\n    publisher: City of Ljubljana\n"
        "    language: sl\n    kind: official",
        "source: delo",
    )
    assert apply(folder, text).exit_code == 0
    assert [row for row in rows(folder, "sources") if row in before] == before


def test_a_source_described_with_its_id_is_corrected_for_all(folder: Path) -> None:
    text = changed(
        shown(folder, "ljubljana-2000-protocol"), "publisher: Delo", "publisher: Delo.si"
    )
    result = apply(folder, text)
    assert result.exit_code == 0, result.output
    assert "      publisher: Delo → Delo.si\n" in result.output


def test_a_source_found_by_its_address_keeps_what_the_register_has(folder: Path) -> None:
    text = changed(
        PROGRAMME, "https://example.org/news/2", "http://www.delo.example.org/1/?utm_x=1"
    )
    text = changed(
        text, "publisher: City of Ljubljana", "published_on: 2024-05-03\n    publisher: D"
    )
    result = apply(folder, text)
    assert result.exit_code == 0, result.output
    [delo] = [row for row in rows(folder, "sources") if row["source_id"] == "delo"]
    assert (delo["publisher"], delo["kind"], delo["published_on"]) == ("Delo", "news", "2024-05-03")
    assert (
        "publisher = 'D' is not what the register has of delo, which stays (Delo)" in result.output
    )
    assert "is the page of delo under another address (https://delo.example.org/1)" in result.output


def test_a_source_that_states_nothing_any_more_is_withdrawn(folder: Path) -> None:
    text = shown(folder, "ljubljana-2000-protocol")
    without = (
        text[: text.index("  - source: delo")] + text[text.index("  - source: city") :]
        if (text.index("delo") < text.index("city-hall"))
        else text[: text.index("  - source: delo")]
    )
    assert apply(folder, without).exit_code == 0
    assert "delo" not in {row["source_id"] for row in rows(folder, "sources")}
    [gone] = rows(folder, "withdrawn")
    assert (gone["id"], gone["withdrawn_on"]) == ("delo", "2024-06-01")


def test_an_event_changes_the_status_that_is_shown(folder: Path) -> None:
    event = """\
partner: ljubljana
agreement: ljubljana-2019-programme
kind: terminated
sources: [{source: delo, states: {date: 2020-06-30, actor: partner}}]
"""
    output = apply(folder, event, options=(*TODAY, "--as-of", "2020-12-31")).output
    assert (
        "Status on 31 December 2020\n  ljubljana-2019-programme: Suspended → Terminated" in output
    )


# --- what is wrong ----------------------------------------------------------------------------


def test_disagreement_asks_for_a_choice_with_a_reason(folder: Path) -> None:
    disputed = changed(PROGRAMME, "signed_on: 2024-05-01", "signed_on: 2024-04-30")
    assert refused(folder, disputed) == [
        "1.yaml:1: choose.signed_on = '' sources disagree: 2024-05, 2024-04-30. Mend: say which "
        "and why: choose: {signed_on: 2024-05} ('' for none), and a note."
    ]
    chosen = f"choose: {{signed_on: 2024-04-30}}\n{disputed}"
    [problem] = refused(folder, chosen)
    assert problem.startswith(
        "1.yaml:1: choose.signed_on = '2024-04-30' is chosen without a reason"
    )
    assert apply(folder, f"note: As the city says\n{chosen}").exit_code == 0


def test_what_no_source_states_is_not_chosen(folder: Path) -> None:
    [problem] = refused(folder, f"note: x\nchoose: {{signed_in: Moscow}}\n{PROGRAMME}")
    assert "choose.signed_in = 'Moscow' is stated by no source here" in problem
    [problem] = refused(folder, changed(PROGRAMME, "{instrument: programme, ", "{"))
    assert problem.startswith("1.yaml:3: instrument = 'programme' is stated by no source")


def test_what_is_stated_is_chosen_unless_a_note_says_why(folder: Path) -> None:
    unchosen = f"choose: {{valid_to: ''}}\n{PROGRAMME}"
    problems = refused(folder, unchosen)
    assert any("valid_to = '' is empty, though sources state 2026" in each for each in problems)
    assert apply(folder, f"note: Stated for another text\n{unchosen}").exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "line", "said", "mend"),
    [
        (
            "partner: ljubljana",
            "partner: Любляна",
            1,
            "partner = 'Любляна' is not of the form",
            "did you mean ljubljana?",
        ),
        (
            "partner: ljubljana",
            "partner: lubljana",
            1,
            "partner = 'lubljana' is not in partners.csv",
            "did you mean ljubljana?",
        ),
        ("title: Programme of", "titel: Programme of", 1, "title = '' is missing", "give it"),
        (
            "instrument: programme\nm",
            "instrument: Programm\nm",
            3,
            "instrument = 'Programm' is not in the list",
            "did you mean programme?",
        ),
        (
            "moscow_government",
            "Moscow Government",
            4,
            "moscow_party = 'Moscow Government'",
            "did you mean moscow_government?",
        ),
        (
            "2019-programme",
            "2019-program",
            5,
            "follows = 'ljubljana-2019-program' is not in agreements.csv",
            "did you mean ljubljana-2019-programme?",
        ),
        (
            "https://example.org/news/1",
            "example.org/news/1",
            7,
            "sources.0.url = 'example.org/news/1'",
            "write the full http:// or https:// address",
        ),
        ("    publisher: Example Agency\n", "", 7, "sources.0 = '' lacks publisher", "give them"),
        (
            "2024-05-02",
            "02.05.2024",
            9,
            "sources.0.published_on = '02.05.2024' is no date",
            "write YYYY",
        ),
        (
            "language: sl",
            "language: Slovenian",
            10,
            "sources.0.language = 'Slovenian'",
            "did you mean sl?",
        ),
        (
            "kind: news_agency",
            "kind: agency",
            11,
            "sources.0.kind = 'agency'",
            "use one of official, legal_text",
        ),
        (
            "signed_on: 2024-05,",
            "signed_on: 2024-02-30,",
            12,
            "sources.0.states.signed_on = '2024-02-30' is no date",
            "write YYYY",
        ),
        (
            "signed_on: 2024-05,",
            "signed_on: 1024-05,",
            12,
            "sources.0.states.signed_on = '1024-05' is not between",
            "check the year",
        ),
        (
            "signed_on: 2024-05,",
            "signed_on: 2024-05, signd_in: M,",
            12,
            "sources.0.states.signd_in = 'M' is no field",
            "write signed_in",
        ),
        (
            "valid_to: 2026",
            "valid_to: 2016",
            12,
            "sources.0.states.valid_to = '2016' ends before it begins",
            "check both dates",
        ),
        (
            "culture:",
            "Kultur:",
            13,
            "sources.0.areas.Kultur = 'Kultur'",
            "did you mean culture (Arts and libraries)?",
        ),
        (
            "kultura,",
            "'kul  tura',",
            13,
            "sources.0.areas.culture.0 = 'kul  tura' has two spaces",
            "write one",
        ),
        (
            "on: 2024-05-02",
            "on: 2024-04-02",
            12,
            "is after the page that states it",
            "check both dates",
        ),
        (
            "states: {signed_on: 2024-05-01}",
            "states: {}",
            14,
            "sources.1 = '' states nothing",
            "or leave it out",
        ),
        ("sources:", "sources: []\nsource:", 6, "sources = ''", ""),
    ],
)
def test_an_error_is_told_with_line_field_value_and_mend(
    folder: Path, old: str, new: str, line: int, said: str, mend: str
) -> None:
    problems = refused(folder, changed(PROGRAMME, old, new))
    told = [problem for problem in problems if said in problem]
    assert told, problems
    assert told[0].startswith(f"1.yaml:{line}: ")
    assert mend in told[0].partition("Mend: ")[2]


def test_all_errors_of_all_documents_are_told_at_once(folder: Path) -> None:
    first = changed(
        changed(PROGRAMME, "instrument: programme\nm", "instrument: pact\nm"),
        "2019-prog",
        "2018-prog",
    )
    second = '{\n "name": "Maribor",\n "kind": "town",\n "country": "Slovenia"\n}'
    problems = refused(folder, first, second)
    assert [problem.partition(" =")[0] for problem in problems] == [
        "1.yaml:3: instrument",
        "1.yaml:5: follows",
        "2.json:3: kind",
        "2.json:4: country",
    ]
    assert "did you mean SI?" in problems[-1]


def test_a_file_that_cannot_be_read_is_told_with_what_is_wrong_in_the_others(folder: Path) -> None:
    (folder.parent / "latin.yaml").write_bytes("title: Čas".encode("cp1250"))
    result = etl(
        folder, "apply", *(str(folder.parent / name) for name in ("no.yaml", "latin.yaml"))
    )
    assert result.exit_code == 1
    assert (
        "no.yaml: cannot be read (no such file or directory). Mend: check the path."
        in result.stderr
    )
    assert "latin.yaml:1: is not UTF-8 (byte 0xc8). Mend: save it as UTF-8." in result.stderr


def test_a_new_source_named_by_its_address_alone_is_refused(folder: Path) -> None:
    text = changed(
        PROGRAMME, "    publisher: City of Ljubljana\n    language: sl\n    kind: official\n", ""
    )
    assert refused(folder, text) == [
        "1.yaml:14: sources.1.url = 'https://example.org/news/2' is the address of no source yet. "
        "Mend: give its publisher, language and kind too."
    ]


def test_an_event_that_is_left_out_is_not_lost(folder: Path) -> None:
    text = shown(folder, "ljubljana-2019-programme")
    [problem] = refused(folder, text[: text.index("events:")])
    assert "events = 'event-1' is an event that is left out" in problem
    assert "etl withdraw event-1" in problem


def test_the_same_document_given_again_is_told_how_to_change_it(folder: Path) -> None:
    apply(folder, PROGRAMME)
    [problem] = refused(folder, PROGRAMME)
    assert "Mend: write agreement: ljubljana-2024-programme to change that record; " in problem
    undated = "signed_on: 2024-05, valid_from: 2024, valid_to: 2026"
    bare = changed(PROGRAMME, f", {undated}", "").partition("  - url: https://example.org/news/2")[
        0
    ]
    [problem] = refused(folder, bare)
    assert "no date tells them apart. Mend: write agreement: ljubljana-2024-programme" in problem


def test_a_record_in_two_documents_and_a_source_described_in_two_ways_are_refused(
    folder: Path,
) -> None:
    named = f"agreement: ljubljana-2024-programme\n{PROGRAMME}"
    problems = refused(
        folder, named, changed(named, "publisher: Example Agency", "publisher: Agency")
    )
    assert any("is in two documents" in problem for problem in problems)
    assert any(
        "2.yaml:8: sources.0.source = 'example-org-" in each and "in two ways" in each
        for each in problems
    )


def test_what_the_register_promises_is_checked_before_anything_is_written(folder: Path) -> None:
    (folder / "expectations.toml").write_text(
        '[[expectation]]\nname = "few"\nreason = "x"\nquery = "FROM agreements"\nat_most = 2\n',
        encoding="utf-8",
    )
    [problem] = refused(folder, PROGRAMME)
    assert problem.startswith("expectations.toml: few = '3 ")


# --- likely duplicates --------------------------------------------------------------------------


def warnings(folder: Path, text: str) -> str:
    result = apply(folder, text, options=(*TODAY, "--dry-run"))
    assert result.exit_code == 0, result.output
    return "\n".join(line for line in result.output.splitlines() if line.startswith("Look at"))


def test_a_signing_near_another_of_the_partner_is_shown(folder: Path) -> None:
    apply(folder, PROGRAMME)
    memorandum = changed(
        changed(PROGRAMME, "instrument: programme", "instrument: memorandum"),
        "instrument: programme",
        "instrument: memorandum",
    )
    memorandum = changed(memorandum, "title: Programme", "title: Memorandum")
    near = changed(changed(memorandum, "signed_on: 2024-05,", ""), "2024-05-01", "2024-05-08")
    far = changed(near, "2024-05-08", "2024-05-09").replace("valid_to: 2026", "valid_to: 2027")
    assert "is signed on or near the day of ljubljana-2024-programme (Programme of" in warnings(
        folder, near
    )
    assert warnings(folder, far) == ""


def test_the_same_page_under_another_address_is_shown(folder: Path) -> None:
    for other in ("https://m.delo.example.org/1", "https://delo.example.org/1/amp?from=x"):
        text = changed(PROGRAMME, "https://example.org/news/2", other)
        assert "looks like the page of delo" in warnings(folder, text)
    assert warnings(folder, changed(PROGRAMME, "example.org/news/2", "delo.example.org/2")) == ""


# --- all or none, and back ----------------------------------------------------------------------


def test_a_kill_at_any_step_leaves_all_or_nothing_and_loses_nothing(folder: Path) -> None:
    before = contents(folder)
    made = plan(read(folder), read_all(PROGRAMME, "form"), clock.today())
    seen = []
    for step in count():
        was_killed = is_killed(step, folder.parent, _write, folder, made)
        with settled(folder):
            seen.append(contents(folder))
        if seen[-1] != before:
            undo(folder)
            assert contents(folder) == before
        if not was_killed:
            break
    assert len({str(each) for each in seen}) == 2
    assert seen[0] == before
    assert seen[-1] == before | made.contents


def _write(folder: Path, made: Plan) -> None:
    with settled(folder):
        write(folder, made, "apply")


def test_undo_takes_back_one_change_after_the_other(folder: Path) -> None:
    first = contents(folder)
    apply(folder, PROGRAMME)
    second = contents(folder)
    apply(folder, "name: Maribor\nkind: city\ncountry: SI\n")
    undone = etl(folder, "undo").output
    assert undone.startswith("Undone: apply ")
    assert contents(folder) == second
    etl(folder, "undo")
    assert contents(folder) == first
    nothing = etl(folder, "undo")
    assert nothing.exit_code == 1
    assert "no change is on record that could be undone" in nothing.stderr


def test_undo_refuses_where_a_file_changed_since(folder: Path) -> None:
    apply(folder, PROGRAMME)
    path = folder / "agreements.csv"
    path.write_bytes(path.read_bytes().replace(b"Protocol", b"A protocol"))
    by_hand = contents(folder)
    result = etl(folder, "undo")
    assert result.exit_code == 1
    assert "agreements.csv changed since: apply " in result.stderr
    assert contents(folder) == by_hand


def test_as_many_changes_as_are_kept_can_be_undone(folder: Path) -> None:
    for number in range(KEPT + 2):
        note(folder, f"change {number}", {"areas.csv": b"old"}, {"areas.csv": b"new"})
    assert len(os.listdir(folder.parent / ".register.undo")) == KEPT


def test_a_plan_writes_nothing_and_says_what_would_be(folder: Path) -> None:
    before = contents(folder)
    made: Plan = plan(read(folder), read_all(PROGRAMME, "form"), clock.today())
    assert contents(folder) == before
    assert sorted(made.contents) == [
        "agreement_areas.csv",
        "agreements.csv",
        "sources.csv",
        "statements.csv",
    ]
    assert [(each.agreement_id, each.before) for each in made.moved] == [
        ("ljubljana-2024-programme", None)
    ]
    assert not made.problems
