"""Rows stand in the order of their keys, and each thing is there once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.validate.tables import in_order
from tests.conftest import Register
from tests.etl.breaking import change, check, problems_of, whole_register


@pytest.fixture
def register() -> Register:
    return whole_register()


# --- order ------------------------------------------------------------------------------------


def partners_in(folder: Path, *ids: str) -> list[str]:
    """The problems of a register whose partners stand in this order."""
    register = Register()
    register.rows["partners"].clear()
    for partner_id in ids:
        register.partner(partner_id, name=partner_id.title())
    register.write(folder)
    path = folder / "partners.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines.sort(key=lambda line: ids.index(line.partition(",")[0]))
    path.write_text(header + "".join(lines), encoding="utf-8")
    return [] if check(folder).exit_code == 0 else problems_of(folder)


@pytest.mark.parametrize(
    ("ids", "row", "place"),
    [
        (("b", "c", "d", "a"), "partners.csv:5: partner_id = 'a'", "before line 2 (b)"),
        (("d", "a", "b", "c"), "partners.csv:2: partner_id = 'd'", "after line 5 (c)"),
        (("a", "d", "b", "c", "e"), "partners.csv:3: partner_id = 'd'", "after line 5 (c)"),
        (("a-b", "a1", "a"), "partners.csv:4: partner_id = 'a'", "before line 2 (a-b)"),
    ],
)
def test_only_the_row_out_of_place_is_told_with_its_place(
    tmp_path: Path, ids: tuple[str, ...], row: str, place: str
) -> None:
    [problem] = partners_in(tmp_path, *ids)
    assert problem.startswith(f"{row} is out of order. Mend: move it {place};")


def test_keys_are_compared_cell_by_cell_and_by_code_point(tmp_path: Path) -> None:
    # "a-b" before "aa" as cells; as lines of the file "a," would come before "a-b,".
    assert partners_in(tmp_path, "a", "a-b", "a0", "aa", "b") == []


def test_a_shuffled_table_is_told_once(tmp_path: Path) -> None:
    ids = [f"p{number:02}" for number in range(30)]
    [problem] = partners_in(tmp_path, *reversed(ids))
    assert problem.startswith("partners.csv:2: partner_id = 'p29' is the first of 29 rows that are")
    assert "Mend: sort the rows by partner_id, by code point." in problem


def test_names_of_other_scripts_stand_by_code_point(register: Register, tmp_path: Path) -> None:
    for name in ("Zagreb", "agram", "Über"):
        register.partner_name(name, "de")
    folder = register.write(tmp_path / "names")
    text = (folder / "partner_names.csv").read_text(encoding="utf-8")
    assert text.index("Zagreb") < text.index("agram") < text.index("Über") < text.index("Любляна")
    assert check(folder).exit_code == 0


@settings(max_examples=50)
@given(st.lists(st.tuples(st.sampled_from("abcdef")), max_size=9))
def test_as_few_rows_as_possible_are_moved(keys: list[tuple[str, ...]]) -> None:
    kept = in_order(keys)
    stays = [keys[place] for place in sorted(kept)]
    assert stays == sorted(stays)
    longest = [0] * len(keys)  # Of the rows up to each, by trying all before it.
    for at, key in enumerate(keys):
        longest[at] = 1 + max((longest[i] for i in range(at) if keys[i] <= key), default=0)
    assert len(kept) == max(longest, default=0)


# --- once -------------------------------------------------------------------------------------


def second_partner(**cells: str) -> Callable[[Register], object]:
    return lambda register: register.partner(
        "laibach", **{"name": "Laibach", "country_code": "SI"} | cells
    )


@pytest.mark.parametrize(
    ("add", "problem"),
    [
        (
            second_partner(name="LJUBLJANA"),
            "name = 'Ljubljana' is the name of line 3 (laibach) too, of the same kind and place",
        ),
        (
            lambda register: register.partner_name("ЛЮБЛЯНА"),
            "name = 'Любляна' is the same name as in line 2 (ljubljana), but for case,",
        ),
        (
            lambda register: register.area("arts", name="culture"),
            "name = 'Culture' is the name of line 2 (arts) too",
        ),
        (
            lambda register: (
                register.statement("third", "signed_in", "Moscow")
                and register.statement("third", "signed_in", "MOSCOW")
            ),
            "value = 'Moscow' is stated by the same source in line 15 (third)",
        ),
    ],
)
def test_what_is_there_twice_is_told_with_the_first(
    register: Register, tmp_path: Path, add: Callable[[Register], object], problem: str
) -> None:
    add(register)
    assert any(problem in line for line in problems_of(register.write(tmp_path / "twice")))


@pytest.mark.parametrize(
    "add",
    [
        second_partner(),
        second_partner(name="Ljubljana", kind="region"),
        second_partner(name="Ljubljana", country_code="HR"),
        second_partner(name="Ljubljana", kind="district", within="ljubljana"),
        lambda register: register.partner_name("Любляна", "uk"),
        lambda register: register.agreement("third-b", signed_on="2019-09-11"),
        lambda register: register.agreement("third-b", signed_on="2019-09-10", title="Another"),
        lambda register: register.event("suspended", "2020-04", agreement_id="third"),
        lambda register: register.event("suspended", "2020-03"),
        lambda register: [register.source(f"text-{number}") for number in range(2)],
    ],
)
def test_what_differs_in_one_thing_passes(
    register: Register, tmp_path: Path, add: Callable[[Register], object]
) -> None:
    add(register)
    assert check(register.write(tmp_path / "other")).output.startswith("The register is valid")


def test_the_records_of_one_multilateral_text_have_a_partner_each(
    register: Register, tmp_path: Path
) -> None:
    change(register, "agreements", 1, multilateral_id="capitals")
    change(register, "agreements", 3, multilateral_id="capitals")
    assert check(register.write(tmp_path / "two")).exit_code == 0
    change(register, "agreements", 2, multilateral_id="capitals")
    [problem] = problems_of(register.write(tmp_path / "three"))
    assert problem.startswith(
        "agreements.csv:4: multilateral_id = 'capitals' is there for the same partner in line 3"
    )


def test_an_event_has_no_id_of_an_agreement(register: Register, tmp_path: Path) -> None:
    register.event("suspended", "2021", agreement_id="third", event_id="third")
    problems = problems_of(register.write(tmp_path / "shared"))
    assert any("event_id = 'third' is the id of an agreement" in line for line in problems)
