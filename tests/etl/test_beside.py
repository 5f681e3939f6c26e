"""What is looked at beside the work, and what becomes of the one when the other ends."""

from collections.abc import Callable
from threading import Barrier, BrokenBarrierError, Event

import pytest

from etl.beside import beside

Step = Callable[[str], None]

LONG = 30
"""Seconds within which whatever is waited for comes."""


def nothing(_: Step) -> list[str]:
    return []


def test_both_are_at_work_at_once_and_tell_their_steps() -> None:
    both, told = Barrier(2, timeout=LONG), list[str]()

    def work(on_step: Step) -> None:
        both.wait()
        on_step("worked")

    def look(on_step: Step) -> list[str]:
        both.wait()
        on_step("looked")
        return ["a fault"]

    try:
        assert beside(work, look, told.append) == ["a fault"]
    except BrokenBarrierError:
        pytest.fail("one waited for the other to end")
    assert {"looked"} <= set(told) <= {"worked", "looked"}


def test_work_in_which_a_fault_was_found_ends_at_its_next_step() -> None:
    def work(on_step: Step) -> None:
        while True:
            on_step("worked")

    assert beside(work, lambda _: ["a fault"], lambda _: None) == ["a fault"]


def test_what_is_found_goes_before_the_failure_that_it_explains() -> None:
    def work(_: Step) -> None:
        raise ZeroDivisionError

    assert beside(work, lambda _: ["a fault"], lambda _: None) == ["a fault"]
    with pytest.raises(ZeroDivisionError):
        beside(work, nothing, lambda _: None)


def test_a_look_that_fails_is_no_look_that_finds_nothing() -> None:
    def look(_: Step) -> list[str]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        beside(lambda _: None, look, lambda _: None)


def test_what_is_interrupted_is_not_looked_at_any_further() -> None:
    looking = Event()

    def work(_: Step) -> None:
        assert looking.wait(LONG)
        raise KeyboardInterrupt

    def look(on_step: Step) -> list[str]:
        while True:
            looking.set()
            on_step("looked")

    with pytest.raises(KeyboardInterrupt):
        beside(work, look, lambda _: None)
