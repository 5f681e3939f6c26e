"""Absolute addresses of this server, as the request has it: feeds are read far from it."""

from urllib.parse import quote, urlencode, urljoin

from starlette.requests import Request

from api.question import Question, address
from register.filters import to_address


def own(request: Request, question: Question) -> str:
    """The address of the feed itself, without what is empty in it."""
    path = request.url.path
    return absolute(request, address(path, question.given) if question.given else path)


def record(request: Request, record_id: str) -> str:
    """The plain page of an agreement or a partner."""
    return f"{_root(request)}/r/{quote(record_id, safe='')}"


def page(request: Request, name: str, question: Question) -> str:
    """The page of the dashboard with what the feed is asked for; of today unless it says a day."""
    chosen = asked(question)
    return f"{_root(request)}/{name}{'?' if chosen else ''}{chosen}"


def asked(question: Question) -> str:
    """What is asked for, as an address says it, whichever part of the feed is meant."""
    return urlencode(to_address(question.filters, pin_day="as_of" in question.given), doseq=True)


def absolute(request: Request, path: str) -> str:
    """An address that begins with a slash, with scheme and host before it."""
    return urljoin(str(request.base_url), path)


def _root(request: Request) -> str:
    return str(request.base_url).rstrip("/")
