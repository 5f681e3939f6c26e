"""The dashboard's log tells of requests and runs, and of no reader."""

import json
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import serving, visit


def test_a_visit_is_logged_without_a_word_of_who_looked_for_what(
    page: Page, published: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with serving(published, log) as url:
        visit(page, f"{url}/timeline?q=needle&city=istanbul")
        page.goto("about:blank")
    # What Streamlit prints for whoever starts it is no log.
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    runs = [line for line in lines if line["message"] == "run"]
    requests = [line for line in lines if line["message"] == "request"]
    # The server opens its first page itself, before anybody comes.
    assert runs.pop(0)["page"] == "overview"
    assert {line["page"] for line in runs} == {"timeline"}
    assert {"/*", "/_stcore/host-config"} <= {line["route"] for line in requests}
    assert all(line["id"] for line in runs + requests)
    told = json.dumps(lines)
    for secret in ("needle", "istanbul", "127.0.0.1", "Mozilla", "Chrome"):
        assert secret not in told
