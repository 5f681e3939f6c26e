"""The checks beside the load: Python looks at the rows while DuckDB takes them in."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock
from typing import TypeVar

Found = TypeVar("Found")

OnStep = Callable[[str], None]


class _Stopped(Exception):
    """The other of the two has made it vain to go on."""


def beside(
    work: Callable[[OnStep], None],
    look: Callable[[OnStep], Sequence[Found]],
    on_step: OnStep,
) -> Sequence[Found]:
    """Do the work, and look in a thread of its own at what it is done with; what was found.

    Where anything is found, the work ends at its next step, and it does not matter how. Where the
    work fails or is interrupted, so does the look.

    Args:
        work: called with what it calls with each step that is over.
        look: the same; it gives what makes the work vain.
        on_step: called with the steps of both, one at a time.
    """
    one_at_a_time, failed = Lock(), Event()

    def step(done: str, is_vain: Callable[[], bool]) -> None:
        if is_vain():
            raise _Stopped
        with one_at_a_time:
            on_step(done)

    with ThreadPoolExecutor(1) as thread:
        looking = thread.submit(look, lambda done: step(done, failed.is_set))
        try:
            work(lambda done: step(done, lambda: looking.done() and bool(looking.result())))
        except Exception:
            if not looking.result():
                raise
        except BaseException:
            failed.set()
            raise
        return looking.result()
