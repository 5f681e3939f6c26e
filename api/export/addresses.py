"""Which addresses are exported, and the file that answers at each."""

from collections.abc import Iterator
from itertools import product
from pathlib import PurePosixPath
from urllib.parse import urlencode, urlsplit

from api import reference, settings
from api.answers import OF_LISTS, OF_RECORDS
from api.plain import lists, sitemap
from api.plain.routes import FORMS, RECORDS, STATIC
from register import finding
from register.lists import AGREEMENT_LIST, EVENT_LIST, SOURCE_LIST, List
from register.lists import LISTS as API_LISTS
from register.queries.register import options
from register.store import Version

ROOT = settings.ROOT

_SUFFIXES = {"text/html": ".html", "application/json": ".json"}
"""What the file of an address without a suffix ends in, by the kind of its answer."""


def addresses(version: Version) -> Iterator[str]:
    """Every address that is exported, below where it is served."""
    ids = version.ask(finding.ids)
    yield from ("/sitemap.xml", *sitemap.parts(version), "/robots.txt")
    yield from (f"/r/static/{file.name}" for file in STATIC.iterdir())
    yield from (f"/r/{name}" for name in lists.names(version))
    for table in RECORDS:
        for record_id in ids[table]:
            yield f"/r/{record_id}"
            yield from (f"/r/{record_id}.{form}" for form in FORMS[table][1:])
    yield from _of_the_api(version)
    for name, question in product(settings.FEEDS, ["", *_of_cities(version)]):
        yield f"{settings.FEEDS_ROOT}/{name}{question}"


def file(address: str, media_type: str) -> str:
    """The file of an address: what stands behind ``?`` stands behind ``@`` in its name.

    ``/r/istanbul`` is in ``r/istanbul.html``, ``/api/v1/agreements.csv?city=istanbul`` in
    ``api/v1/agreements@city=istanbul.csv``. A list is whole, so that no limit is in its name.
    """
    asked = urlsplit(address)
    path = PurePosixPath(asked.path + ("index" if asked.path.endswith("/") else ""))
    suffix = path.suffix or _SUFFIXES[media_type.partition(";")[0]]
    question = asked.query.removesuffix(_ALL).rstrip("&")
    named = f"{path.stem}@{question}" if question else path.stem
    return str(path.with_name(named + suffix)).lstrip("/")


_ALL = f"limit={settings.MAX_LIMIT}"


def _of_the_api(version: Version) -> Iterator[str]:
    yield from (f"{ROOT}/{name}" for name in ("", "changes", "docs", "openapi.json"))
    yield from (f"{ROOT}/static/{file.name}" for file in reference.OWN.iterdir())
    yield from (f"{ROOT}/swagger/{name}" for name in reference.SWAGGER_FILES)
    for table, ids in version.ask(finding.ids).items():
        if table != "sources":
            yield from (f"{ROOT}/{table}/{one}.{form}" for one, form in product(ids, OF_RECORDS))
    for listed, form in product(API_LISTS, OF_LISTS):
        for question in _questions(version, listed):
            limited = {"limit": str(settings.MAX_LIMIT)} if form == "json" else {}
            asked = urlencode(question | limited)
            yield f"{ROOT}/{listed.name}.{form}" + (f"?{asked}" if asked else "")


def _questions(version: Version, listed: List) -> Iterator[dict[str, str]]:
    """Nothing, each status, and for what is asked of one partner each of them."""
    yield {}
    if listed.filtered:
        yield from ({"status": status} for status in version.ask(options).status)
    if listed in (AGREEMENT_LIST, EVENT_LIST, SOURCE_LIST):
        yield from ({"city": city} for city in version.ask(options).city)


def _of_cities(version: Version) -> Iterator[str]:
    return (f"?{urlencode({'city': city})}" for city in version.ask(options).city)
