"""Expectations about the register as a whole: a build that breaks one fails and says why."""

from pathlib import Path

import pytest

from etl import expectations
from etl.publish import build, check
from register.problems import BadRegister, Problem
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


def asking(folder: Path, query: str, bound: str = "at_most = 0") -> Path:
    text = f'[[expectation]]\nname = "x"\nreason = "y"\nquery = {query!r}\n{bound}\n'
    return expecting(folder, text)


def problems_of(folder: Path) -> list[Problem]:
    with pytest.raises(BadRegister) as error:
        check(folder)
    assert {problem.file for problem in error.value.problems} == {"expectations.toml"}
    return error.value.problems


@pytest.fixture
def folder(register: Register, tmp_path: Path) -> Path:
    register.agreement("one")
    register.agreement("two")
    return register.write(tmp_path / "register")


@pytest.mark.parametrize("bound", ["at_least = 2", "at_most = 2", "at_least = 2\nat_most = 2"])
def test_met_expectations_let_the_register_pass(folder: Path, bound: str) -> None:
    check(expecting(folder, AGREEMENTS.format(bound=bound)))


def test_too_few_are_told_with_the_reason(folder: Path) -> None:
    [problem] = problems_of(expecting(folder, AGREEMENTS.format(bound="at_least = 3")))
    assert (problem.column, problem.value) == ("agreements", "2")
    assert "at least 3: two are known" in problem.rule


def test_too_many_are_named(folder: Path) -> None:
    [problem] = problems_of(expecting(folder, AGREEMENTS.format(bound="at_most = 1")))
    assert problem.value == "2 (one, two)"
    assert "at most 1: two are known" in problem.rule


def test_of_many_the_first_are_named(folder: Path) -> None:
    [problem] = problems_of(asking(folder, "SELECT range FROM range(1000) ORDER BY 1 DESC"))
    assert problem.value == "1000 (999, 998, 997, 996, 995, …)"


def test_a_broken_expectation_keeps_the_last_database(folder: Path, tmp_path: Path) -> None:
    good = build(folder, tmp_path / "build")
    with pytest.raises(BadRegister):
        build(expecting(folder, AGREEMENTS.format(bound="at_most = 0")), tmp_path / "build")
    assert (tmp_path / "build" / "partnerships.duckdb").resolve() == good
    assert list((tmp_path / "build").glob("partnerships-*.duckdb")) == [good]


# --- declarations -----------------------------------------------------------------------------


def test_a_missing_file_is_told(folder: Path) -> None:
    (folder / "expectations.toml").unlink()
    [problem] = problems_of(folder)
    assert problem.rule == "the file is missing"


@pytest.mark.parametrize(
    ("text", "rule", "mend"),
    [
        ("[[expectation]", "cannot be read", "TOML"),
        ("x = " + "[" * 5000, "cannot be read", "TOML"),
        ("", "declares no expectation", "[[expectation]]"),
        ("# nothing yet\n", "declares no expectation", "[[expectation]]"),
        ("expectation = 3\n", "declares no expectation", "[[expectation]]"),
        ("expectation = [1]\n", "is no table", "[[expectation]]"),
        ("[expectation]\nname = 'x'\n", "declares no expectation", "[[expectation]]"),
        (
            f"version = 2\n{AGREEMENTS.format(bound='at_most = 2')}",
            "is no key of an expectation",
            "expectation",
        ),
        (
            AGREEMENTS.format(bound="at_most = 2").replace("[[expectation", "[[expectations"),
            "is no key of an expectation",
            "did you mean expectation?",
        ),
        (AGREEMENTS.format(bound="at_mots = 1"), "is no key", "did you mean at_most?"),
        (AGREEMENTS.format(bound=""), "promises nothing", "at_least or at_most"),
        (AGREEMENTS.format(bound="at_most = 'x'"), "has at_most = 'x'", "whole number"),
        (AGREEMENTS.format(bound="at_most = 2.0"), "has at_most = 2.0", "whole number"),
        (AGREEMENTS.format(bound="at_most = true"), "has at_most = True", "whole number"),
        (AGREEMENTS.format(bound="at_least = -1"), "has at_least = -1", "whole number"),
        (AGREEMENTS.format(bound="at_most = [1]"), "has at_most = [1]", "whole number"),
        (
            AGREEMENTS.format(bound="at_least = 3\nat_most = 2"),
            "expects at least 3 and at most 2",
            "correct one",
        ),
        (AGREEMENTS.format(bound="at_most = 2") * 2, "is there twice", "a name of its own"),
    ],
)
def test_a_bad_declaration_is_told(folder: Path, text: str, rule: str, mend: str) -> None:
    problems = problems_of(expecting(folder, text))
    assert any(rule in problem.rule and mend in problem.mend for problem in problems)


@pytest.mark.parametrize("key", ["name", "reason", "query"])
@pytest.mark.parametrize("value", ["", '""', '" "', "3", "[]", "{}"])
def test_each_text_is_needed(folder: Path, key: str, value: str) -> None:
    texts = {"name": '"x"', "reason": '"y"', "query": '"SELECT 1"'} | {key: value}
    lines = [f"{name} = {text}" for name, text in texts.items() if text]
    [problem] = problems_of(
        expecting(folder, "\n".join(["[[expectation]]", *lines, "at_most = 1"]))
    )
    assert problem.rule == f"has no {key}"


def test_the_line_of_the_declaration_is_told(folder: Path) -> None:
    text = AGREEMENTS.format(bound="at_most = 2") + AGREEMENTS.format(bound="at_most = -2")
    assert {problem.line for problem in problems_of(expecting(folder, text))} == {8}


# --- queries ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "SELECT nothing FROM nowhere",
        "SELECT $x",
        "SELECT error('no')",
        "SELEC 1",
        ";",
        "-- nothing",
        "SELECT 1; SELECT 2",
        "INSERT INTO areas VALUES (1)",
        "DROP TABLE areas",
        "CREATE TABLE x AS SELECT 1",
        "ATTACH 'x.duckdb'",
        "INSTALL httpfs",
        "SET threads = 1",
        "EXPLAIN SELECT 1",
    ],
)
def test_what_is_no_query_that_reads_is_told(folder: Path, query: str) -> None:
    [problem] = problems_of(asking(folder, query))
    assert "is no valid query" in problem.rule or "is not one query that only reads" in problem.rule
    assert (problem.column, problem.value) == ("name", "x")


def test_a_query_writes_no_file(folder: Path, tmp_path: Path) -> None:
    written = tmp_path / "written.csv"
    [problem] = problems_of(asking(folder, f"COPY (SELECT 1) TO '{written}'"))
    assert "is not one query that only reads" in problem.rule
    assert not written.exists()


@pytest.mark.parametrize("query", ["SELECT * FROM read_csv('{}')", "SELECT * FROM '{}'"])
def test_a_query_reads_no_file(folder: Path, tmp_path: Path, query: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("word\nmellon\n", encoding="utf-8")
    [problem] = problems_of(asking(folder, query.format(secret)))
    assert "is no valid query" in problem.rule
    assert "mellon" not in str(problem)


def test_a_query_without_end_is_stopped(published: Path) -> None:
    query = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b"
    endless = expectations.Expectation("endless", "it is", query, at_most=1)
    [problem] = expectations.broken(published, [endless], seconds=0.2)
    assert problem.rule == "takes more than 0.2 seconds"


def test_a_long_answer_stays_in_the_database(folder: Path) -> None:
    [problem] = problems_of(asking(folder, "SELECT repeat('x', 1000) FROM range(50000000)"))
    assert problem.value.startswith("50000000 (" + "x" * expectations.WIDTH + ", ")
    assert len(problem.value) < 500


def test_an_answer_that_python_has_no_type_for_is_named(folder: Path) -> None:
    [problem] = problems_of(asking(folder, "SELECT DATE '20000-01-01'"))
    assert problem.value == "1 (20000-01-01)"


def test_an_answer_that_cannot_be_worked_out_is_told_though_it_is_not_too_long(
    folder: Path,
) -> None:
    query = "SELECT CAST(word AS INTEGER) FROM (VALUES ('1'), ('mellon')) AS words (word)"
    [problem] = problems_of(asking(folder, query, "at_most = 9"))
    assert "is no valid query (Conversion Error" in problem.rule
