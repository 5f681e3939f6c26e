"""Documents as the register can take them: with ids, with sources it knows, with what goes unsaid.

A source that is given by its id is as the document describes it; one that is found by its address
keeps the description that the register has, and is only filled with what that lacks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from etl.curating import ids
from etl.curating.known import Known
from etl.curating.revision import Revision
from etl.hints import mend
from register import addresses
from register.composed import Place
from register.document import Agreement, Event, Label, Partner, Stated
from register.forms import Given
from register.problems import Problem
from register.records import Row, agreed, name_of
from register.schema import AGREEMENTS, EVENTS_TABLE, IDENTIFIED, PARTNERS, SOURCES, WITHDRAWN

DESCRIPTION = ("url", "publisher", "origin", "published_on", "language", "kind", "accessed_on")


class Completed(NamedTuple):
    """Documents with their ids, what stands in their way, and what a curator should know."""

    given: list[Given]
    problems: list[Problem]
    warnings: list[Problem]


def complete(given: Sequence[Given], revision: Revision) -> Completed:
    """The documents with the ids of their records and sources; those of no form are left out."""
    completer = _Completer(given, revision)
    completed = [completer.document(each) for each in given if each.document]
    return Completed(completed, completer.problems, completer.warnings)


class _Completer:
    def __init__(self, given: Sequence[Given], revision: Revision) -> None:
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self._revision = revision
        self._known = Known(revision)
        self._pages = {
            page: row["source_id"]
            for row in revision.rows(SOURCES)
            if (page := _page(row.get("url")))
        }
        self._languages: dict[str, str] = {}
        self._taken = {row["id"] for row in revision.rows(WITHDRAWN)} | {
            row[table.key[0]] for table in IDENTIFIED for row in revision.rows(table)
        }
        for each in given:
            self._note_ids(each)

    # --- what the documents bring along -------------------------------------------------------

    def _note_ids(self, given: Given) -> None:
        """Ids and sources of one document that others may name."""
        for _, record in _records(given.document):
            if record_id := _id_of(record):
                self._taken.add(record_id)
            for source in getattr(record, "sources", []):
                if source.described and (source.source or source.url):
                    source_id = source.source or ids.source_slug(source.url)
                    source_id = self._pages.setdefault(_page(source.url) or source_id, source_id)
                    self._languages[source_id] = source.language

    # --- one document -------------------------------------------------------------------------

    def document(self, given: Given) -> Given:
        """The document with all ids, and the places that are wrong in it by now."""
        self._faulty: set[Place] = set()
        document = given.document
        if isinstance(document, Partner):
            document = self._partner(given, document)
        elif isinstance(document, Agreement):
            document = self._agreement(given, document)
        elif isinstance(document, Event):
            document = self._event(given, document, document.agreement or document.partner or "")
        return replace(given, document=document, faulty=given.faulty | self._faulty)

    def _partner(self, given: Given, partner: Partner) -> Partner:
        partner_id = partner.partner or self._partner_id(given, partner)
        return partner.model_copy(
            update={
                "partner": partner_id,
                "events": [
                    self._event(given, event, partner_id, ("events", place))
                    for place, event in enumerate(partner.events)
                ],
            }
        )

    def _partner_id(self, given: Given, partner: Partner) -> str:
        partner_id = ids.slug(partner.name)
        if not partner_id:
            rule = "has no letters of which an id could be made"
            self.problems.append(
                given.problem(("name",), partner.name, rule, "give an id as partner")
            )
            return ""
        there = self._revision.get(PARTNERS, partner_id)
        if there:
            advice = f"write partner: {partner_id} to change it; another place has another id"
            rule = f"is the name of a partner that is there ({partner_id}, {there['country_code']})"
            self.problems.append(given.problem(("name",), partner.name, rule, advice))
        self._taken.add(partner_id)
        return partner_id

    def _agreement(self, given: Given, agreement: Agreement) -> Agreement:
        sources = self._sources(given, agreement, ())
        agreement = agreement.model_copy(update={"sources": sources})
        agreement_id = agreement.agreement
        if not agreement_id:
            year = ids.year([*_dates(agreement), *_dates_of_events(agreement)])
            agreement_id = ids.record_slug(
                agreement.partner, year, agreement.instrument, self._taken
            )
            self._taken.add(agreement_id)
        return agreement.model_copy(
            update={
                "agreement": agreement_id,
                "events": [
                    self._event(given, event, agreement_id, ("events", place))
                    for place, event in enumerate(agreement.events)
                ],
            }
        )

    def _event(self, given: Given, event: Event, of: str, place: Place = ()) -> Event:
        event = event.model_copy(update={"sources": self._sources(given, event, place)})
        partner = event.partner
        if event.agreement and not partner and not place:
            row = self._revision.get(AGREEMENTS, event.agreement)
            partner = row["partner_id"] if row else None
        event_id = event.event
        if not event_id:
            event_id = ids.record_slug(of, ids.year(_dates(event)), event.kind, self._taken)
            self._taken.add(event_id)
        return event.model_copy(update={"event": event_id, "partner": partner})

    # --- sources ------------------------------------------------------------------------------

    def _sources(self, given: Given, record: Stated, around: Place) -> list[Any]:
        sources = [
            self._source(given, source, (*around, "sources", number))
            for number, source in enumerate(record.sources)
        ]
        return _with_what_goes_unsaid(record, sources)

    def _source(self, given: Given, source: Any, place: Place) -> Any:
        if not (_has_states(source) or getattr(source, "areas", {})):
            rule = "states nothing"
            self.problems.append(
                given.problem(
                    place, "", rule, "say in states or areas what it says, or leave it out"
                )
            )
        by_address = not source.source
        source_id = source.source or self._pages.get(_page(source.url) or "")
        known = self._revision.get(SOURCES, source_id) if source_id else None
        if not source.described and not known and source_id not in self._languages:
            self._unknown(given, source, place)
            source_id = source_id or ids.source_slug(source.url)
        elif not source_id:
            rule = "has no address"
            advice = "give its url, or an id as source where only a text is on file"
            self.problems.append(given.problem(place, source.publisher or "", rule, advice))
            source_id = ids.slug(source.publisher) or "source"
        if known and source.described and by_address:
            source = self._as_known(given, source, known, place)
        if not source.described:
            language = known["language"] if known else self._languages.get(source_id or "", "")
            source = _with_language_of_labels(source, language)
        return source.model_copy(update={"source": source_id})

    def _unknown(self, given: Given, source: Any, place: Place) -> None:
        if source.url and not source.source:
            rule, name = "is the address of no source yet", "url"
            advice = "give its publisher, language and kind too"
        else:
            rule, name = "is no source of the register", "source"
            advice = mend(
                self._known.source_like(source.source), "give its url, publisher, language and kind"
            )
        problem = given.problem((*place, name), getattr(source, name), rule, advice)
        self.problems.append(problem)
        self._faulty.add((*place, "source"))

    def _as_known(self, given: Given, source: Any, known: Row, place: Place) -> Any:
        """The source with the register's description, filled where that lacks something."""
        for name in DESCRIPTION:
            said, has = getattr(source, name), known.get(name)
            if said and has and said != has and name != "url":
                rule = f"is not what the register has of {known['source_id']}, which stays ({has})"
                advice = f"give source: {known['source_id']} too if it is to be changed"
                self.warnings.append(given.problem((*place, name), said, rule, advice))
        if _page(source.url) and source.url != known.get("url"):
            rule = f"is the page of {known['source_id']} under another address ({known.get('url')})"
            self.warnings.append(
                given.problem((*place, "url"), source.url, rule, "nothing; that source is taken")
            )
        kept = {name: known.get(name) or getattr(source, name) for name in DESCRIPTION}
        if source.language and source.language != known["language"]:
            source = _with_language_of_labels(source, source.language)
        return source.model_copy(update=kept)


def _with_language_of_labels(source: Any, language: str) -> Any:
    """The source with the language of each of its labels said."""
    if not getattr(source, "areas", {}):
        return source
    areas = {
        area: [Label(label=each.label, language=each.language or language) for each in labels]
        for area, labels in source.areas.items()
    }
    return source.model_copy(update={"areas": areas})


def _with_what_goes_unsaid(record: Stated, sources: list[Any]) -> list[Any]:
    """That a source of an agreement names the partner, and one of an event says that it happened.

    Where a source of the record says so in words, only those do that say so.
    """
    name = "partner" if isinstance(record, Agreement) else "kind"
    if any(getattr(source.states, name) for source in sources):
        return sources
    unsaid = {name: [getattr(record, name)]}
    return [
        source.model_copy(update={"states": source.states.model_copy(update=unsaid)})
        for source in sources
    ]


def _records(document: Any) -> Iterator[tuple[Place, Any]]:
    if document is not None:
        yield (), document
        for number, event in enumerate(getattr(document, "events", [])):
            yield ("events", number), event


def _id_of(record: Any) -> str | None:
    if isinstance(record, Agreement):
        return record.agreement
    return record.event if isinstance(record, Event) else record.partner


def _has_states(source: Any) -> bool:
    return any(getattr(source.states, name) for name in type(source.states).model_fields)


def _dates(record: Stated) -> Iterator[str]:
    """The record's dates, the one first that tells best when it was."""
    table = AGREEMENTS if isinstance(record, Agreement) else EVENTS_TABLE
    fields = ("signed_on", "valid_from", "reported_on") if table is AGREEMENTS else ("date",)
    for field in fields:
        name = name_of(table, field) or field
        said = [value for source in record.sources for value in getattr(source.states, name)]
        chosen = {str(key): value for key, value in record.choose.items()}
        yield chosen.get(field) or agreed(table, field, said) or ""


def _dates_of_events(agreement: Agreement) -> Iterator[str]:
    for event in agreement.events:
        yield from _dates(event)


def _page(url: str | None) -> str | None:
    return addresses.page(url) if url and addresses.is_public(url) else None
