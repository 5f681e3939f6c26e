"""Plain pages of a register too large for one page: lists go on, and what is left out is said."""

from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from api.plain import sitemap
from etl.publish import build
from register.finding import ids
from tests.api.conftest import Api
from tests.api.reading import BASE, read, words
from tests.conftest import Register

PARTNERS, OF_ONE = 204, 210


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Api:
    """Ljubljana with 210 agreements and 204 cities with one, all of which one source states."""
    register = Register()
    for number in range(OF_ONE):
        signed = f"{1960 + number % 60}"
        register.agreement(f"of-{number:03}", title=f"Programme {number:03}", signed_on=signed)
    for number in range(PARTNERS):
        city = register.partner(f"city-{number:03}")
        register.agreement(f"tie-{number:03}", partner_id=city, signed_on="2000")
    folder = tmp_path_factory.mktemp("many")
    return Api(build(register.write(folder / "register"), folder / "build"))


def links(api: Api, path: str) -> list[str]:
    return [link.rpartition("/r/")[2] for link in read(api, path).links() if "/r/" in link]


def addresses(xml: str) -> list[str | None]:
    return [one.text for one in ElementTree.fromstring(xml).iter() if one.tag.endswith("}loc")]


def test_the_list_of_partners_goes_on_and_every_partner_is_in_it_once(many: Api) -> None:
    first, second = read(many, "/r/"), read(many, "/r/partners_2")
    names = [words(heading) for page in (first, second) for heading in page.all("h3")]

    assert len(first.all("h3")) == 200
    assert len(set(names)) == len(names) == PARTNERS + 1
    assert "Partners 1 to 200 of 205." in words(first.root)
    assert "Partners 201 to 205 of 205." in words(second.root)
    assert "partners_2" in links(many, "/r/")
    assert "" in links(many, "/r/partners_2")
    assert "160 more agreements: the page of the partner." in words(second.root)
    assert many.client.get("/r/partners_3").status_code == 404


def test_the_pages_of_one_partner_and_of_one_source_say_that_they_have_a_part(many: Api) -> None:
    partner, source = read(many, "/r/ljubljana"), read(many, "/r/city-hall")

    assert "The first 200 of 210, by their begin" in words(partner.root)
    assert "of-000" in links(many, "/r/ljubljana")
    assert f"The first 200 of {PARTNERS + OF_ONE} records" in words(source.root)
    assert "The first" not in words(read(many, "/r/city-007").root)


def test_a_map_too_long_for_the_protocol_is_one_of_parts(
    many: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MOST", 250)
    parts = [f"/sitemap_{number}.xml" for number in (1, 2, 3)]
    found = [addresses(many.client.get(part).text) for part in parts]

    # Three pages of lists, 205 partners, 414 agreements and one source.
    assert [len(part) for part in found] == [250, 250, 123]
    known = many.store.current().ask(ids)
    records = [one for table in ("partners", "agreements", "sources") for one in known[table]]
    assert [address for part in found for address in part] == [
        f"{BASE}/r/{name}" for name in ("", "partners_2", "all_sources", *records)
    ]
    assert many.client.get("/sitemap_4.xml").status_code == 404


def test_the_map_of_parts_names_them(many: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MOST", 251)
    parts = addresses(many.client.get("/sitemap.xml").text)

    assert [urlsplit(part or "").path for part in parts] == [
        f"/sitemap_{number}.xml" for number in (1, 2, 3)
    ]
    assert (parts[0] or "").startswith(BASE)
