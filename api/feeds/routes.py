"""The feeds' addresses: what each asks of the register, answered as the API answers."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount

from api import answers, base
from api.feeds import addresses, entries
from api.feeds.atom import Entry, atom
from api.feeds.calendar import calendar
from api.feeds.text import lasting_id, title
from api.parameters import OF_A_CALENDAR, OF_A_FEED
from api.question import Question, ask
from api.settings import CHANGES, DEFAULT_LIMIT, EVENTS, EXPIRING, FEEDS_ROOT, MAX_ENDS
from register import texts
from register.frames import groups, rows
from register.queries import happenings, history
from register.store import Store


def routes(store: Store) -> list[BaseRoute]:
    """The feeds over a store, as routes of another app."""
    app = base.open_to_pages(base.application(store, openapi_url=None))
    for name, answer in ((EXPIRING, expiring), (EVENTS, events), (CHANGES, changes)):
        app.add_route(f"/{name}", answer)
    return [base.any_path(Mount(FEEDS_ROOT, app))]


def expiring(request: Request) -> Response:
    """The ends of the selected agreements that lie ahead on the day, the soonest of very many."""
    question = ask(request, OF_A_CALENDAR)

    def content() -> bytes:
        version, filters = question.version, question.filters
        stating = rows(version.ask(happenings.end_sources, filters, MAX_ENDS))
        ends, number = version.ask(happenings.ends, filters, MAX_ENDS)
        return calendar(
            lasting_id("feed", EXPIRING, addresses.asked(question)),
            title(EXPIRING, question),
            (addresses.own(request, question), addresses.page(request, "validity", question)),
            rows(ends),
            number,
            {found[0]["agreement_id"]: found for found in groups(stating, "agreement_id")},
            version.ask(history.stamps),
            partial(addresses.record, request),
        )

    return _respond(request, question, "ics", content, {})


def events(request: Request) -> Response:
    """What happened by the day to the selected agreements, the latest first."""
    question = ask(request, OF_A_FEED)
    limit = question.limit or DEFAULT_LIMIT
    found, matching = question.version.ask(
        happenings.happenings, question.filters, question.offset, limit
    )

    def told() -> list[Entry]:
        address = partial(addresses.record, request)
        return entries.of_happenings(rows(found), question.version, address)

    about = "Signings and events at their own precision, as far as sources tell of them."
    feed = Feed(EVENTS, "timeline", about, told, len(found), matching)
    return _answer(request, question, feed)


def changes(request: Request) -> Response:
    """What the versions of the register changed, as far back as builds are kept."""
    question = ask(request, OF_A_FEED)
    steps = question.version.ask(history.history)
    if question.filters.restricting:
        chosen = question.version.ask(history.selections, question.filters)
        steps = [history.of_selection(step, chosen) for step in steps]
    all_told = entries.of_changes(steps, partial(addresses.record, request))
    page = all_told[question.offset :][: question.limit or DEFAULT_LIMIT]
    version = question.version.name
    about = (
        f"What was added, removed or changed from version {steps[-1].before.version} to {version}."
        if steps
        else texts.NO_VERSION_BEFORE.format(version=version)
    )
    feed = Feed(CHANGES, "data", about, lambda: page, len(page), len(all_told))
    # Which builds are kept is no matter of the version.
    return _answer(request, replace(question, pinned=False), feed)


class Feed(NamedTuple):
    """A page of an Atom feed, with how many entries there are of how many.

    Attributes:
        page: the page of the dashboard that shows the same.
    """

    name: str
    page: str
    about: str
    entries: Callable[[], list[Entry]]
    shown: int
    matching: int


def _answer(request: Request, question: Question, feed: Feed) -> Response:
    """The feed with its links, the next page in the header too."""
    links = {
        "self": addresses.own(request, question),
        "alternate": addresses.page(request, feed.page, question),
    }
    headers = {}
    after = question.offset + feed.shown
    if feed.shown and after < feed.matching:
        limit = question.limit or DEFAULT_LIMIT
        following = answers.following(request, question, after, limit)
        links["next"] = addresses.absolute(request, following)
        headers["Link"] = f'<{following}>; rel="next"'

    def content() -> bytes:
        return atom(
            lasting_id("feed", feed.name, addresses.asked(question)),
            title(feed.name, question),
            feed.about,
            question.version.ask(history.stamps).first,
            links,
            feed.entries(),
        )

    return _respond(request, question, "atom", content, headers)


def _respond(
    request: Request,
    question: Question,
    form: str,
    content: Callable[[], bytes],
    headers: dict[str, str],
) -> Response:
    """The answer; beside version and question it tells where it is and when records changed."""
    told = repr((str(request.base_url), question.version.ask(history.stamps)))
    return answers.respond(request, question, form, content, headers, told.encode())
