"""What a page is going to ask is asked beside its run."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from benchmarks.inside import inside
from dashboard.foreseen import Run
from register.filters import Filters
from register.observed import Done, listening
from register.queries import Cursor, selected, validity
from register.store import Store, Version, published
from tests.dashboard.conftest import OpenPage

FILTERS = Filters(date(2022, 3, 1))
OTHERS = Filters(date(2021, 3, 1), city=("istanbul",))


@pytest.fixture
def version(known: Path) -> Version:
    return Store(known).current()


@contextmanager
def done() -> Iterator[list[tuple[str, str]]]:
    """The queries that are done meanwhile, each with the name of its thread."""
    seen: list[tuple[str, str]] = []

    def listener(what: Done) -> None:
        if what.kind == "query":
            seen.append((what.name, threading.current_thread().name))

    with listening(listener):
        yield seen


def until(true: Callable[[], bool]) -> None:
    for _ in range(1000):
        if true():
            return
        time.sleep(0.01)
    pytest.fail("nothing came of it for ten seconds")


def test_what_the_last_run_asked_is_asked_with_the_filters_of_this_one(version: Version) -> None:
    last = Run(version, FILTERS)
    last.note(selected.status_counts, (FILTERS,), {})
    last.note(validity.next_ends, (FILTERS, 5), {})
    last.note(selected.events, (replace(FILTERS, event=("renewed",)),), {})

    with done() as seen, Run(version, OTHERS).beside(last.asked):
        until(lambda: len(seen) == 3)

    assert [name for name, _ in seen] == [
        "queries.selected.events",
        "queries.validity.next_ends",
        "queries.selected.status_counts",
    ]
    assert version.knows(validity.next_ends, OTHERS, 5)
    assert version.knows(selected.events, replace(OTHERS, event=("renewed",)))


def test_what_follows_from_an_answer_or_has_no_filters_is_not_foreseen(version: Version) -> None:
    run = Run(version, FILTERS)
    run.note(selected.status_counts, (), {})
    run.note(selected.agreements, (FILTERS, ("istanbul-2020",)), {})
    run.note(selected.agreements, (FILTERS,), {"ids": ("istanbul-2020",)})

    assert run.asked == []


def test_what_a_part_of_the_page_asks_later_is_not_foreseen(version: Version) -> None:
    run = Run(version, FILTERS)
    with run.beside(()):
        run.note(selected.agreements, (FILTERS,), {})
    run.note(selected.status_counts, (FILTERS,), {})

    assert [question.query for question in run.asked] == [selected.agreements]


reached, go_on = threading.Event(), threading.Event()


def slow(cursor: Cursor, filters: Filters) -> int:
    reached.set()
    assert go_on.wait(10)
    return 1


def test_once_the_run_is_over_nothing_more_is_asked(version: Version) -> None:
    reached.clear()
    go_on.clear()
    last = Run(version, FILTERS)
    last.note(selected.status_counts, (FILTERS,), {})
    last.note(slow, (FILTERS,), {})

    with done() as seen:
        with Run(version, OTHERS).beside(last.asked):
            assert reached.wait(10)
        go_on.set()
        until(lambda: bool(seen))
        # Who asks next has the thread again, so it has come to the end of the first.
        until(lambda: foresees(version, OTHERS.as_of))

    assert not version.knows(selected.status_counts, OTHERS)


def foresees(version: Version, day: date) -> bool:
    """Whether a thread is free for what is foreseen of a run with these filters."""
    filters = Filters(day - timedelta(days=400))
    last = Run(version, FILTERS)
    last.note(selected.ids, (FILTERS,), {})
    with Run(version, filters).beside(last.asked):
        time.sleep(0.05)
    return version.knows(selected.ids, filters)


def test_a_page_of_another_day_asks_each_question_once_and_a_thread_asks_some_of_them(
    known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNERSHIPS_DATABASE", str(known))
    with inside() as session:
        session.visit("", as_of="2022-03-01")
        with done() as seen:
            session.visit("", as_of="2021-03-01")

    names = [name for name, _ in seen]
    assert len(names) == len(set(names)) > 5
    assert any(thread.startswith("foreseen") for _, thread in seen)


@pytest.mark.parametrize(("step", "following"), [("Year back", 2020), ("Year on", 2024)])
def test_who_goes_from_year_to_year_is_foreseen_to_go_on(
    known: Path, open_page: OpenPage, step: str, following: int
) -> None:
    page = open_page("overview", known, as_of="2022-03-01")
    page.button(key=f"overview_{step}").click().run()

    version, then = published().current(), Filters(date(following, 3, 1))
    until(lambda: version.knows(selected.status_counts, then))


def test_whose_day_came_of_no_step_is_not_foreseen_to_go_on(
    known: Path, open_page: OpenPage
) -> None:
    page = open_page("overview", known, as_of="2022-03-01")

    assert "run_to_come" not in page.session_state


def test_what_comes_after_the_run_is_no_longer_foreseen_when_something_else_comes(
    known: Path, open_page: OpenPage
) -> None:
    page = open_page("overview", known, as_of="2022-03-01")
    page.button(key="overview_Year back").click().run()
    to_come = page.session_state["run_to_come"]
    page.button(key="overview_Today").click().run()

    assert to_come.over
