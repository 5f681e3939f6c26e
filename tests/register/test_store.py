"""The store: versions that stay what they are, a cache of our own, days that are kept."""

import gc
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from shutil import copyfile
from threading import Barrier, Event
from typing import Any

import duckdb
import pandas as pd
import pytest

from etl.publish import build
from register.builds import POINTER
from register.cache import Cache
from register.database import locked, time_limit
from register.days import Cursor, Days
from register.filters import Filters
from register.queries import EXPORTS, partner, selected
from register.queries.register import version as name_of
from register.queries.versions import changes
from register.store import RegisterUnavailable, Store, Version, pointer
from tests.dashboard.conftest import DAY, known, known_register

__all__ = ["known"]


@pytest.fixture(scope="module")
def version(known: Path) -> Version:
    return Store(known).current()


def agreements(cursor: Cursor) -> int:
    return int(cursor.execute("SELECT count(*) FROM agreements").fetchall()[0][0])


def test_a_database_that_others_have_open_is_opened_again(tmp_path: Path) -> None:
    database = build(known_register().write(tmp_path / "register"), tmp_path / "build")

    with duckdb.connect(database, read_only=True):
        for _ in range(2):
            version = Store(database).current()
            assert version.ask(name_of) == version.name
            del version
            gc.collect()


def test_a_version_stays_what_it_is_when_another_is_published(tmp_path: Path) -> None:
    register = known_register()
    out = tmp_path / "build"
    first_file = build(register.write(tmp_path / "register"), out)
    store = Store(out / POINTER)
    first = store.current()
    assert store.current() is first
    register.agreement("ljubljana-2026", signed_on="2026")
    build(register.write(tmp_path / "register"), out)
    second = store.current()
    first_file.unlink()
    assert second.name != first.name
    assert first.ask(name_of) == first.name
    assert (first.answer(agreements), second.ask(agreements)) == (11, 12)


def test_a_query_that_its_name_does_not_tell_is_not_kept(version: Version) -> None:
    with pytest.raises(ValueError, match="use answer"):
        version.ask(lambda cursor: agreements(cursor))


def test_two_stores_of_one_file_share_what_is_opened(known: Path) -> None:
    one, other = Store(known).current(), Store(known).current()
    assert one.answer(agreements) == other.answer(agreements) == 11


def test_what_is_no_database_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RegisterUnavailable, match="make etl"):
        Store(tmp_path / "nothing").current()
    (tmp_path / "broken").write_bytes(b"x" * 5000)
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    for name in ("broken", "circle"):
        with pytest.raises(RegisterUnavailable, match="make etl"):
            Store(tmp_path / name).current()


def test_a_build_that_is_removed_before_it_is_opened_gives_way_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = known_register()
    file = build(register.write(tmp_path / "register"), tmp_path / "build")

    def removed_meanwhile(path: Path, *arguments: Any) -> duckdb.DuckDBPyConnection:
        monkeypatch.setattr("register.store.locked", locked)
        register.agreement("ljubljana-2026", signed_on="2026")
        build(register.write(tmp_path / "register"), tmp_path / "build")
        file.unlink()
        return locked(path, *arguments)

    monkeypatch.setattr("register.store.locked", removed_meanwhile)

    assert Store(tmp_path / "build" / POINTER).current().answer(agreements) == 12


# DuckDB opens `file:` by itself; what takes an extension (`md:`) cannot be had in a test.
@pytest.fixture(scope="module")
def at_an_address(known: Path, tmp_path_factory: pytest.TempPathFactory) -> Version:
    # DuckDB would share what is opened as a file too.
    copy = copyfile(known, tmp_path_factory.mktemp("elsewhere") / "register.duckdb")
    return Store(f"file:{copy}").current()


def test_a_database_at_an_address_answers_as_the_file_does(
    version: Version, at_an_address: Version
) -> None:
    assert (at_an_address.name, at_an_address.file) == (version.name, None)
    for query in (selected.agreements, selected.status_counts):
        expected = version.answer(query, Filters(DAY))
        pd.testing.assert_frame_equal(at_an_address.ask(query, Filters(DAY)), expected)


def test_a_database_at_an_address_can_be_had_as_a_file(
    at_an_address: Version, tmp_path: Path
) -> None:
    with ThreadPoolExecutor(2) as threads:
        files = list(threads.map(lambda _: at_an_address.content(), range(2)))
    for number, content in enumerate(files):
        (tmp_path / f"{number}.duckdb").write_bytes(content)
        copy = Store(tmp_path / f"{number}.duckdb").current()
        assert copy.name == at_an_address.name
        assert copy.answer(agreements) == 11
    assert list(EXPORTS.glob("copy*")) == []


def test_what_is_no_file_has_no_build_before_it() -> None:
    with duckdb.connect() as nowhere:
        assert changes(nowhere) is None


def test_an_address_that_leads_nowhere_is_told_without_what_is_secret_in_it(tmp_path: Path) -> None:
    for nowhere in (f"file:{tmp_path}/none?token=secret", "no_such_scheme:register?token=secret"):
        with pytest.raises(RegisterUnavailable, match="PARTNERSHIPS_DATABASE") as error:
            Store(nowhere).current()
        assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("named", "place"),
    [
        ("md:partnerships", "md:partnerships"),
        ("file:///srv/partnerships.duckdb", "file:///srv/partnerships.duckdb"),
        ("data/build/partnerships.duckdb", Path("data/build/partnerships.duckdb")),
        ("./md:partnerships", Path("md:partnerships")),
        ("C:/partnerships.duckdb", Path("C:/partnerships.duckdb")),
    ],
)
def test_the_setting_takes_a_path_or_an_address(
    named: str, place: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNERSHIPS_DATABASE", named)

    assert pointer() == place


@pytest.mark.parametrize("opened", ["version", "at_an_address"])
@pytest.mark.parametrize(
    "query",
    [
        "FROM read_csv('/etc/passwd')",
        "COPY agreements TO '/tmp/out.csv'",
        "ATTACH '/tmp/other.duckdb'",
        "DELETE FROM agreements",
    ],
)
def test_no_query_leads_out_of_the_database_or_changes_it(
    opened: str, query: str, request: pytest.FixtureRequest
) -> None:
    version: Version = request.getfixturevalue(opened)

    def ask(cursor: Cursor) -> Any:
        return cursor.execute(query).fetchall()

    with pytest.raises(RegisterUnavailable):
        version.answer(ask)


def test_a_query_that_takes_too_long_is_stopped(
    version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(cursor: Cursor) -> Any:
        return cursor.execute(
            "SELECT sum(a.range * b.range) FROM range(1000000000) a, range(1000000000) b"
        ).fetchall()

    def at_once(connection: duckdb.DuckDBPyConnection, _: float) -> Any:
        return time_limit(connection, 0.05)

    monkeypatch.setattr("register.store.time_limit", at_once)
    with pytest.raises(RegisterUnavailable, match="took longer than"):
        version.answer(endless)
    assert version.answer(agreements) == 11


def test_a_file_may_take_longer_than_an_answer(
    version: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[float] = []

    def noted(connection: duckdb.DuckDBPyConnection, seconds: float) -> Any:
        given.append(seconds)
        return time_limit(connection, seconds)

    monkeypatch.setattr("register.store.time_limit", noted)
    assert version.answer(agreements) == version.download(agreements) == 11
    assert given == [60, 600]


# --- days -----------------------------------------------------------------------------------


@pytest.fixture
def plain(known: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(known, read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("day", [DAY, date(2021, 6, 14), date(1900, 1, 1), date(2100, 12, 31)])
@pytest.mark.parametrize("horizon", [0, 180, 3660])
def test_a_day_that_is_kept_has_the_answers_of_the_macros(
    version: Version, plain: duckdb.DuckDBPyConnection, day: date, horizon: int
) -> None:
    filters = Filters(day, horizon)
    for query in (selected.agreements, selected.status_counts, selected.lapsed, selected.events):
        expected = query(plain, filters)
        for _ in range(2):
            pd.testing.assert_frame_equal(version.answer(query, filters), expected)
    everybody = ("anhui", "tehran", "istanbul", "beijing", "ljubljana")
    pd.testing.assert_frame_equal(
        _by_id(version.answer(partner.status, everybody, day, horizon)),
        _by_id(partner.status(plain, everybody, day, horizon)),
    )


def _by_id(partners: pd.DataFrame) -> pd.DataFrame:
    return partners.sort_values("partner_id", ignore_index=True)


def test_a_query_without_a_day_has_the_macros_themselves(version: Version) -> None:
    def ask(cursor: Cursor) -> Any:
        return cursor.execute("FROM agreement_status(DATE '2001-02-03')").fetchall()

    assert len(version.answer(ask)) == 11


def test_only_so_many_days_are_kept_and_those_in_use_stay(tmp_path: Path) -> None:
    opened = locked(build(known_register().write(tmp_path / "register"), tmp_path / "build"))
    days = Days(opened)
    days.kept.max_places = 3
    query = "SELECT count(*) FROM partner_status($as_of, horizon_days := $horizon)"

    def ask(cursor: Cursor, day: date) -> int:
        found = cursor.execute(query, {"as_of": day, "horizon": 180})
        return int(found.fetchall()[0][0])

    def kept() -> list[date]:
        found = opened.execute(
            "SELECT DISTINCT table_catalog || '.' || table_schema FROM information_schema.tables "
            "WHERE table_catalog LIKE 'kept%' AND table_type = 'BASE TABLE' ORDER BY ALL"
        ).fetchall()
        days_of_tables = [
            opened.execute(f"SELECT any_value(as_of) FROM {name}.partner_status").fetchall()
            for (name,) in found
        ]
        return sorted(day for ((day,),) in days_of_tables)

    one = DAY + timedelta(days=1)
    with days.cursor() as held:
        assert ask(held, DAY) == 5
        for later in range(1, 8):
            with days.cursor() as cursor:
                assert ask(cursor, DAY + timedelta(days=later)) == 5
        assert kept() == [DAY, DAY + timedelta(days=6), DAY + timedelta(days=7)]
        assert ask(held, DAY) == 5
    with days.cursor() as cursor:
        assert ask(cursor, one) == 5
    assert one in kept()
    assert len(kept()) == 3


def test_many_threads_have_the_answers_of_one(version: Version) -> None:
    questions = [Filters(DAY + timedelta(days=30 * step), 180) for step in range(12)] * 3
    alone = [version.answer(selected.status_counts, filters) for filters in questions]
    with ThreadPoolExecutor(8) as threads:
        together = threads.map(lambda asked: version.ask(selected.status_counts, asked), questions)
        for one, other in zip(alone, together, strict=True):
            pd.testing.assert_frame_equal(one, other)


# --- the cache ------------------------------------------------------------------------------


def test_one_question_at_the_same_time_is_answered_once() -> None:
    cache, begun, go_on, asked = Cache(), Barrier(5), Event(), []

    def answer() -> str:
        asked.append(1)
        go_on.wait(10)
        return "answer"

    def ask() -> Any:
        begun.wait(10)
        return cache.get("question", answer)

    with ThreadPoolExecutor(4) as threads:
        answers = [threads.submit(ask) for _ in range(4)]
        begun.wait(10)
        go_on.set()
        assert [found.result() for found in answers] == ["answer"] * 4
    assert len(asked) == 1
    assert (cache.hits, cache.misses) == (3, 1)


def test_an_error_is_told_to_all_and_not_kept() -> None:
    cache = Cache()
    with pytest.raises(ZeroDivisionError):
        cache.get("question", lambda: 1 / 0)
    assert cache.get("question", lambda: 2) == 2


def test_the_answers_not_asked_for_longest_go_first() -> None:
    cache = Cache(max_answers=2)
    for question in ("a", "b", "a", "c"):
        cache.get(question, lambda question=question: question)  # type: ignore[misc]
    assert cache.get("a", lambda: "anew") == "a"
    assert cache.get("b", lambda: "anew") == "anew"


def test_the_answers_take_no_more_than_so_many_bytes() -> None:
    cache = Cache(max_bytes=250)
    for question in "abc":
        cache.get(question, lambda: bytes(100))
    assert cache.get("a", lambda: b"anew") == b"anew"
    assert cache.get("c", lambda: b"anew") == bytes(100)


def test_a_frame_counts_with_what_pandas_notes_of_those_who_asked_for_it() -> None:
    cache, frame = Cache(), pd.DataFrame({"a": ["x", "y"], "b": ["y", "z"]})
    cache.get("question", lambda: frame)
    tracemalloc.start()
    taken = 0
    for _ in range(1500):
        cache.get("question", lambda: frame)
        taken = max(taken, tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()

    assert 50_000 < taken < cache.size()[1]


def test_who_changes_an_answer_changes_it_for_nobody_else(version: Version) -> None:
    filters = Filters(DAY, status=("expired",))
    mine = version.ask(selected.agreements, filters)
    mine["title"] = "changed"
    mine.loc[0, "status"] = "changed"
    theirs = version.ask(selected.agreements, filters)
    assert "changed" not in [*theirs["title"], *theirs["status"]]
