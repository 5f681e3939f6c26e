"""What sources state and none disputes reaches the record, or its note says why not."""

from pathlib import Path

import pytest

from etl.validate.statements import undisputed
from register.schema import AGREEMENTS
from tests.conftest import Register
from tests.etl.breaking import check, problems_of, whole_register

THIRD, TURKISH = 2, 3
"""The rows of two agreements: one with a day and an end, one with a year and a length."""


@pytest.fixture
def register() -> Register:
    register = whole_register()
    register.source("agency", publisher="Agency")
    return register


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        ("third", "signed_in", "Moscow"),
        ("third", "valid_from", "2019"),
        ("third", "moscow_signatory", "Sergei Sobyanin (Mayor of Moscow)"),
        ("third", "implements", "first"),
        ("turkish", "valid_to", "2018"),
        ("turkish", "reported_on", "2015-03-01"),
    ],
)
def test_a_stated_value_that_is_not_chosen_is_told(
    register: Register, tmp_path: Path, record: str, field: str, value: str
) -> None:
    register.statement(record, field, value)
    register.statement(record, field, value, "agency")
    line = {"third": 4, "turkish": 5}[record]
    [problem] = problems_of(register.write(tmp_path / "stated"))
    assert problem == (
        f"agreements.csv:{line}: {field} = '' is empty, though sources state {value} and none "
        f"disputes it. Mend: write {value}, or say in note why it is not chosen."
    )


def test_so_is_one_of_an_event(register: Register, tmp_path: Path) -> None:
    register.statement("event-1", "actor", "partner")
    [problem] = problems_of(register.write(tmp_path / "stated"))
    assert problem.startswith("events.csv:2: actor = '' is empty, though sources state partner")


def test_a_note_frees_its_record_and_no_other(register: Register, tmp_path: Path) -> None:
    for record in ("second", "third"):
        register.statement(record, "signed_in", "Moscow")
    register.rows["agreements"][THIRD]["note"] = "The place is that of the visit, not the signing."
    [problem] = problems_of(register.write(tmp_path / "note"))
    assert problem.startswith("agreements.csv:3: signed_in = ''")


@pytest.mark.parametrize(
    ("record", "field", "values"),
    [
        ("third", "signed_in", ["Moscow", "Ljubljana"]),
        ("third", "valid_from", ["2019", "2020"]),
        ("third", "valid_from", ["2019-01-01", "2019-01-02", "2019"]),
        ("third", "term", ["P2Y"]),
        ("third", "reported_on", ["2019-09-11"]),
    ],
)
def test_what_is_disputed_or_free_by_rule_may_stay_empty(
    register: Register, tmp_path: Path, record: str, field: str, values: list[str]
) -> None:
    for value, source in zip(values, ["city-hall", "agency", "city-hall"], strict=False):
        register.statement(record, field, value, source)
    assert check(register.write(tmp_path / "free")).output.startswith("The register is valid")


def test_of_dates_that_agree_the_most_exact_is_to_be_chosen(
    register: Register, tmp_path: Path
) -> None:
    register.statement("turkish", "signed_on", "2015-04", "agency")
    register.statement("turkish", "signed_on", "2015-04-16?", "agency")
    [problem] = problems_of(register.write(tmp_path / "exact"))
    assert problem.startswith(
        "agreements.csv:5: signed_on = '2015' is less exact than 2015-04-16?, which sources state"
    )


def test_an_exact_date_beside_a_coarse_one_stands(register: Register, tmp_path: Path) -> None:
    register.statement("third", "signed_on", "2019", "agency")
    assert check(register.write(tmp_path / "exact")).exit_code == 0


@pytest.mark.parametrize(
    ("field", "stated", "value"),
    [
        ("signed_on", [], None),
        ("signed_on", ["2019"], "2019"),
        ("signed_on", ["2019", "2019"], "2019"),
        ("signed_on", ["2019", "2019-09", "2019-09-10"], "2019-09-10"),
        ("signed_on", ["2019?", "2019"], "2019"),
        ("signed_on", ["2019-09", "2019-10"], None),
        ("signed_on", ["2019", "2019-09", "2020"], None),
        ("signed_on", ["2019", "yesterday"], None),
        ("signed_in", ["Moscow", "Moscow"], "Moscow"),
        ("signed_in", ["Moscow", "moscow"], None),
    ],
)
def test_what_sources_agree_on(field: str, stated: list[str], value: str | None) -> None:
    assert undisputed(AGREEMENTS.field(field), stated) == value


@pytest.mark.parametrize(
    ("record", "field", "value", "problem"),
    [
        ("thrid", "signed_in", "Moscow", "record_id = 'thrid' is neither"),
        ("third", "singed_in", "Moscow", "field = 'singed_in' is not a field"),
        ("third", "partner_id", "ljublana", "value = 'ljublana' is not in partners.csv"),
        ("third", "follows", "secnd", "value = 'secnd' is not in agreements.csv"),
    ],
)
def test_what_was_probably_meant_is_proposed(
    register: Register, tmp_path: Path, record: str, field: str, value: str, problem: str
) -> None:
    register.statement(record, field, value)
    proposals = {"thrid": "third", "singed_in": "signed_in", "ljublana": "ljubljana"}
    proposals |= {"secnd": "second"}
    told = [line for line in problems_of(register.write(tmp_path / "meant")) if problem in line]
    [proposal] = {proposals[word] for word in (record, field, value) if word in proposals}
    assert [f"Mend: did you mean {proposal}?" in line for line in told] == [True]
