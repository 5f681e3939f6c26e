"""What is wrong with a proposal, in plain words: at which field, what, and what to do.

The checks speak to curators, of tables and commands. Their words for what people run into most are
put in words for everybody here; of all others the names of fields are.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from register.problems import Problem
from register.said import FIELD_NAMES

LABELS = FIELD_NAMES | {
    "partner": "Partner",
    "instrument": "Type of document",
    "moscow_party": "Who signs for Moscow",
    "title": "Title",
    "note": "Note",
    "choose": "Choice",
    "url": "Address",
    "publisher": "Publisher",
    "origin": "Repeats the text of",
    "published_on": "Published on",
    "language": "Language",
    "accessed_on": "Read on",
    "source": "Source",
    "sources": "Sources",
    "areas": "Areas",
    "events": "Events",
    "name": "English name",
    "name_native": "Name in its own language",
    "country": "Country",
    "within": "District of",
    "latitude": "Degrees north",
    "longitude": "Degrees east",
    "geonames_id": "Number at GeoNames",
    "names": "Other names",
    "multilateral": "Multilateral text",
}
"""What a form calls the fields of documents."""

KINDS = {"sources": "Kind of source", "events": "What happened", "": "City, region or district"}
"""What it calls ``kind``, which each part of a document has one of."""

_LISTS = {"sources": "Source", "events": "Event"}


class Told(NamedTuple):
    """A problem in plain words: the name of its field, and what is to be done there."""

    field: str
    sentence: str


def told(problem: Problem) -> Told:
    """A problem of a document of a form."""
    field = place(problem.column) if problem.column not in ("", "document") else "All of it"
    return Told(field, _sentence(problem))


def place(column: str) -> str:
    """The name of a place in a document: ``Source 2, signed on``."""
    parts, words, around = column.split("."), [], ""
    while parts:
        part = parts.pop(0)
        if part in _LISTS and parts:
            words.append(f"{_LISTS[part]} {int(parts.pop(0)) + 1}")
            around = part
        elif part == "areas" and parts:
            words.append(f"area {parts.pop(0)}")
        elif part == "kind":
            words.append(KINDS[around])
        elif part not in ("states", "choose", "label") and not part.isdecimal():
            words.append(LABELS.get(part, part))
    name = ", ".join([*words[:1], *(word[:1].lower() + word[1:] for word in words[1:])])
    return name[:1].upper() + name[1:]


def _sentence(problem: Problem) -> str:
    if not problem.mend:
        return _ended(problem.rule)
    for rule, sentence in _RULES:
        if match := re.match(rule, problem.rule):
            return _ended(sentence(match, problem))
    value = f"“{problem.value}” " if problem.value else ""
    return _ended(_without_jargon(f"{value}{problem.rule}: {problem.mend}"))


def _ended(text: str) -> str:
    return text + ("" if text.endswith((".", "?")) else ".")


def _without_jargon(text: str) -> str:
    """The text with fields and tables by the names that readers know them by."""
    text = re.sub(r"\s*\(`[^`]*`\)|;? ?look with `[^`]*`|`", "", text)
    text = re.sub(r"\b\w+\.csv\b", "the register", text)
    return re.sub(r"\b[a-z]+_[a-z]+\b", lambda name: _name(name[0]), text)


def _name(field: str) -> str:
    label = LABELS.get(field)
    return f"“{label}”" if label else field


def _said(text: str) -> Callable[[re.Match[str], Problem], str]:
    return lambda match, problem: text.format(*match.groups(), value=problem.value)


def _lacking(match: re.Match[str], _: Problem) -> str:
    names = [LABELS.get(name, KINDS["sources"]).lower() for name in match[1].split(", ")]
    return f"still needs {', '.join(names)}"


_RULES: tuple[tuple[str, Callable[[re.Match[str], Problem], str]], ...] = (
    (r"is missing", _said("is still to be filled in")),
    (r"list should have at least 1", _said("add a source: nothing enters without one")),
    (r"lacks ([\w, ]+)$", _lacking),
    (r"names no source|has no address", _said("give its address")),
    (r"is the address of no source yet", _said("give its publisher, language and kind, too")),
    (r"states nothing", _said("fill in what it says, or remove it")),
    (
        r"is stated by no source",
        _said("no source says so yet: fill it in at the source that does"),
    ),
    (
        r"sources disagree: (.+)",
        _said("the sources disagree ({0}): choose one below, and say why in the note"),
    ),
    (r"is chosen without a reason", _said("say in the note why you chose it")),
    (
        r"is of no form|is not of the form|is not a public|is no address",
        _said("“{value}” is not written as it should be: check it"),
    ),
    (
        r"is after the page that states it",
        _said(
            "“{value}” is after the day on which the page "
            "was published: check both. What is only expected is an event “announced”"
        ),
    ),
    (
        r"lies after the day of the build",
        _said("“{value}” is still to come: check it. What is only planned is an event “announced”"),
    ),
    (r"is before the page was published", _said("“{value}” is before the page was published")),
    (
        r"is the name of a partner that is there",
        _said("the register has a partner of this name: choose it in the list"),
    ),
    (
        r"is the title of ([\w-]+) too, and no date",
        _said("the register has an agreement of this title ({0}), and no date tells them apart"),
    ),
    (r"ends before it begins", _said("“{value}” is before the begin: check both")),
    (r"has no letters of which", _said("write the name in Latin letters")),
    (
        r"is an event that is left out",
        _said("“{value}” cannot be removed here: say so in the note"),
    ),
)
"""What a rule of the checks begins with, and what is said of it."""
