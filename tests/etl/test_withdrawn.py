"""An id that readers know is there, or the register says why it is not."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from etl import commands
from etl.__main__ import main
from etl.publish import build
from register.builds import POINTER
from register.problems import BadRegister
from tests.conftest import Register
from tests.etl.breaking import PUBLISHED, check, problems_of, whole_register

RECORDS: dict[str, Callable[[Register], str]] = {
    "partners.csv: partner_id": lambda register: register.partner("gone", country_code="HR"),
    "sources.csv: source_id": lambda register: register.source("gone"),
    "agreements.csv: agreement_id": lambda register: register.agreement("gone"),
    "events.csv: event_id": lambda register: register.event("suspended", "2024", event_id="gone"),
    "withdrawn.csv: id": lambda register: register.withdrawn("gone"),
}
"""What has the id ``gone``, by the words in which it is missed."""


def publish(register: Register, folder: Path) -> Path:
    return build(register.write(folder / "before"), folder / PUBLISHED)


@pytest.mark.parametrize("cell", RECORDS)
def test_an_id_that_was_published_is_missed(cell: str, tmp_path: Path) -> None:
    before = whole_register()
    RECORDS[cell](before)
    publish(before, tmp_path)

    [problem] = problems_of(whole_register().write(tmp_path / "register"))

    assert problem == (
        f"{cell} = 'gone' was published, and is neither an id nor withdrawn now. "
        "Mend: put its row back, or withdraw it in withdrawn.csv with the reason."
    )


@pytest.mark.parametrize("cell", RECORDS)
def test_an_id_that_is_withdrawn_is_not_missed(cell: str, tmp_path: Path) -> None:
    before, now = whole_register(), whole_register()
    RECORDS[cell](before)
    now.withdrawn("gone")
    publish(before, tmp_path)

    result = check(now.write(tmp_path / "register"))

    assert (result.exit_code, result.stderr) == (0, "")


def test_what_was_withdrawn_by_mistake_can_be_put_back(tmp_path: Path) -> None:
    now = whole_register()
    publish(whole_register(), tmp_path)
    now.rows["withdrawn"].clear()
    now.partner("once-signed", country_code="HR")

    assert check(now.write(tmp_path / "register")).exit_code == 0


def test_a_build_that_loses_an_id_leaves_what_is_published(tmp_path: Path) -> None:
    before = whole_register()
    before.agreement("gone")
    kept = publish(before, tmp_path)

    with pytest.raises(BadRegister, match="1 problem"):
        build(whole_register().write(tmp_path / "register"), tmp_path / PUBLISHED)

    assert (tmp_path / PUBLISHED / POINTER).resolve() == kept


def test_the_projects_own_register_is_compared_with_what_it_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = whole_register()
    before.agreement("gone")
    publish(before, tmp_path)
    own = whole_register().write(tmp_path / "register")
    monkeypatch.setattr(commands, "REGISTER", own)
    monkeypatch.setattr(commands, "BUILD", tmp_path / PUBLISHED)

    def exit_code(folder: Path) -> int:
        return CliRunner().invoke(main, ["check", "--register", str(folder)]).exit_code

    assert exit_code(own) == 1
    assert exit_code(whole_register().write(tmp_path / "another")) == 0


def test_ids_of_a_database_of_the_time_before_there_was_the_table_are_missed(
    tmp_path: Path,
) -> None:
    before = whole_register()
    before.agreement("gone")
    with duckdb.connect(publish(before, tmp_path)) as older:
        older.execute("DROP TABLE withdrawn")

    [problem] = problems_of(whole_register().write(tmp_path / "register"))

    assert problem.startswith("agreements.csv: agreement_id = 'gone' was published")


def test_what_is_published_but_cannot_be_read_is_said_and_replaced(tmp_path: Path) -> None:
    out = tmp_path / PUBLISHED
    out.mkdir()
    (out / POINTER).write_bytes(b"no database" * 100)
    folder = whole_register().write(tmp_path / "register")

    said: list[str] = []
    database = build(folder, out, tell=said.append)

    assert (out / POINTER).resolve() == database
    assert len(said) == 1
    assert "cannot be read, so no id is compared with it" in said[0]


def test_a_register_without_the_file_is_one_without_withdrawn_ids(tmp_path: Path) -> None:
    register = whole_register()
    register.rows["withdrawn"].clear()
    with_header = build(register.write(tmp_path / "one"), tmp_path / "first")
    (register.write(tmp_path / "other") / "withdrawn.csv").unlink()

    without = build(tmp_path / "other", tmp_path / "second")

    assert versions(without) == versions(with_header)


def versions(database: Path) -> list[tuple[str]]:
    with duckdb.connect(database, read_only=True) as connection:
        return connection.execute("SELECT version FROM register").fetchall()


# --- rows of withdrawn ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"reason": ""}, "reason = '' is empty but required"),
        ({"withdrawn_on": ""}, "withdrawn_on = '' is empty but required"),
        ({"withdrawn_on": "2024"}, "withdrawn_on = '2024' is no day of the calendar"),
        ({"withdrawn_on": "2024-05-01?"}, "withdrawn_on = '2024-05-01?' is no day of the"),
        ({"withdrawn_on": "2023-02-29"}, "withdrawn_on = '2023-02-29' is no day of the"),
        ({"withdrawn_on": "1024-05-01"}, "withdrawn_on = '1024-05-01' is not between 1900"),
        ({"withdrawn_on": "2026-07-01"}, "withdrawn_on = '2026-07-01' lies after the day of the"),
        ({"replaced_by": "city-hal"}, "replaced_by = 'city-hal' is no id of a partner"),
        ({"replaced_by": "once-signed"}, "replaced_by = 'once-signed' is withdrawn too"),
        ({"replaced_by": "culture"}, "replaced_by = 'culture' is no id of a partner"),
    ],
)
def test_a_withdrawal_says_when_why_and_what_is_there_now(
    cells: dict[str, str], said: str, tmp_path: Path
) -> None:
    register = whole_register()
    register.withdrawn("twice-signed", **cells)

    [problem] = problems_of(register.write(tmp_path / "register"))

    assert problem.startswith(f"withdrawn.csv:3: {said}")


@pytest.mark.parametrize("record_id", ["istanbul", "city-hall", "third", "event-1"])
def test_a_withdrawn_id_is_that_of_no_record(record_id: str, tmp_path: Path) -> None:
    register = whole_register()
    register.withdrawn(record_id)

    [problem] = problems_of(register.write(tmp_path / "register"))

    assert "is still the" in problem


@pytest.mark.parametrize("record_id", ["istanbul", "city-hall", "third", "event-1"])
def test_any_record_can_stand_in_the_place_of_another(record_id: str, tmp_path: Path) -> None:
    register = whole_register()
    register.withdrawn("twice-signed", replaced_by=record_id)

    assert check(register.write(tmp_path / "register")).exit_code == 0
