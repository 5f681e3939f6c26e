"""Every way of spoiling a file of the register is refused, and its cause is named."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Register
from tests.etl.breaking import change, is_reported, problems_of, whole_register

Edit = Callable[[bytes], bytes]


@pytest.fixture
def register() -> Register:
    return whole_register()


@pytest.fixture
def folder(register: Register, tmp_path: Path) -> Path:
    """That register, written."""
    return register.write(tmp_path / "register")


def replaced(old: str, new: str) -> Edit:
    return lambda content: content.replace(old.encode(), new.encode(), 1)


@pytest.mark.parametrize(
    ("file", "edit", "place", "mend"),
    [
        pytest.param("events.csv", lambda _: b"", "events.csv", "header: event_id", id="empty"),
        pytest.param("events.csv", lambda _: b" \n\n", "events.csv", "header", id="blank"),
        pytest.param(
            "partners.csv",
            lambda content: content.decode().encode("iso-8859-9"),
            "partners.csv:4",
            "UTF-8",
            id="latin-5",
        ),
        pytest.param(
            "sources.csv",
            lambda content: content.replace(b"City", b"Cit\xe9"),
            "sources.csv:2",
            "UTF-8",
            id="latin-1",
        ),
        pytest.param(
            "partners.csv",
            lambda content: content.decode().encode("utf-16"),
            "partners.csv:1",
            "UTF-8",
            id="utf-16",
        ),
        pytest.param(
            "areas.csv",
            lambda content: b"\xef\xbb\xbf" + content,
            "areas.csv:1",
            "without BOM",
            id="byte-order-mark",
        ),
        pytest.param(
            "areas.csv",
            lambda content: content.replace(b"\n", b"\r\n"),
            "areas.csv:1",
            "line ends LF only",
            id="CRLF",
        ),
        pytest.param(
            "partners.csv",
            replaced("Istanbul", "Istan\rbul"),
            "partners.csv:2",
            "line ends LF only",
            id="lone CR",
        ),
        pytest.param(
            "partners.csv", replaced("Istanbul", "Istan\0bul"), "partners.csv:2", "UTF-8", id="NUL"
        ),
        pytest.param(
            "partners.csv", replaced("TR,", "TR,,"), "partners.csv:2", "commas", id="long row"
        ),
        pytest.param(
            "partners.csv", replaced("TR,", "TR"), "partners.csv:2", "commas", id="short row"
        ),
        pytest.param(
            "partners.csv",
            replaced("\nistanbul,", "\n\nistanbul,"),
            "partners.csv:2",
            "remove it",
            id="empty line",
        ),
        pytest.param(
            "partners.csv", replaced("Istanbul", '"Istanbul'), "partners.csv:2", "quotes", id='"'
        ),
        pytest.param(
            "partners.csv", replaced("Istanbul", '"Istan"bul'), "partners.csv:2", "quotes", id='""'
        ),
        pytest.param(
            "areas.csv", lambda content: content[:-1], "areas.csv:2", "line end", id="no end"
        ),
    ],
)
def test_a_broken_file_is_told_with_its_line(
    folder: Path, file: str, edit: Edit, place: str, mend: str
) -> None:
    path = folder / file
    path.write_bytes(edit(path.read_bytes()))
    assert is_reported(problems_of(folder), place, "", mend)


@pytest.mark.parametrize("table", ["areas", "partners", "agreements", "events", "statements"])
def test_a_missing_file_is_one_problem(folder: Path, table: str) -> None:
    (folder / f"{table}.csv").unlink()
    [problem] = problems_of(folder)
    assert problem.startswith(f"{table}.csv: the file is missing. Mend: restore it")


def test_a_missing_column_is_named(folder: Path) -> None:
    path = folder / "areas.csv"
    path.write_text("area_id,name,definition\nculture,Culture,Arts\n", encoding="utf-8")
    assert is_reported(problems_of(folder), "areas.csv:1", "cofog", "add it to the header")


def test_an_extra_column_is_named(folder: Path) -> None:
    path = folder / "partner_names.csv"
    path.write_text(
        "partner_id,name,language,colour\nljubljana,Любляна,ru,green\n", encoding="utf-8"
    )
    assert is_reported(problems_of(folder), "partner_names.csv:1", "colour", "remove it")


@pytest.mark.parametrize(
    ("header", "cell", "meant"),
    [
        ("partner_id,nane,language", "nane", "name"),
        ("Partner_ID,name,language", "Partner_ID", "partner_id"),
        ("partner id,name,language", "partner id", "partner_id"),
        ("partner_id, name,language", " name", "name"),
        ("partner_id,name,Language", "Language", "language"),
    ],
)
def test_a_misspelt_column_is_told_once_with_the_one_that_is_meant(
    folder: Path, header: str, cell: str, meant: str
) -> None:
    path = folder / "partner_names.csv"
    path.write_text(f"{header}\nljubljana,Любляна,ru\n", encoding="utf-8")
    [problem] = problems_of(folder)
    assert problem.startswith(f"partner_names.csv:1: {cell} = '' is no column of this table.")
    assert f"Mend: did you mean {meant}?" in problem


def test_a_column_twice_is_named(folder: Path) -> None:
    path = folder / "partner_names.csv"
    path.write_text("partner_id,name,language,name\nljubljana,A,ru,B\n", encoding="utf-8")
    assert is_reported(problems_of(folder), "partner_names.csv:1", "name", "keep one")


@pytest.mark.parametrize(
    "name", ["notes.txt", "areas.xlsx", "areas.csv~", ".~lock.areas.csv#", "old.csv", "AREADME"]
)
def test_any_other_file_is_named(folder: Path, name: str) -> None:
    (folder / name).write_text("x\n", encoding="utf-8")
    [problem] = problems_of(folder)
    assert problem.startswith(f"{name}: is no file of the register. Mend: ")
    assert "the register's files are agreement_areas.csv, " in problem
    assert "expectations.toml" in problem


def test_a_folder_in_the_register_is_named(folder: Path) -> None:
    (folder / "old").mkdir()
    assert is_reported(problems_of(folder), "old", "is no file of the register", "remove it")


@pytest.mark.parametrize(
    ("name", "meant"),
    [("partner.csv", "partners.csv"), ("Events.csv", "events.csv"), ("area.csv", "areas.csv")],
)
def test_a_misnamed_file_is_told_with_the_one_that_is_meant(
    folder: Path, name: str, meant: str
) -> None:
    (folder / meant).rename(folder / name)
    problems = problems_of(folder)
    assert is_reported(problems, name, "", f"did you mean {meant}?")
    assert is_reported(problems, meant, "the file is missing", "restore it")


# --- what a spreadsheet program makes of it ---------------------------------------------------


def lines(change: Callable[[str], str]) -> Edit:
    """The same change in each line."""
    return lambda content: "".join(
        change(line) + "\n" for line in content.decode().splitlines()
    ).encode()


@pytest.mark.parametrize(
    ("edit", "rule", "mend"),
    [
        (lines(lambda line: line.replace(",", ";")), "is separated by semicolons", "with commas"),
        (lines(lambda line: line.replace(",", "\t")), "is separated by tabs", "with commas"),
        (lines(lambda line: line.replace(",", "|")), "is separated by vertical bars", "commas"),
        (
            lines(lambda line: ";".join(f'"{cell}"' for cell in line.split(","))),
            "is separated by semicolons",
            "with commas",
        ),
        (
            lambda content: b"\xef\xbb\xbf" + content.replace(b",", b";"),
            "is separated by semicolons",
            "with commas",
        ),
        (lines(lambda line: f'"{line}"'), "each row is one quoted cell", "no quotes around whole"),
        (lambda content: content.decode().encode("utf-16"), "is UTF-16", "UTF-8"),
        (lambda content: content.decode().encode("utf-16-le"), "is UTF-16", "UTF-8"),
        (lambda content: content.decode().encode("utf-16-be"), "is UTF-16", "UTF-8"),
        (
            lambda content: content.partition(b"\n")[2],
            "is not the header",
            "begin the file with partner_id,name,name_native",
        ),
        (lambda content: b"sep=,\n" + content, "is not the header", "begin the file with"),
        (lambda content: b"\n" + content, "is not the header", "begin the file with"),
    ],
)
def test_another_form_of_table_is_named(folder: Path, edit: Edit, rule: str, mend: str) -> None:
    path = folder / "partners.csv"
    path.write_bytes(edit(path.read_bytes()))
    assert is_reported(problems_of(folder), "partners.csv:1", rule, mend)


def test_a_workbook_is_named(folder: Path) -> None:
    (folder / "partners.csv").write_bytes(b"PK\x03\x04 and so on")
    [problem] = problems_of(folder)
    assert problem.startswith("partners.csv: is a workbook or an archive. Mend: export the sheet")


def test_a_byte_order_mark_alone_is_an_empty_file(folder: Path) -> None:
    (folder / "events.csv").write_bytes(b"\xef\xbb\xbf")
    problems = problems_of(folder)
    assert is_reported(problems, "events.csv", "the file is empty", "header: event_id")
    assert is_reported(problems, "events.csv:1", "begins with a byte-order mark", "without BOM")


def test_a_quoted_row_is_named(folder: Path) -> None:
    path = folder / "areas.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + '"digital,Digital city,""Smart city, internet"",04.6"\n', "utf-8")
    [problem] = problems_of(folder)
    assert problem.startswith("areas.csv:3: the row is one quoted cell. Mend: remove the quotes")


def test_a_lone_cell_of_several_lines_is_told(folder: Path) -> None:
    path = folder / "areas.csv"
    path.write_bytes(path.read_bytes() + b'"digital\ncity"\n')
    [problem] = problems_of(folder)
    assert problem.startswith("areas.csv:3: the row has 1 cells, the header 4. Mend: check commas")


@pytest.mark.parametrize("name", ["areas.csv", "expectations.toml"])
def test_a_file_without_end_is_told(folder: Path, name: str) -> None:
    (folder / name).unlink()
    (folder / name).symlink_to("/dev/zero")
    assert any(
        problem.startswith(f"{name}: cannot be read (") and "it is no ordinary file" in problem
        for problem in problems_of(folder)
    )


def test_a_cell_beyond_all_measure_is_told(folder: Path) -> None:
    path = folder / "areas.csv"
    path.write_bytes(path.read_bytes() + b"digital,Digital city," + b"x" * 200_000 + b",04.6\n")
    [problem] = problems_of(folder)
    assert problem.startswith("areas.csv:3: is not RFC 4180 (field larger than field limit")


def test_a_header_without_end_is_told(folder: Path) -> None:
    (folder / "areas.csv").write_bytes(b"x" * 200_000 + b"\n")
    assert is_reported(problems_of(folder), "areas.csv:1", "is not the header", "begin the file")


def test_a_problem_is_one_line_that_can_be_printed(folder: Path) -> None:
    path = folder / "areas.csv"
    path.write_text(
        'area_id,name,definition,cofog,"a\nb\x1b[31m"\nculture,Culture,Arts,08.2,\n', "utf-8"
    )
    [problem] = problems_of(folder)
    assert problem.startswith(r"areas.csv:1: a\nb\x1b[31m = '' is no column of this table")


def test_a_long_value_is_cut(register: Register, tmp_path: Path) -> None:
    change(register, "partners", 0, country_code="T" * 5000)
    problems = problems_of(register.write(tmp_path / "long"))
    assert max(map(len, problems)) < 1500
    assert any(f"country_code = '{'T' * 500}…'" in problem for problem in problems)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert is_reported(problems_of(tmp_path / "nowhere"), f"{tmp_path}/nowhere", "", "path")


def test_lines_are_counted_as_an_editor_counts_them(register: Register, tmp_path: Path) -> None:
    change(register, "partners", 0, name="Istan\nbul")
    change(register, "partners", 1, country_code="XX")
    problems = problems_of(register.write(tmp_path / "newline"))
    assert is_reported(problems, "partners.csv:2", r"name = 'Istan\nbul'", "line breaks")
    assert is_reported(problems, "partners.csv:4", "country_code = 'XX'", "ISO 3166-1")
