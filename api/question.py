"""A question: what an address asks of which version, checked as a whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request

from api import parameters
from api.parameters import Error, Parameter
from api.problems import Problem
from api.settings import MAX_PARAMETERS, MAX_TOLD
from register.clock import today as today
from register.filters import LISTS, MAX_SEARCH, Filters, Notice, Options, from_address
from register.queries.register import options
from register.store import Store, Version

Given = dict[str, list[str]]
"""The parameters of an address, those with an empty value left out."""


@dataclass(frozen=True)
class Question:
    """What is asked, of which version.

    Attributes:
        pinned: whether the address says the version and the day, so that its answer never changes.
        fields: the columns that are asked for; empty: all.
    """

    version: Version
    filters: Filters
    given: Given
    pinned: bool
    limit: int | None
    offset: int
    fields: tuple[str, ...]


def ask(request: Request, known: Sequence[Parameter], columns: Sequence[str] = ()) -> Question:
    """The question of a request.

    Raises:
        Problem: 422 with everything that is wrong with it, 410 for another version.
        RegisterUnavailable: there is no register.
    """
    store: Store = request.app.state.store
    version = store.current()
    errors: list[Error] = []
    given = _given(request, errors)
    errors += parameters.unknown(given, known)
    filters = _filters(given, version, errors)
    limit = parameters.whole_number(given, "limit", errors)
    offset = parameters.whole_number(given, "offset", errors)
    fields = _fields(given, columns, errors)
    asked_version = _version(given, version.name, errors)
    if errors:
        count = f"{len(errors)} parameter{'s' * (len(errors) != 1)}"
        raise Problem(
            422, f"{count} cannot be understood.", errors=[error.described for error in errors]
        )
    if asked_version != version.name:
        raise Problem(
            410,
            f"Version {asked_version} of the register is not served; this is {version.name}.",
            current=version.name,
        )
    pinned = "version" in given and "as_of" in given
    return Question(version, filters, given, pinned, limit, offset or 0, fields)


def _given(request: Request, errors: list[Error]) -> Given:
    """The parameters; an empty value is as good as none, as a form sends it."""
    given: Given = {}
    asked = request.scope["query_string"]
    if asked.count(b"&") >= MAX_PARAMETERS:
        errors.append(Error("", "", f"An address has at most {MAX_PARAMETERS} parameters."))
        return given
    try:
        pairs = parse_qsl(asked.decode("ascii"), errors="strict")
    except ValueError:
        errors.append(Error("", "", "The address is not UTF-8, percent-encoded."))
        return given
    for name, value in pairs:
        if "\0" in name + value:
            errors.append(Error(name[:200], value[:200], "It has a NUL character."))
        else:
            given.setdefault(name, []).append(value)
    return given


def _filters(given: Given, version: Version, errors: list[Error]) -> Filters:
    known = version.ask(options)
    filters, notices = from_address(given, known, today())
    for notice in notices:
        errors += _errors(notice, known)
    search = given.get("q", [""])[-1]
    if len(search) > MAX_SEARCH:
        errors.append(Error("q", search[:200], f"It takes at most {MAX_SEARCH} characters."))
    return filters


def _errors(notice: Notice, known: Options) -> Iterator[Error]:
    """An error for each value; what is allowed stands in the first of them."""
    name = notice.parameter
    for place, value in enumerate(notice.values[:MAX_TOLD]):
        if name not in LISTS:
            yield Error(name, value[:200], f"{notice.reason[:1].upper()}{notice.reason[1:]}.")
            continue
        codes = list(known.of(name))
        meant = parameters.near(value, codes) or [
            code for code, label in known.of(name).items() if label.lower() == value.lower()
        ]
        detail = f"The register has no {name} “{value[:200]}”."
        yield Error(name, value[:200], detail, () if place else codes, meant)


def _fields(given: Given, columns: Sequence[str], errors: list[Error]) -> tuple[str, ...]:
    texts = given.get("fields", ())
    asked = tuple(dict.fromkeys(name for text in texts for name in text.split(",") if name))
    wrong = [name for name in asked if name not in columns]
    for place, name in enumerate(wrong[:MAX_TOLD]):
        near, allowed = parameters.near(name, columns), () if place else columns
        errors.append(Error("fields", name[:200], "There is no such column.", allowed, near))
    return asked


def _version(given: Given, served: str, errors: list[Error]) -> str:
    """The version that is asked for; the one that is served if none is."""
    asked = given.get("version", [served])[-1]
    if not re.fullmatch("[0-9a-f]{12}", asked):
        errors.append(Error("version", asked[:200], "It takes 12 hexadecimal digits."))
    return asked


def address(path: str, given: Given, **changed: str) -> str:
    """The address with some of its parameters changed."""
    return f"{path}?{urlencode(given | {name: [text] for name, text in changed.items()}, True)}"
