"""What the checks of the register say of the documents of a form."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Any

from dashboard.curating.known import Base, base, understood
from etl.curating import apply
from etl.curating.plans import Plan
from register.composed import Place, Raw
from register.forms import Given, read_raw
from register.problems import BadRegister, Problem

RECORD, NEWCOMER = "the record", "the new partner"
"""What problems call the documents of a form."""

KEPT = 16
"""So many answers of the check are kept, each with the register as it would be."""

turn = Lock()
"""One check at a time: those who type must not hold up those who read."""


@dataclass(frozen=True, eq=False)
class Check:
    """What was found of the documents of a form.

    Attributes:
        raws: the documents, with what was typed understood.
        problems: all that stands in the way.
        warnings: what is worth a look.
        plan: what they would make of the whole register; None: that was not looked at.
    """

    raws: tuple[Mapping[str, Any], ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...] = ()
    plan: Plan | None = None


def check(raws: Sequence[Mapping[str, Any]], today: date, as_of: date) -> Check:
    """Hold documents against the whole register, or where its files are not, their form.

    Args:
        raws: as ``form.closed`` gives them.
        today: the day for which dates are judged.
        as_of: the day of the statuses.
    """
    here = base()
    text = json.dumps(raws, ensure_ascii=False)  # What the answer is kept by.
    with turn:
        return _check(here, text, today, as_of)


@lru_cache(KEPT)
def _check(here: Base | None, text: str, today: date, as_of: date) -> Check:
    wrong: list[Problem] = []
    raws = [
        _understood(raw, (), wrong, name)
        for raw, name in zip(*_named(json.loads(text)), strict=True)
    ]
    given = given_of(raws)
    if here is None:
        problems = [problem for each in given for problem in each.problems]
        return Check(tuple(raws), _all(wrong, problems))
    try:
        plan = apply.plan(here.files, given, today, as_of=as_of)
    except BadRegister as error:
        return Check(tuple(raws), _all(wrong, error.problems))
    return Check(tuple(raws), _all(wrong, plan.problems), plan.warnings, plan)


def _named(raws: list[Any]) -> tuple[list[Any], list[str]]:
    return raws, [NEWCOMER, RECORD][-len(raws) :]


def given_of(raws: Sequence[Mapping[str, Any]]) -> list[Given]:
    """The documents as the write side takes them."""
    named = zip(*_named(list(raws)), strict=True)
    return [read_raw(Raw(raw, dict.fromkeys(_places(raw), 0)), name) for raw, name in named]


def _places(value: Any, place: Place = ()) -> Iterator[Place]:
    """All places of a document, so that problems are told at their own."""
    yield place
    parts = enumerate(value) if isinstance(value, list) else ()
    for key, each in value.items() if isinstance(value, Mapping) else parts:
        yield from _places(each, (*place, key))


def _all(wrong: Sequence[Problem], problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """What cannot be understood is told once, by whoever tried."""
    places = {(problem.file, problem.column) for problem in wrong}
    others = (each for each in problems if (each.file, each.column) not in places)
    return tuple(dict.fromkeys([*wrong, *others]))


def _understood(value: Any, place: tuple[str, ...], wrong: list[Problem], name: str) -> Any:
    """The document with what is typed understood; ``wrong`` gets what cannot be."""
    if isinstance(value, Mapping):
        return {key: _understood(each, (*place, key), wrong, name) for key, each in value.items()}
    if isinstance(value, list):
        return [_understood(each, (*place, str(at)), wrong, name) for at, each in enumerate(value)]
    field = next((part for part in reversed(place) if not part.isdecimal()), "")
    try:
        return understood(field, value) if value else value
    except ValueError as error:
        wrong.append(Problem(name, 0, ".".join(place), str(value), str(error), ""))
        return value
