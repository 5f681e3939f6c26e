"""The steps of the checks grow with the register, not with its square: counted, not timed."""

from collections.abc import Callable

import pytest

from etl import hints
from etl.hints import PROPOSALS, Hints
from etl.validate.links import SHOWN, circles
from etl.validate.tables import in_order


class Counted(str):
    """A text that counts how often it is compared or looked up."""

    __slots__ = ()
    steps = 0

    def __eq__(self, other: object) -> bool:
        Counted.steps += 1
        return str.__eq__(self, other)

    def __lt__(self, other: str) -> bool:
        Counted.steps += 1
        return str.__lt__(self, other)

    def __hash__(self) -> int:
        Counted.steps += 1
        return str.__hash__(self)


def ids(count: int) -> list[Counted]:
    return [Counted(f"a-{number:05}") for number in range(count)]


def steps(work: Callable[[], object]) -> int:
    Counted.steps = 0
    work()
    return Counted.steps


def chain(count: int, first: int) -> Callable[[], object]:
    """A chain of agreements, each of which also implements the first one or none."""
    names = ids(count)
    links: dict[str, list[tuple[str, str]]] = {
        name: [("follows", names[at - 1])] for at, name in enumerate(names) if at
    }
    links[names[0]] = [("follows", names[-1])] if first else []
    for name in names[1:]:
        links[name] = [("implements", names[0]), *links[name]] if first else links[name]
    return lambda: list(circles(links))


@pytest.mark.parametrize("first", [0, 1])
def test_a_chain_is_walked_once(first: int) -> None:
    assert steps(chain(2000, first)) < 3 * steps(chain(1000, first))


def test_a_long_circle_is_told_by_its_ends() -> None:
    names = ids(100)
    links: dict[str, list[tuple[str, str]]] = {
        name: [("follows", names[at - 1])] for at, name in enumerate(names)
    }
    [(circle, last, link)] = circles(links)
    assert (len(circle), last, link) == (SHOWN + 1, "a-00001", "follows")
    assert circle == ["a-00000", "a-00099", "a-00098", "a-00097", "a-00096", "…", "a-00001"]


def test_no_circle_is_left_without_the_links_that_are_told() -> None:
    links = {
        "a": [("follows", "b")],
        "b": [("follows", "c"), ("implements", "a")],
        "c": [("follows", "a"), ("implements", "c")],
    }
    told = {(last, link) for _, last, link in circles(links)}
    assert told == {("b", "implements"), ("c", "follows"), ("c", "implements")}
    rest = {
        name: [(link, goal) for link, goal in ahead if (name, link) not in told]
        for name, ahead in links.items()
    }
    assert list(circles(rest)) == []


@pytest.mark.parametrize("step", [1, -1, 7])
def test_order_is_found_in_n_log_n_steps(step: int) -> None:
    def sort(count: int) -> Callable[[], object]:
        names = ids(count)
        return lambda: in_order([(names[at * step % count],) for at in range(count)])

    assert steps(sort(2048)) < 3 * steps(sort(1024))


def test_only_so_many_unknown_words_are_compared_with_all(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    monkeypatch.setattr(hints, "meant", lambda word, _: compared.append(word))
    proposals = Hints({"ljubljana"})
    for number in range(1000):
        for _ in range(2):
            assert proposals.mend(f"x-{number}", "add it") == "add it"
    assert len(compared) == PROPOSALS
