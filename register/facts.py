"""What to know of an agreement or a partner first, each fact with what it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from register import summaries, texts, words
from register.frames import Row
from register.queries.outline import Outline
from register.said import Said, Version, disputed

DECISIVE = ("terminated", "replaced", "suspended", "resumed")
"""The events that change whether a partnership is alive."""

SIGNATORIES = ("moscow_signatory", "partner_signatory")


class Happened(NamedTuple):
    """An event (a row of ``queries.record.events``) with what sources say on it."""

    row: Row
    said: list[Said]


class Fact(NamedTuple):
    """A fact in words.

    Attributes:
        lead: the words that come first and weigh most, ``""`` for none.
        rests_on: the statements from which it is taken.
    """

    name: str
    lead: str
    text: str
    rests_on: list[Row]


def of_agreement(
    agreement: Row, said: Sequence[Said], events: Sequence[Happened], as_of: date
) -> list[Fact]:
    """Status on the day with its reason, period, who signed, areas.

    Args:
        agreement: a row of ``queries.selected.agreements``.
        said: what sources say on it.
        events: the events of its partner, at least those that decide its status.
    """
    day, areas = f"On {words.day_in_words(as_of)}", agreement["areas"]
    return [
        Fact(day, words.status(agreement), reason(agreement, said, events), []),
        period(agreement, said, events),
        _signed_by(agreement, said),
        Fact("Areas", "", areas.replace("; ", ", ") if areas else texts.NO_AREA, []),
    ]


def beside(said: Iterable[Said]) -> list[Said]:
    """The fields of which ``of_agreement`` does not say all already."""
    return [
        field
        for field in said
        if not (field.field in SIGNATORIES and field.chosen and len(field.versions) == 1)
    ]


def reason(agreement: Row, said: Sequence[Said], events: Sequence[Happened]) -> str:
    """Where the status comes from, and whether a choice among versions decides it."""
    deciding = _event(events, agreement["deciding_event"])
    basis = words.end_basis(agreement, deciding and deciding.row)
    decisive = _decisive(agreement, said, events)
    in_doubt = [words.lower_first(field.name) for field in decisive if field.disputed]
    if not in_doubt:
        return basis
    return f"{basis} Sources disagree on {words.joined(in_doubt)}: this follows the chosen version."


def period(agreement: Row, said: Sequence[Said], events: Sequence[Happened]) -> Fact:
    """The window; a date in it that was chosen among several says so."""
    decisive = list(_decisive(agreement, said, events))
    chosen = " (chosen; sources disagree)" if disputed(decisive) else ""
    return Fact("Period", "", words.window(agreement) + chosen, _statements(decisive))


def of_partner(status: Row, known: Outline, events: Iterable[Happened], as_of: date) -> list[Fact]:
    """Status on the day, what changed it, first and latest tie, until when it is in force.

    Args:
        status: a row of ``queries.partner.status``.
        known: the agreements of the partner.
        events: the events of the partner.
    """
    day = f"On {words.day_in_words(as_of)}"
    ties = {"First tie": known.first, "Latest": known.latest}
    facts = [
        Fact(day, str(status["status_name"]), summaries.partner_status(status, known), []),
        *(_changed(event) for event in events if event.row["event"] in DECISIVE),
        *(
            Fact(name, "", f"{tie['title']}, {words.dated(tie)}", [])
            for name, tie in ties.items()
            if tie
        ),
    ]
    if known.until:
        end = f"{words.end_in_words(known.until)}: {known.until['title']}"
        facts.append(Fact("In force until", "", end, []))
    return facts


def _changed(event: Happened) -> Fact:
    """An event that decides on a partnership, with all versions where sources disagree."""
    concerned = event.row["title"] or "the whole partnership"
    versions = "".join(
        f" Sources disagree on {words.lower_first(field.name)}: "
        f"{', '.join(version.marked for version in field.versions)}."
        for field in event.said
        if field.disputed
    )
    # Who says when says what; who says what may not say when.
    says = "date" if event.row["date"] else "event"
    rests_on = _statements(field for field in event.said if field.field == says)
    return Fact("Event", words.event(event.row), f"It concerns {concerned}.{versions}", rests_on)


def _signed_by(agreement: Row, said: Sequence[Said]) -> Fact:
    """The two sides, with those who signed for them as far as sources name them."""
    by_field = {field.field: field for field in said}
    of_both = [by_field.get(name) for name in SIGNATORIES]
    sides = (agreement["moscow_party_name"], f"{agreement['partner']}, {agreement['country']}")
    named = [
        f"{side}: {field.chosen.marked}" if field and field.chosen else str(side)
        for side, field in zip(sides, of_both, strict=True)
    ]
    rests_on = _statements([field for field in of_both if field])
    return Fact("Signed by", "", "; ".join(named), rests_on)


def _decisive(agreement: Row, said: Sequence[Said], events: Sequence[Happened]) -> Iterator[Said]:
    """What sources say on the dates from which window and status follow."""
    ends_by = {"stated": "valid_to", "term": "term"}
    end = None if agreement["prolonged_to"] else ends_by.get(agreement["end_basis"])
    yield from (field for field in said if field.field in (words.begun_by(agreement), end))
    for name, decides in (("deciding_event", "date"), ("prolonging_event", "valid_to")):
        happened = _event(events, agreement[name])
        if happened is not None:
            yield from (field for field in happened.said if field.field == decides)


def _event(events: Iterable[Happened], event_id: str | None) -> Happened | None:
    return next((event for event in events if event.row["event_id"] == event_id), None)


def _statements(said: Iterable[Said]) -> list[Row]:
    """The statements of the register's own values."""
    chosen: list[Version] = [field.chosen for field in said if field.chosen]
    return [statement for version in chosen for statement in version.sources]
