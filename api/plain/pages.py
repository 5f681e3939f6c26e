"""What stands on each page, from the register's queries and words."""

from typing import Any, NamedTuple

from api.question import Question
from register import citations, facts, naming, said, summaries
from register.citations import Citation
from register.facts import Happened
from register.filters import Filters
from register.footnotes import Footnotes
from register.frames import Row, groups, rows
from register.queries import outline, selected
from register.queries import partner as partner_queries
from register.queries import record as record_queries
from register.queries import register as register_queries
from register.queries import source as source_queries
from register.queries import sources as sources_queries
from register.queries.figures import figures
from register.said import Said

RECORDS = 200
"""So many records that a source speaks of, and so many agreements of a partner, are on a page."""

FIELD_NAMES = said.FIELD_NAMES | {"areas": "Areas"}


class Page(NamedTuple):
    """A page before it is drawn.

    Attributes:
        template: the template that draws it.
        about: what it is about, in a sentence or two.
        values: what the template asks for.
    """

    template: str
    title: str
    about: str
    values: dict[str, Any]


def agreement(asked: Question, agreement_id: str) -> Page:
    """One agreement: status, who says what, areas, ties, events, sources."""
    ask, day = asked.version.ask, asked.filters.as_of
    found = _agreement(asked, agreement_id)
    partner_id = found["partner_id"]
    happened = rows(ask(record_queries.events, partner_id, day))
    concerning = [row for row in happened if row["agreement_id"] in (None, agreement_id)]
    of_agreement = _said(asked, agreement_id)
    events = [Happened(row, _said(asked, row["event_id"])) for row in concerning]
    values = {
        "agreement": found,
        "definition": _definition(asked, found["status"]),
        "reason": facts.reason(found, of_agreement, events),
        "period": facts.period(found, of_agreement, events),
        "events": events,
        "footnotes": _footnotes(asked, [agreement_id], concerning),
        "said": of_agreement,
        "areas": groups(rows(ask(record_queries.labels, agreement_id)), "area"),
        "ties": groups(rows(ask(record_queries.related, agreement_id)), "relation"),
        "relations": said.RELATIONS,
        "partner": _profile(asked, partner_id),
    }
    about = summaries.agreement(found, day)
    return Page("agreement", f"{found['partner']}: {found['title']}", about, values)


def partner(asked: Question, partner_id: str) -> Page:
    """One partner: status, agreements, names, events, sources."""
    ask, filters = asked.version.ask, asked.filters
    profile = _profile(asked, partner_id)
    known = ask(outline.page, _known(asked, partner_id), 0, RECORDS)
    number = ask(figures, _known(asked, partner_id)).agreements
    day = (filters.as_of, filters.horizon)
    status = next(iter(rows(ask(partner_queries.status, (partner_id,), *day))), None)
    happened = rows(ask(record_queries.events, partner_id, filters.as_of, limit=RECORDS))
    agreements = rows(known)
    tied = {row[link] for row in agreements for link in ("follows", "implements")} - {None}
    values = {
        "profile": profile,
        "names": rows(ask(partner_queries.names, partner_id)),
        "districts": ask(partner_queries.districts, partner_id),
        "agreements": agreements,
        "number": number,
        "titles": ask(outline.titles, tuple(sorted(tied))),
        "events": [Happened(row, _said(asked, row["event_id"])) for row in happened],
        "footnotes": _footnotes(asked, [row["agreement_id"] for row in agreements], happened),
        "status": status,
        "sentences": status
        and summaries.partner_status(
            status,
            ask(outline.outline, _known(asked, partner_id), status["lapsed_agreement"]),
        ),
    }
    about = summaries.partner(profile, number, status, filters.as_of)
    return Page("partner", profile["name"], about, values)


def source(asked: Question, source_id: str) -> Page:
    """One source: what it is, and what it states of which records."""
    found = _source(asked, source_id)
    filters = _all(asked)
    supported = rows(asked.version.ask(sources_queries.supported, filters, source_id, 0, RECORDS))
    records = groups(supported, "record_id")
    values = {
        "source": found,
        "records": records,
        "number": asked.version.ask(source_queries.records, source_id),
        "field_names": FIELD_NAMES,
    }
    title = naming.source(found)
    about = f"{title}; {found['kind_name'].lower()} in {found['language_name']}: what it states"
    return Page("source", title, f"{about} of agreements with Moscow.", values)


def cited(asked: Question, table: str, record_id: str, url: str) -> Citation:
    """How to cite a record, or a source itself.

    Args:
        url: the permanent address of the record.
    """
    if table == "sources":
        return citations.of_source(_source(asked, record_id))
    if table == "agreements":
        disputed = said.disputed(_said(asked, record_id))
        title = citations.agreement_title(_agreement(asked, record_id), disputed)
    else:
        profile = _profile(asked, record_id)
        title = f"{profile['name']}, {profile['country']}"
    return citations.of_record(record_id, title, asked.version.name, url, asked.filters.as_of)


def _known(asked: Question, *partner_ids: str) -> Filters:
    """What is known by the day, of some partners or of all."""
    filters = asked.filters
    return Filters(as_of=filters.as_of, horizon=filters.horizon, city=partner_ids)


def _all(asked: Question, *partner_ids: str) -> Filters:
    """All agreements, also what is not yet known on the day."""
    filters = asked.filters
    every = tuple(asked.version.ask(register_queries.options).status)
    return Filters(filters.as_of, filters.horizon, city=partner_ids, status=every)


def _agreement(asked: Question, agreement_id: str) -> Row:
    partner_id = asked.version.ask(record_queries.partner_of, agreement_id) or ""
    of_partner = rows(asked.version.ask(selected.agreements, _all(asked, partner_id)))
    return next(row for row in of_partner if row["agreement_id"] == agreement_id)


def _source(asked: Question, source_id: str) -> Row:
    return rows(asked.version.ask(source_queries.source, source_id))[0]


def _profile(asked: Question, partner_id: str) -> Row:
    return rows(asked.version.ask(partner_queries.profile, partner_id))[0]


def _definition(asked: Question, status: str) -> str:
    found = rows(asked.version.ask(register_queries.status_definitions))
    return next(str(row["definition"]) for row in found if row["status"] == status)


def _said(asked: Question, record_id: str) -> list[Said]:
    return said.fields(asked.version.ask(record_queries.statements, record_id))


def _footnotes(asked: Question, ids: list[str], happened: list[Row]) -> Footnotes:
    record_ids = (*ids, *(row["event_id"] for row in happened))
    return Footnotes.of_records(asked.version.ask(partner_queries.sources, record_ids))
