"""``python -m etl review``: a change of the register as a reader sees it."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from etl.__main__ import main
from tests.conftest import Register
from tests.etl.curator import PROGRAMME, TODAY, apply, etl, small_register


@pytest.fixture
def folder(register: Register, tmp_path: Path) -> Path:
    folder = small_register(register, tmp_path / "register")
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-qm", "First")):
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        subprocess.run(["git", "-C", str(tmp_path), *identity, *arguments], check=True)
    return folder


def review(folder: Path, revision: str = "HEAD") -> Result:
    return CliRunner().invoke(main, ["review", "--register", str(folder), *TODAY, revision])


def test_nothing_is_said_to_change_where_nothing_did(folder: Path) -> None:
    assert review(folder).output == "Nothing changed in the register.\n"


def test_a_record_that_came_is_told_with_dates_areas_status_and_sources(folder: Path) -> None:
    apply(folder, PROGRAMME)
    assert (
        review(folder).output
        == """\
### Added: 1

* Ljubljana: Programme of cooperation 2024-2026 (`ljubljana-2024-programme`)
  * Instrument: Programme
  * Moscow party: Moscow Government
  * Signed on: 1 May 2024
  * Valid from: 2024
  * Valid to: 2026
  * Follows: Ljubljana: Programme 2019-2021 (`ljubljana-2019-programme`)
  * Areas: Culture
  * Status: Active
  * Source: City of Ljubljana, https://example.org/news/2
  * Source: Example Agency, 2 May 2024, https://example.org/news/1

"""
    )


def test_what_changed_is_told_by_field_with_the_source_and_the_status_that_moved(
    folder: Path,
) -> None:
    arguments = ("set", "ljubljana-2019-programme", "valid_to=2026", "--source", "delo")
    etl(folder, *arguments, "--choose", "valid_to=2026", "--note", "As Delo says.", *TODAY)
    etl(folder, "set", "ljubljana", "--also", "it=Lubiana", *TODAY)
    output = review(folder).output
    assert "* Ljubljana (`ljubljana`)\n  * Names added: Lubiana\n" in output
    assert "  * Valid to: 2021 → 2026\n  * Note: nothing → As Delo says.\n" in output
    assert "  * Source: Delo, https://delo.example.org/1\n" in output
    assert "### Status moved (on 1 June 2024): 1\n" in output
    assert "  * Expired → Suspended\n" in output


def test_what_a_source_says_anew_and_no_longer_is_told(folder: Path) -> None:
    etl(
        folder,
        "set",
        "ljubljana-2000-protocol",
        "signed_on=",
        "signed_in=Moscow",
        "--source",
        "delo",
        *TODAY,
    )
    output = review(folder).output
    assert "  * Source, now for signed in: Delo, https://delo.example.org/1\n" in output
    assert "  * No longer cited for signed on: Delo, https://delo.example.org/1\n" in output


def test_what_was_withdrawn_is_told_with_the_reason(folder: Path) -> None:
    etl(folder, "withdraw", "delo", "--reason", "A hoax", *TODAY)
    output = review(folder).output
    assert "### Withdrawn: 1\n\n* Delo (`delo`)\n  * A hoax\n" in output
    assert "  * No longer a source: Delo, https://delo.example.org/1\n" in output


def test_what_is_no_revision_is_told(folder: Path, tmp_path: Path) -> None:
    result = review(folder, "nowhere")
    assert result.exit_code == 1
    assert "nowhere is no revision that Git knows here" in result.stderr
