"""What takes too long is ended, and nothing else is."""

import time
from threading import Event
from threading import enumerate as threads

from register.watch import PRECISION, Watch


def test_what_takes_too_long_is_ended_and_what_is_over_in_time_is_not() -> None:
    watch = Watch()
    ended, other = Event(), Event()

    with watch.within(0.01, ended.set), watch.within(60, other.set):
        with watch.within(0.01, other.set):
            pass
        assert ended.wait(10)
        time.sleep(4 * PRECISION)

    assert not other.is_set()


def test_it_is_ended_once() -> None:
    times: list[float] = []

    with Watch().within(0, lambda: times.append(time.monotonic())):
        time.sleep(6 * PRECISION)

    assert len(times) == 1


def test_many_take_one_thread() -> None:
    watch = Watch()

    for _ in range(100):
        with watch.within(60, Event().set):
            before = len(threads())
    with watch.within(60, Event().set), watch.within(60, Event().set):
        assert len(threads()) == before
