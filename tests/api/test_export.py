"""The export: the server's own answers as files, all or nothing."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from click.testing import CliRunner, Result
from starlette.applications import Starlette
from starlette.testclient import TestClient

from api.__main__ import main
from api.export import writing
from api.site import routes
from register.store import Store
from tests.api.reading import Page
from tests.conftest import Register

Publish = Callable[[Register], Path]

BASE = "https://register.example/moscow"
DASHBOARDS = ("agreement", "partner", "sources", "propose", "")
"""The pages of the dashboard that links lead to: they are no part of the export."""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["export", *arguments])


@pytest.fixture(scope="module")
def exported(known: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the known register."""
    target = tmp_path_factory.mktemp("export") / "site"
    writing.export(Store(known), target, BASE)
    return target


@pytest.fixture(scope="module")
def server(known: Path) -> TestClient:
    """The server behind the address for which the export is made."""
    return TestClient(Starlette(routes=routes(Store(known))), f"{BASE}/", root_path="/moscow")


def found(folder: Path, address: str) -> Path | None:
    """The file of an address, as the rule in docs/plain-pages.md finds it."""
    asked = urlsplit(address)
    path = asked.path.removeprefix("/moscow/")
    stem, dot, suffix = path.rpartition(".") if "." in path else (path, "", "")
    question = f"@{asked.query}" if asked.query else ""
    names = [f"{stem}{question}{dot}{suffix}"]
    if not dot:
        names = [f"{stem}{question}.html", f"{stem}{question}.json"]
        names += [f"{stem}index.html", f"{stem}index.json"] if stem[-1:] in ("/", "") else []
    return next((folder / name for name in names if (folder / name).is_file()), None)


@pytest.mark.parametrize(
    "address",
    [
        *("/r/", "/r/all_sources", "/r/istanbul", "/r/istanbul-2020", "/r/hurriyet"),
        *("/r/istanbul.json", "/r/istanbul-2020.yaml", "/r/hurriyet.bib", "/r/istanbul.ris"),
        *("/sitemap.xml", "/robots.txt", "/r/static/style.css"),
        *("/api/v1/agreements.csv", "/api/v1/agreements.csv?status=in_force"),
        *("/api/v1/agreements.parquet?city=istanbul", "/api/v1/counts/area.csv"),
        *("/api/v1/agreements", "/api/v1/events.json?city=tehran", "/api/v1/areas"),
        *("/api/v1/agreements/istanbul-2020", "/api/v1/partners/anhui.yaml"),
        *("/api/v1/events/event-2", "/api/v1/", "/api/v1/docs", "/api/v1/openapi.json"),
        *("/feeds/expiring.ics", "/feeds/events.atom?city=istanbul", "/feeds/changes.atom"),
    ],
)
def test_a_file_has_the_bytes_of_the_server(
    exported: Path, server: TestClient, address: str
) -> None:
    file = found(exported, f"/moscow{address}")
    assert file is not None
    answer = server.get(address.lstrip("/"))
    assert answer.status_code == 200
    assert file.read_bytes() == answer.content


def test_every_link_of_the_export_leads_to_a_file(exported: Path) -> None:
    files = sorted(exported.glob("r/*.html"))
    assert len(files) == 2 + 11 + 5 + 3
    for file in files:
        name = "" if file.stem == "index" else file.stem
        page = Page(file.read_text(encoding="utf-8"), f"{BASE}/r/{name}")
        for link in page.links():
            if not link.startswith(f"{BASE}/"):
                assert urlsplit(link).netloc != urlsplit(BASE).netloc
                continue
            path = urlsplit(link).path.removeprefix("/moscow/")
            assert path in DASHBOARDS or found(exported, link), link


def test_addresses_that_have_to_be_whole_begin_where_readers_find_it(exported: Path) -> None:
    sitemap = (exported / "sitemap.xml").read_text(encoding="utf-8")
    assert f"<loc>{BASE}/r/istanbul-2020</loc>" in sitemap
    text = (exported / "r" / "istanbul-2020.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{BASE}/r/istanbul-2020">' in text
    assert urljoin(f"{BASE}/r/istanbul-2020", "./static/style.css") == f"{BASE}/r/static/style.css"


def test_a_list_is_whole_in_json_too(exported: Path) -> None:
    for name in ("agreements", "sources"):
        listed = json.loads((exported / f"api/v1/{name}.json").read_bytes())
        assert (listed["next"], listed["shown"]) == (None, listed["total"])


def test_an_export_again_switches_the_link_and_leaves_nothing_behind(
    publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register, target = Register(), tmp_path / "public" / "site"
    monkeypatch.setenv("PARTNERSHIPS_DATABASE", str(publish(register)))
    first = run(str(target), "--base-url", BASE)
    assert (first.exit_code, f"files in {target}" in first.output) == (0, True)
    before = target.resolve()
    assert "Oslo" not in (target / "r/index.html").read_text(encoding="utf-8")

    register.partner("oslo", name="Oslo", country_code="NO")
    publish(register)
    assert run(str(target), "--base-url", f"{BASE}/").exit_code == 0
    assert "Oslo" in (target / "r/index.html").read_text(encoding="utf-8")
    assert set(os.listdir(target.parent)) == {target.name, target.resolve().name}
    assert not before.exists()


def test_what_has_several_pages_is_followed_to_its_end(
    known: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "site"
    monkeypatch.setattr(writing, "addresses", lambda _: ["/api/v1/agreements.json?limit=4"])
    assert writing.export(Store(known), target, BASE) == 3
    link, shown = f"{BASE}/api/v1/agreements.json?limit=4", 0
    while link:
        file = found(target, link)
        assert file is not None, link
        listed = json.loads(file.read_bytes())
        shown += listed["shown"]
        link = listed["next"] and urljoin(BASE, listed["next"])
    assert shown == 11


def test_an_export_that_fails_leaves_the_one_before(
    publish: Publish, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "public" / "site"
    store = Store(publish(Register()))
    writing.export(store, target, BASE)
    before = sorted(os.listdir(target.parent))
    monkeypatch.setattr(writing, "addresses", lambda _: ["/r/", "/r/nowhere"])
    with pytest.raises(writing.ExportFailed, match="/r/nowhere is answered with 404"):
        writing.export(store, target, BASE)
    assert sorted(os.listdir(target.parent)) == before
    assert (target / "r/ljubljana.html").is_file()


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("file", ["--base-url", BASE], "is a file"),
        ("full", ["--base-url", BASE], "is not empty"),
        ("elsewhere", ["--base-url", BASE], "is a link to something that is no export"),
        ("new", [], "Missing option '--base-url'"),
        ("new", ["--base-url", "register.example"], "such as https://register.example"),
        ("new", ["--base-url", "https://e.example/?a=b"], "such as https://register.example"),
        ("new", ["--base-url", "https://e.example:x"], "such as https://register.example"),
        ("file/below", ["--base-url", BASE], "cannot be written"),
    ],
)
def test_what_cannot_be_written_is_said_and_left_as_it_is(
    known: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.setenv("PARTNERSHIPS_DATABASE", str(known))
    (tmp_path / "file").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_text("mine")
    (tmp_path / "elsewhere").symlink_to("full")
    before = sorted(tmp_path.rglob("*"))
    result = run(str(tmp_path / name), *arguments)
    assert result.exit_code != 0
    assert said in result.output
    assert "Traceback" not in result.output
    assert isinstance(result.exception, SystemExit)
    assert sorted(tmp_path.rglob("*")) == before


def test_without_a_register_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTNERSHIPS_DATABASE", str(tmp_path / "nothing.duckdb"))
    result = run(str(tmp_path / "site"), "--base-url", BASE)
    assert (result.exit_code, os.listdir(tmp_path)) == (1, [])
    assert "database is missing" in result.output
