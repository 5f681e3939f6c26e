"""``set``, ``edit``, ``rename``, ``withdraw``, ``find``: what a curator does to a record."""

import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from etl.__main__ import main
from tests.conftest import Register
from tests.etl.curator import TODAY, contents, etl, rows, shown, small_register


@pytest.fixture
def folder(register: Register, tmp_path: Path) -> Path:
    return small_register(register, tmp_path / "register")


def done(folder: Path, *arguments: str) -> str:
    result = etl(folder, *arguments, *TODAY)
    assert result.exit_code == 0, result.output
    return result.output


def refused(folder: Path, *arguments: str) -> str:
    before = contents(folder)
    result = etl(folder, *arguments, *TODAY)
    assert result.exit_code != 0
    assert contents(folder) == before
    return result.output


def agreement(folder: Path, agreement_id: str) -> dict[str, str]:
    [row] = [row for row in rows(folder, "agreements") if row["agreement_id"] == agreement_id]
    return row


def said(folder: Path, record_id: str) -> set[tuple[str, str, str]]:
    return {
        (row["source_id"], row["field"], row["value"])
        for row in rows(folder, "statements")
        if row["record_id"] == record_id
    }


PROGRAMME = "ljubljana-2019-programme"
PROTOCOL = "ljubljana-2000-protocol"


# --- set --------------------------------------------------------------------------------------


def test_what_a_source_states_takes_the_place_of_what_it_stated(folder: Path) -> None:
    output = done(folder, "set", PROGRAMME, "signed_on=11 Sept 2019", "--source", "city-hall")
    assert "signed_on: '11 Sept 2019' is read as 2019-09-11 (11 September 2019)" in output
    assert agreement(folder, PROGRAMME)["signed_on"] == "2019-09-11"
    assert {
        (source, value) for source, field, value in said(folder, PROGRAMME) if field == "signed_on"
    } == {("city-hall", "2019-09-11")}


def test_a_source_is_named_by_its_address_too_and_a_new_one_is_described(folder: Path) -> None:
    done(folder, "set", PROGRAMME, "signed_in=Moscow", "--source", "http://delo.example.org/1/")
    assert ("delo", "signed_in", "Moscow") in said(folder, PROGRAMME)
    new = ("--source", "https://example.org/9", "--publisher", "X", "--source-language", "sl")
    assert "lacks kind" in refused(folder, "set", PROGRAMME, "signed_in=Moscow", *new)
    done(folder, "set", PROGRAMME, "signed_in=Moscow", *new, "--source-kind", "news")
    assert len([each for each in said(folder, PROGRAMME) if each[1] == "signed_in"]) == 2


def test_an_empty_value_takes_a_statement_back(folder: Path) -> None:
    done(folder, "set", PROGRAMME, "valid_from=", "--source", "city-hall")
    assert agreement(folder, PROGRAMME)["valid_from"] == ""
    assert "valid_from" not in {field for _, field, _ in said(folder, PROGRAMME)}


def test_what_is_stated_needs_its_source(folder: Path) -> None:
    assert "signed_on is what sources state: give --source" in refused(
        folder, "set", PROGRAMME, "signed_on=2019"
    )


def test_a_disagreement_is_chosen_with_a_reason(folder: Path) -> None:
    other = ("set", PROGRAMME, "signed_on=2019-09-12", "--source", "delo")
    output = refused(folder, *other)
    assert "sources disagree: 2019-09-10, 2019-09-12" in output
    assert "On the command line: --choose FIELD=VALUE" in output
    done(folder, *other, "--choose", "signed_on=2019-09-10", "--note", "The city has the day.")
    row = agreement(folder, PROGRAMME)
    assert (row["signed_on"], row["note"]) == ("2019-09-10", "The city has the day.")


def test_what_no_source_states_is_set_without_one(folder: Path) -> None:
    done(folder, "set", PROGRAMME, "title=Programme", f"follows={PROTOCOL}", "note=By series.")
    row = agreement(folder, PROGRAMME)
    assert (row["title"], row["follows"], row["note"]) == ("Programme", PROTOCOL, "By series.")
    assert "write title if that is meant" in refused(folder, "set", PROGRAMME, "titel=X")


def test_areas_and_names_are_added(folder: Path) -> None:
    done(folder, "set", PROGRAMME, "--area", "culture=umetnost", "--source", "delo")
    assert {row["label"] for row in rows(folder, "agreement_areas")} == {"culture", "umetnost"}
    done(folder, "set", "ljubljana", "--also", "it=Lubiana", "name_native=Ljubljana")
    assert {row["name"] for row in rows(folder, "partner_names")} == {"Любляна", "Lubiana"}


def test_a_source_is_corrected_by_its_id(folder: Path) -> None:
    done(folder, "set", "delo", "published_on=11.09.2019", "origin=STA")
    [delo] = [row for row in rows(folder, "sources") if row["source_id"] == "delo"]
    assert (delo["published_on"], delo["origin"], delo["kind"]) == ("2019-09-11", "STA", "news")
    assert "did you mean publisher?" in refused(folder, "set", "delo", "publishr=X")


# --- edit -------------------------------------------------------------------------------------


def edit(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str, answers: str = "") -> Result:
    """Run the command with an editor that is a shell script; ``$1`` is the file."""
    editor = folder.parent / "editor"
    editor.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    editor.chmod(editor.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.setenv("TMPDIR", str(folder.parent))
    monkeypatch.setattr("tempfile.tempdir", str(folder.parent))
    return CliRunner().invoke(
        main, ["edit", "--register", str(folder), PROGRAMME, *TODAY], input=answers
    )


def test_what_is_saved_in_the_editor_is_applied(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = edit(folder, monkeypatch, "sed -i 's/Programme 2019-2021/Programme of sport/' $1")
    assert result.exit_code == 0, result.output
    assert agreement(folder, PROGRAMME)["title"] == "Programme of sport"
    assert "Nothing was changed." in edit(folder, monkeypatch, ":").output


def test_a_text_with_errors_is_offered_again_with_the_problems_on_top(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"""\
cp $1 {folder.parent}/seen-$(ls {folder.parent}/seen-* 2>/dev/null | wc -l)
grep -q '^#!' $1 && sed -i 's/instrument: programm$/instrument: programme/' $1
grep -q '^#!' $1 || sed -i 's/instrument: programme$/instrument: programm/; s/me 2019/m 2019/' $1"""
    result = edit(folder, monkeypatch, script, "y\n")
    assert result.exit_code == 0, result.output
    assert agreement(folder, PROGRAMME)["title"] == "Programm 2019-2021"
    again = (folder.parent / "seen-1").read_text(encoding="utf-8")
    first, *lines = again.splitlines()
    number = int(first.partition(".yaml:")[2].partition(":")[0])
    assert "instrument = 'programm' is not in the list" in first
    assert lines[number - 2] == "instrument: programm"


def test_a_text_that_is_given_up_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(folder)
    result = edit(folder, monkeypatch, "sed -i 's/kind: suspended/kind: stopped/' $1", "n\n")
    assert result.exit_code == 1
    assert contents(folder) == before
    kept = result.output.partition("Your text is kept in ")[2].partition(":")[0]
    assert "kind: stopped" in Path(kept).read_text(encoding="utf-8")
    os.unlink(kept)


# --- ids --------------------------------------------------------------------------------------


def test_a_renamed_record_takes_all_along_and_its_old_id_leads_to_it(folder: Path) -> None:
    output = done(folder, "rename", PROGRAMME, "ljubljana-programme")
    assert "Status on 1 June 2024" in output
    [row] = rows(folder, "withdrawn")
    assert (row["id"], row["replaced_by"]) == (PROGRAMME, "ljubljana-programme")
    assert said(folder, PROGRAMME) == set()
    assert ("city-hall", "signed_on", "2019-09-10") in said(folder, "ljubljana-programme")
    assert rows(folder, "events")[0]["agreement_id"] == "ljubljana-programme"
    assert rows(folder, "agreement_areas")[0]["agreement_id"] == "ljubljana-programme"
    assert "Did you mean ljubljana-programme?" in refused(folder, "set", PROGRAMME, "title=X")
    done(folder, "rename", "ljubljana-programme", PROGRAMME)
    assert [row["id"] for row in rows(folder, "withdrawn")] == ["ljubljana-programme"]


def test_a_partner_is_renamed_in_statements_too(folder: Path) -> None:
    done(folder, "rename", "ljubljana", "laibach")
    assert {row["partner_id"] for row in rows(folder, "agreements")} == {"laibach"}
    assert {value for _, field, value in said(folder, PROGRAMME) if field == "partner_id"} == {
        "laibach"
    }


@pytest.mark.parametrize("new", [PROTOCOL, "delo", "Not A Slug"])
def test_an_id_that_is_taken_or_none_is_refused(folder: Path, new: str) -> None:
    refused(folder, "rename", PROGRAMME, new)


def test_a_withdrawn_agreement_takes_its_events_along_and_says_why(folder: Path) -> None:
    output = done(folder, "withdraw", PROGRAMME, "--reason", "It was never signed")
    assert f"{PROGRAMME}: Expired → (gone)" in output
    assert rows(folder, "events") == []
    assert {(row["id"], row["reason"]) for row in rows(folder, "withdrawn")} == {
        (PROGRAMME, "It was never signed"),
        ("event-1", "It was never signed"),
    }


def test_what_others_rest_on_is_not_withdrawn(folder: Path) -> None:
    assert f"{PROTOCOL}, {PROGRAMME}" in refused(folder, "withdraw", "ljubljana", "--reason", "x")
    done(folder, "set", PROGRAMME, f"follows={PROTOCOL}", "note=By series.")
    assert "rest on it" in refused(folder, "withdraw", PROTOCOL, "--reason", "x")


def test_a_source_is_withdrawn_with_what_it_states(folder: Path) -> None:
    done(folder, "withdraw", "delo", "--reason", "It is a hoax")
    assert {source for source, _, _ in said(folder, PROTOCOL)} == {"city-hall"}
    alone = refused(folder, "withdraw", "city-hall", "--reason", "x")
    assert f"{PROGRAMME} rest on it" in alone


def test_what_replaces_a_source_states_the_same(folder: Path) -> None:
    done(folder, "withdraw", "delo", "--reason", "The same page", "--replaced-by", "city-hall")
    assert ("city-hall", "signed_on", "2000-03") in said(folder, PROTOCOL)
    assert rows(folder, "withdrawn")[0]["replaced_by"] == "city-hall"


def test_an_unknown_record_is_told_with_what_is_meant(folder: Path) -> None:
    assert f"did you mean {PROTOCOL}?" in refused(
        folder, "withdraw", "ljubljana-2000-protocl", "--reason", "x"
    )


# --- find and show ----------------------------------------------------------------------------


def found(folder: Path, *words: str) -> str:
    return CliRunner().invoke(main, ["find", "--register", str(folder), *words]).output


def test_names_in_any_script_words_wordings_and_addresses_are_found(folder: Path) -> None:
    assert "  ljubljana: Ljubljana (city, SI)\n" in found(folder, "ЛЮБЛЯНА")
    assert f"  {PROTOCOL}: Protocol (programme, 2000-03-01)\n" in found(folder, "protocol")
    assert "  culture: Arts and libraries\n" in found(folder, "libraries")
    assert "  culture: Arts and libraries\n" in found(folder)
    assert "  delo: Delo\n" in found(folder, "http://www.delo.example.org/1/")
    assert "Nothing of the register is like it" in found(folder, "zzqx")


def test_an_event_left_out_by_hand_can_be_withdrawn_by_its_id(folder: Path) -> None:
    done(folder, "withdraw", "event-1", "--reason", "Misread")
    assert "events:" not in shown(folder, PROGRAMME)
