"""The plain pages at /r/, read by programs that know nothing of the code that makes them."""

import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import RDF

from register.finding import ids
from tests import hostile
from tests.api.conftest import ON_DAY, Api
from tests.api.reading import BASE, Page, read, words
from tests.conftest import Register
from tests.dashboard.conftest import known_register

Publish = Callable[[Register], Path]
SCHEMA = Namespace("https://schema.org/")


def names(api: Api) -> list[str]:
    known = api.store.current().ask(ids)
    return [name for table in ("agreements", "partners", "sources") for name in known[table]]


def is_page(link: str) -> bool:
    """Whether it leads to a plain page, and not to another form of it."""
    return link.startswith(f"{BASE}/r/") and "." not in link.rpartition("/")[2]


# --- every page -----------------------------------------------------------------------------


def test_every_page_is_correct_html_and_leads_to_pages_that_are_there(real_api: Api) -> None:
    known = {f"{BASE}/r/{name}" for name in ("", "all_sources", *names(real_api))}
    assert len(known) == 2 + 334 + 144 + 660
    reached = set()
    for address in known:
        page = read(real_api, urlsplit(address).path)
        assert page.linked_data()["url"] == address
        assert [words(heading) for heading in page.all("h1")] != [""]
        ours = {link.partition("#")[0] for link in page.links() if is_page(link)}
        assert ours <= known
        reached |= ours
        anchors = {element.attrib["id"] for element in page.root.iter() if "id" in element.attrib}
        for link in page.all("a"):
            if link.attrib["href"].startswith("#"):
                assert link.attrib["href"][1:] in anchors
    assert reached == known


def test_from_the_first_page_all_others_are_reached(api: Api) -> None:
    waiting, seen = {f"{BASE}/r/"}, set()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        links = {link.partition("#")[0] for link in read(api, urlsplit(address).path).links()}
        waiting |= set(filter(is_page, links)) - seen
    assert seen == {f"{BASE}/r/{name}" for name in ("", "all_sources", *names(api))}


def test_no_text_of_the_register_is_more_than_text(publish: Publish) -> None:
    canary = "http://127.0.0.1:9"
    api = Api(publish(hostile.register(canary)))
    text = " ".join(hostile.texts(canary))
    for path in ("", "all_sources", *names(api)):
        page = read(api, f"/r/{path}")
        assert not {element.tag for element in page.root.iter()} & {"img", "iframe", "sub", "b"}
        assert len(page.all("script")) == 1
        assert not [link for link in page.links() if link.startswith((canary, "javascript:"))]
    page = read(api, "/r/everything")
    assert page.facts()["Signed in sources disagree"][0].startswith(" ".join(text.split()))
    assert page.linked_data()["mainEntity"]["name"] == text


# --- what stands on them --------------------------------------------------------------------


def test_the_protocol_with_istanbul_as_its_sources_have_it(real_api: Api) -> None:
    page = read(real_api, "/r/istanbul-2024-protocol?as_of=2026-11-21")
    assert words(page.one("h1")) == "Istanbul: Cooperation protocol 2024-2027"
    said = page.said()
    assert "Protocol · Moscow Government with Istanbul, Türkiye" in said
    # 21 November 2026 to 31 December 2027.
    assert "On 21 November 2026 Active, at most 405 days left · 2024 to 2027" in said
    assert "The end is stated by sources." in said
    facts = page.facts()
    assert facts["Signed on"] == ["September 2024 [1] [3]"]
    assert facts["First reported on"] == ["27 September 2024 [4]"]
    assert facts["Valid to"] == ["2027 [2] [4] [6]"]
    assert facts["Sport"] == ["“Spor faaliyetleri” (Turkish) [4]", "“спорт и туризм” (Russian) [2]"]
    (sources,) = page.all("ol")
    assert words(sources[3]).startswith("Turkish news text with time stamps of 27/9, 27 September")
    assert "No address on record" in words(sources[3])
    assert "Samsun Post, no date on record (Turkish; news). https://samsunpost" in words(sources[5])
    footer = words(page.one("footer"))
    assert f"Version {real_api.store.current().name} of the register, as of 21 Nov" in footer


@pytest.mark.parametrize("record_id", ["istanbul", "istanbul-2024-protocol"])
def test_a_record_leads_to_the_form_in_which_it_can_be_corrected(
    real_api: Api, record_id: str
) -> None:
    page = read(real_api, f"/r/{record_id}?as_of=2026-11-21")
    assert f"{BASE}/propose?id={record_id}" in page.links()
    assert not [link for link in read(real_api, "/r/all_sources").links() if "/propose" in link]


def test_where_sources_disagree_each_version_stands_with_its_sources(api: Api) -> None:
    page = read(api, f"/r/beijing-1995?{ON_DAY}")
    # The one source has no date on record, nor has the other: they are in the order of names.
    assert page.facts()["Signed on sources disagree"] == [
        "16 May 1995 (chosen) [1]",
        "1992 (differs) [2]",
    ]
    (sources,) = page.all("ol")
    assert [words(source).partition(",")[0] for source in sources] == [
        "City of Ljubljana",
        "Mayor of Moscow",
    ]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tehran-2015?as_of=2016-06-01", "Active, about 900 days left · reported 18 November 2015"),
        ("tehran-2015?as_of=2016-06-01", "it is approximate, because the begin is not known"),
        (f"anhui-letter?{ON_DAY}", "Undated · no date stated Signed, but no source gives a date"),
        (f"anhui-2018?{ON_DAY}", "Ended by an event: terminated on 15 June 2021."),
        (f"anhui-2018?{ON_DAY}", "Events Terminated on 15 June 2021"),
        ("anhui-2018?as_of=2021-06-14", "Active, at most 930 days left"),
        (f"istanbul-2010?{ON_DAY}", "On hold by an event: suspended on 1 December 2021."),
        (f"istanbul-2023?{ON_DAY}", "Not yet known"),
        (f"ljubljana-2022?{ON_DAY}", "Tied to Follows Ljubljana: First programme"),
        (f"ljubljana-2019?{ON_DAY}", "Followed by Ljubljana: Second programme"),
        (f"istanbul-2020?{ON_DAY}&horizon=30", "Active, 121 days left"),
        (f"istanbul-2020?{ON_DAY}", "Expiring, 121 days left"),
        (f"tehran?{ON_DAY}", "Events Renewed in May 2019 Concerns the whole partnership."),
        ("tehran?as_of=2003-01-01", "By this day no agreement with this partner is known."),
    ],
)
def test_each_page_is_of_its_day(api: Api, address: str, said: str) -> None:
    assert said in read(api, f"/r/{address}").said()


def test_names_are_marked_with_their_language(api: Api) -> None:
    page = read(api, "/r/istanbul")
    marked = [(name.attrib["lang"], name.text) for name in page.all("bdi")]
    assert marked == [("", "İstanbul"), ("ru", "Стамбул")]
    assert page.facts()["Russian"] == ["Стамбул"]


def test_a_source_says_what_it_states_of_which_records(api: Api) -> None:
    page = read(api, f"/r/hurriyet?{ON_DAY}")
    assert words(page.one("h1")) == "Hürriyet, May 2020"
    assert [words(record) for record in page.all("h3")] == ["Istanbul: Programme of cooperation"]
    facts = page.facts()
    assert facts["Published on"] == ["May 2020"]
    assert facts["Areas"] == ["Tourism: “turizm”", "Transport: “ulaşım”"]  # noqa: RUF001
    assert "1992 (differs)" in read(api, f"/r/mos-ru?{ON_DAY}").facts()["Signed on"]


def test_the_question_goes_along_to_the_next_page(api: Api) -> None:
    page = read(api, f"/r/istanbul-2020?{ON_DAY}")
    assert f"{BASE}/r/istanbul?{ON_DAY}" in set(page.links())
    assert f"{BASE}/agreement?id=istanbul-2020&{ON_DAY}" in set(page.links())
    (canonical,) = [link for link in page.all("link") if link.attrib["rel"] == "canonical"]
    assert canonical.attrib["href"] == f"{BASE}/r/istanbul-2020"


def test_feeds_of_the_partner_are_found(api: Api) -> None:
    links = set(read(api, "/r/istanbul-2020").links())
    assert f"{BASE}/feeds/expiring.ics?city=istanbul" in links
    assert f"{BASE}/feeds/events.atom?city=istanbul" in links


# --- what is not there ----------------------------------------------------------------------


def test_a_withdrawn_id_says_why_and_what_stands_in_its_place(publish: Publish) -> None:
    register = known_register()
    register.withdrawn("istanbul-2021", replaced_by="istanbul-2020")
    api = Api(publish(register))
    page = read(api, "/r/istanbul-2021", 410)
    assert "withdrawn on 1 May 2024: It was never signed" in page.said()
    assert f"{BASE}/r/istanbul-2020" in set(page.links())
    for path in ("/r/istanbul-2021.json", "/api/v1/agreements/istanbul-2021"):
        answer = api.client.get(path)
        assert (answer.status_code, answer.json()["replaced_by"]) == (410, "istanbul-2020")


def test_an_unknown_id_is_answered_with_what_was_probably_meant(api: Api) -> None:
    page = read(api, "/r/istanbul-2002", 404)
    assert "The register has no record “istanbul-2002”." in page.said()
    assert f"{BASE}/r/istanbul-2020" in set(page.links())
    assert "<b>" not in read(api, "/r/%3Cb%3Ex", 404).text
    answer = api.client.get("/r/istanbul-2002", headers={"accept": "application/json"})
    assert answer.headers["content-type"] == "application/problem+json"
    assert "istanbul-2020" in answer.json()["did_you_mean"]
    for path in ("/r/a/b", "/r/istanbul.pdf", "/r/a%0Ab", "/r/istanbul-2020.csv"):
        read(api, path, 404)
    for path in ("/r/nothing.bib", "/r/hurriyet.json"):
        assert api.client.get(path).headers["content-type"] == "application/problem+json"


def test_what_cannot_be_understood_is_told_on_a_page(api: Api) -> None:
    page = read(api, "/r/istanbul?as_off=2022-03-01&horizon=x", 422)
    facts = page.facts()
    assert facts["as_off"] == [
        "There is no such parameter here. Probably meant: as_of Allowed: as_of, horizon, version"
    ]
    assert "whole number" in facts["horizon = x"][0]
    read(api, "/r/istanbul?version=0123456789ab", 410)
    assert api.client.post("/r/istanbul").status_code == 405


def test_a_register_that_is_missing_is_told_on_a_page(tmp_path: Path) -> None:
    page = read(Api(tmp_path / "nothing.duckdb"), "/r/", 503)
    assert "cannot be read at the moment" in page.said()
    assert str(tmp_path) not in page.text


# --- caches and forms -----------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "all_sources", "istanbul", "istanbul-2020.bib", "hurriyet"])
def test_who_has_a_page_already_is_told_so(api: Api, path: str) -> None:
    first = api.client.get(f"/r/{path}")
    again = api.client.get(f"/r/{path}", headers={"if-none-match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first.headers["cache-control"] == "public, max-age=0, s-maxage=1"
    head = api.client.head(f"/r/{path}")
    # Each request has an id of its own.
    assert head.headers.pop("x-request-id") != first.headers.pop("x-request-id")
    assert (head.content, {**head.headers}) == (b"", {**first.headers})
    pinned = f"/r/{path}?version={api.store.current().name}&{ON_DAY}"
    assert "immutable" in api.client.get(pinned).headers["cache-control"]
    assert api.client.get(f"/r/{path}?{ON_DAY}").headers["etag"] != first.headers["etag"]


def test_pages_are_compressed_and_let_nothing_run_in_them(api: Api) -> None:
    answer = api.client.get("/r/istanbul-2020")
    assert answer.headers["content-encoding"] == "gzip"
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert api.client.get("/r/static/style.css").headers["content-type"].startswith("text/css")


def test_a_record_has_the_same_document_as_in_the_api(api: Api) -> None:
    for name, path in (("istanbul", "partners/istanbul"), ("anhui-2018", "agreements/anhui-2018")):
        for form in ("json", "yaml"):
            ours = api.client.get(f"/r/{name}.{form}?{ON_DAY}")
            assert ours.content == api.get(f"/{path}.{form}?{ON_DAY}").content
    asked = {"accept": "application/x-bibtex"}
    by_accept = api.client.get("/r/istanbul", headers=asked)
    assert by_accept.content == api.client.get("/r/istanbul.bib").content
    read(api, "/r/istanbul", accept="text/html,application/xhtml+xml,*/*;q=0.8")


# --- for search engines ---------------------------------------------------------------------


def graph(page: Page) -> Graph:
    """The page's linked data as triples; the words of schema.org are not fetched."""
    data = page.linked_data()
    assert data.pop("@context") == "https://schema.org"
    data["@context"] = {"@vocab": str(SCHEMA)}
    return Graph().parse(data=json.dumps(data), format="json-ld")


def test_an_agreement_as_linked_data(real_api: Api) -> None:
    page = read(real_api, "/r/istanbul-2024-protocol")
    found = graph(page)
    agreement = URIRef(f"{page.address}#agreement")
    assert (URIRef(page.address), SCHEMA.mainEntity, agreement) in found
    assert (agreement, RDF.type, SCHEMA.CreativeWork) in found
    # As exact as the sources: no day of signing is stated.
    assert found.value(agreement, SCHEMA.dateCreated) == Literal("2024-09")
    assert found.value(agreement, SCHEMA.temporalCoverage) == Literal("2024/2027")
    place = found.value(agreement, SCHEMA.spatialCoverage)
    assert found.value(place, SCHEMA.sameAs) == Literal("https://www.geonames.org/745044")
    assert len(set(found.objects(URIRef(page.address), SCHEMA.citation))) == 7


def test_no_linked_date_is_more_certain_than_its_source(api: Api, real_api: Api) -> None:
    doubtful = read(real_api, "/r/seoul-2001-joint-statement").linked_data()["mainEntity"]
    assert "dateCreated" not in doubtful
    # Three years from an unknown day, and no stated end.
    assert "temporalCoverage" not in read(api, "/r/tehran-2015").linked_data()["mainEntity"]
    assert "temporalCoverage" not in read(api, "/r/beijing-1995").linked_data()["mainEntity"]


def test_a_partner_as_linked_data(api: Api) -> None:
    city = read(api, "/r/istanbul").linked_data()["mainEntity"]
    assert city["@type"] == "City"
    assert city["alternateName"] == ["İstanbul", {"@value": "Стамбул", "@language": "ru"}]
    assert read(api, "/r/anhui").linked_data()["mainEntity"]["@type"] == "AdministrativeArea"


def test_the_sitemap_has_every_page_with_the_day_of_the_build(real_api: Api) -> None:
    answer = real_api.client.get("/sitemap.xml")
    assert answer.headers["content-type"] == "application/xml"
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ElementTree.fromstring(answer.text)
    assert root.tag == f"{space}urlset"
    assert {part.tag for page in root for part in page} == {f"{space}loc", f"{space}lastmod"}
    found = [page.findtext(f"{space}loc") for page in root]
    assert found == [f"{BASE}/r/{name}" for name in ("", "all_sources")] + found[2:]
    assert sorted(map(str, found[2:])) == sorted(f"{BASE}/r/{name}" for name in names(real_api))
    built = str(real_api.store.current().place).rsplit("-", 1)[1][:8]
    (day,) = {page.findtext(f"{space}lastmod") for page in root}
    assert str(day).replace("-", "") == built
    robots = real_api.client.get("/robots.txt").text
    assert f"Sitemap: {BASE}/sitemap.xml\n" in robots


def test_a_database_of_another_name_has_no_day_in_the_sitemap(known: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(known.read_bytes())
    assert "lastmod" not in Api(copy).client.get("/sitemap.xml").text
