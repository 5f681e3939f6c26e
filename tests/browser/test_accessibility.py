"""No page has a serious or critical breach of WCAG 2.2 AA that axe-core finds."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import AS_OF, ROOT, NewPage, visit

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))
OWN = {"agreement": "&id=istanbul-2024-protocol"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", [*PAGES, "partner, compared"])
def test_no_serious_breach(new_page: NewPage, dashboard_url: str, page: str, scheme: str) -> None:
    name, _, compared = page.partition(",")
    window = new_page(color_scheme=scheme)
    path = "" if name == "overview" else name
    cities = "&city=istanbul" + ("&city=krakow" if compared else "")
    visit(window, f"{dashboard_url}/{path}?as_of={AS_OF}{cities}{OWN.get(name, '')}")
    for chart in window.locator(".js-plotly-plot").all():
        chart.locator(".main-svg").first.wait_for(state="attached")

    breaches = [
        (breach["id"], [node["html"] for node in breach["nodes"]])
        for breach in Axe().run(window).response["violations"]
        if breach["impact"] in {"serious", "critical"}
    ]
    assert breaches == []
