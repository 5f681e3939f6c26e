"""Expectations about the register as a whole: a build that breaks one fails and says why."""

from pathlib import Path

import pytest

from etl.problems import BadRegister
from etl.publish import build, check
from tests.conftest import Register

AGREEMENTS = """
[[expectation]]
name = "agreements"
query = "SELECT agreement_id FROM agreements ORDER BY 1"
{bound}
reason = "two are known"
"""


def expecting(folder: Path, text: str) -> Path:
    (folder / "expectations.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(register: Register, tmp_path: Path) -> Path:
    register.agreement("one")
    register.agreement("two")
    return register.write(tmp_path / "register")


def test_met_expectations_let_the_register_pass(folder: Path) -> None:
    check(expecting(folder, AGREEMENTS.format(bound="at_least = 2\nat_most = 2")))


def test_too_few(folder: Path) -> None:
    with pytest.raises(BadRegister) as error:
        check(expecting(folder, AGREEMENTS.format(bound="at_least = 3")))
    [problem] = error.value.problems
    assert problem.file == "expectations.toml"
    assert (problem.column, problem.value) == ("agreements", "2")
    assert "at least 3: two are known" in problem.rule


def test_too_many_are_named(folder: Path) -> None:
    with pytest.raises(BadRegister) as error:
        check(expecting(folder, AGREEMENTS.format(bound="at_most = 1")))
    assert error.value.problems[0].value == "2 (one, two)"


def test_a_broken_expectation_keeps_the_last_database(folder: Path, tmp_path: Path) -> None:
    good = build(folder, tmp_path / "build")
    with pytest.raises(BadRegister):
        build(expecting(folder, AGREEMENTS.format(bound="at_most = 0")), tmp_path / "build")
    assert (tmp_path / "build" / "partnerships.duckdb").resolve() == good
    assert list((tmp_path / "build").glob("partnerships-*.duckdb")) == [good]


@pytest.mark.parametrize(
    "text", ["[[expectation", '[[expectation]]\nname = "x"', AGREEMENTS.format(bound="most = 1")]
)
def test_a_malformed_file_is_an_error(folder: Path, text: str) -> None:
    with pytest.raises(BadRegister) as error:
        check(expecting(folder, text))
    assert error.value.problems[0].file == "expectations.toml"


def test_a_query_that_cannot_run_is_an_error(folder: Path) -> None:
    text = '[[expectation]]\nname = "x"\nreason = "y"\nquery = "SELECT nothing FROM nowhere"'
    with pytest.raises(BadRegister) as error:
        check(expecting(folder, text))
    assert "no valid query" in error.value.problems[0].rule
