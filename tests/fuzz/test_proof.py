"""The long tries of ``make proof`` in small, and that they notice what they look for."""

from pathlib import Path
from random import Random

import duckdb
import pytest
from streamlit.proto.Element_pb2 import Element

from benchmarks.proof import mutated
from benchmarks.proof.agreeing import is_as_told, is_whole
from benchmarks.proof.mistaken import valid
from benchmarks.proof.promise import Broken
from benchmarks.proof.side_by_side import Small, whose, write
from benchmarks.proof.text import is_page_of_text, stays_text
from etl.publish import build
from register.problems import BadRegister
from tests.etl.status_asked import as_told

SEED = 20


def test_a_hundred_registers_with_mistakes_are_refused_or_published_right() -> None:
    found = mutated.batch(mutated.Batch(0, SEED, 100))

    assert found["refused"] + found["published"] == 100
    assert found["published"] > 10
    assert found["statuses held against the rules"] > 200


def test_a_problem_is_laid_to_the_register_whose_line_it_is(tmp_path: Path) -> None:
    one, other = (Small(number, valid(number), "") for number in (1, 2))
    one.tables["agreements"][0][2] = "A title\r"
    one.tables["agreements"][-1][3] = "nothing"
    with pytest.raises(BadRegister) as refused:
        build(write([one, other], tmp_path / "register"), tmp_path / "build", today=mutated.TODAY)

    laid = {
        (small.number, each.value) for small, each in whose(refused.value.problems, [one, other])
    }
    assert (1, "nothing") in laid
    assert {number for number, _ in laid} == {1}


@pytest.fixture
def small() -> Small:
    return Small(1, valid(1), "none")


@pytest.fixture
def published(small: Small, tmp_path: Path) -> Path:
    folder = write([small], tmp_path / "register")
    return build(folder, tmp_path / "build", today=mutated.TODAY)


def test_a_row_that_is_lost_is_noticed(published: Path, tmp_path: Path) -> None:
    with duckdb.connect(published) as connection:
        assert is_whole(connection, tmp_path / "register") > 20
        connection.execute("DELETE FROM list_mentions")
        with pytest.raises(Broken, match="list_mentions: 1 rows written"):
            is_whole(connection, tmp_path / "register")


def test_a_status_that_is_wrong_is_noticed(small: Small, published: Path) -> None:
    told = as_told(small.dictionaries("agreements"), small.dictionaries("events"))
    other = as_told(small.dictionaries("agreements"), [])
    with duckdb.connect(published, read_only=True) as connection:
        assert is_as_told(connection, [told], Random(1)) > 10
        days = (is_as_told(connection, [other], Random(seed)) for seed in range(20))
        with pytest.raises(Broken, match="not Found"):
            sum(days)


def test_a_text_that_is_read_as_more_is_noticed() -> None:
    escaped, raw, code = Element(), Element(), Element()
    escaped.markdown.body = "\\<img src=http\\://127.0.0.1/x\\>"
    raw.markdown.body = "A <img src=http://127.0.0.1/x>"
    code.code.code_text = "<img src=http://127.0.0.1/x>"

    assert stays_text([escaped, code], "here") == 1
    with pytest.raises(Broken, match="here"):
        stays_text([raw], "here")


@pytest.mark.parametrize(
    "content",
    ["<img src=x>", "<p onclick='x'>a</p>", "<a href='javascript:x'>a</a>", "<a href='http://c/'>"],
)
def test_a_page_on_which_a_text_is_more_is_noticed(content: str) -> None:
    page = "<!doctype html><title>x</title><p><a href='/r/a'>a</a> &lt;img src=x&gt; {}</p>"
    is_page_of_text(page.format(""), "http://c/", "here")
    with pytest.raises(Broken, match="here"):
        is_page_of_text(page.format(content), "http://c/", "here")
