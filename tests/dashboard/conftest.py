"""A small register with numbers worked out by hand, and pages run without a browser."""

import html
import logging
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from io import StringIO
from pathlib import Path
from urllib.parse import parse_qs

import duckdb
import pandas as pd
import plotly.graph_objects as go
import pytest
import streamlit
from PIL import ImageFont
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import PageLink

from dashboard.charts import faults
from dashboard.charts.figure import Figure
from etl.publish import build
from register.builds import POINTER
from tests.conftest import Register
from tests.dashboard.uneven import uneven_register
from tests.large import of_many_agreements, of_many_partners

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = date(2022, 3, 1)
"""The day for which the numbers of the known register are worked out."""

ICON = re.compile(r"^:material/\w+: ")
OpenPage = Callable[..., AppTest]


def known_register() -> Register:
    """Eleven agreements: one of each status on DAY, and a second one that has expired.

    Windows on DAY (horizon 180, so that an end by 2022-08-28 is expiring):

    - ljubljana-2019: 2019-09-10 to 2021-12-31, expired
    - ljubljana-2022: 2022-01-15 to 2024-12-31, active, 1036 days left
    - istanbul-2010: from 2010-03-03, suspended 2021-12-01 (resumed 2022-05-01)
    - istanbul-2020: from 2020-05-31 (a day in May) to 2022-06-30, expiring, 121 days left
    - istanbul-2023: signed 2023-07-01, not yet known
    - beijing-1995: from 1995-05-16, no end stated; one source says 1992
    - beijing-2022: signed 2022-02-01 for 2023 to 2025, upcoming
    - tehran-2004: announced 2004-03-10, never signed
    - tehran-2015: reported 2015-11-18 for three years, expired about November 2018
    - anhui-2018: 2018-04-01 to 2023, terminated 2021-06-15
    - anhui-letter: undated
    """
    register = Register()
    register.area("transport", name="Transport", definition="Roads", cofog="04.5")
    register.area("tourism", name="Tourism", definition="Travel", cofog="04.7")
    register.source(
        "mos-ru", publisher="Mayor of Moscow", language="ru", url="https://mos.example/1"
    )
    register.source("hurriyet", publisher="Hürriyet", language="tr", published_on="2020-05")
    register.partner_name("Любляна")
    register.partner("istanbul", name="Istanbul", name_native="İstanbul", country_code="TR")
    register.partner_name("Стамбул", partner_id="istanbul")
    register.partner("beijing", name="Beijing", name_native="北京市", country_code="CN")
    register.partner("tehran", name="Tehran", name_native="تهران", country_code="IR")
    register.partner("anhui", name="Ānhuī", kind="region", country_code="CN")

    register.list_mention("Istanbul", country_code="TR", partner_id="istanbul", outcome="found")
    register.list_mention("Maribor")

    register.agreement(
        "ljubljana-2019",
        title="First programme",
        signed_on="2019-09-10",
        valid_from="2019",
        valid_to="2021",
        moscow_signatory="Sergei Cheremin (Minister)",
    )
    # Says the same less exactly: no disagreement.
    register.statement("ljubljana-2019", "signed_on", "2019-09", "mos-ru")
    register.agreement(
        "ljubljana-2022",
        title="Second programme",
        signed_on="2022-01-15",
        valid_from="2022",
        valid_to="2024",
        follows="ljubljana-2019",
    )
    register.agreement(
        "istanbul-2010", partner_id="istanbul", instrument="agreement", signed_on="2010-03-03"
    )
    register.agreement(
        "istanbul-2020",
        partner_id="istanbul",
        instrument="protocol",
        signed_on="2020-05",
        valid_to="2022-06-30",
    )
    register.agreement(
        "istanbul-2023",
        partner_id="istanbul",
        instrument="roadmap",
        signed_on="2023-07-01",
        valid_to="2025",
    )
    register.agreement(
        "beijing-1995", partner_id="beijing", instrument="twinning", signed_on="1995-05-16"
    )
    register.statement("beijing-1995", "signed_on", "1992", "mos-ru")
    register.agreement(
        "beijing-2022",
        partner_id="beijing",
        signed_on="2022-02-01",
        valid_from="2023",
        valid_to="2025",
    )
    register.agreement("tehran-2004", partner_id="tehran", instrument="twinning")
    register.agreement(
        "tehran-2015",
        partner_id="tehran",
        instrument="memorandum",
        moscow_party="department",
        reported_on="2015-11-18",
        term="P3Y",
    )
    register.agreement(
        "anhui-2018",
        partner_id="anhui",
        instrument="agreement",
        moscow_party="city_duma",
        signed_on="2018-04-01",
        valid_to="2023",
    )
    register.agreement("anhui-letter", partner_id="anhui", instrument="letter_of_intent")

    register.event("announced", "2004-03-10", partner_id="tehran", agreement_id="tehran-2004")
    register.event("terminated", "2021-06-15", partner_id="anhui", agreement_id="anhui-2018")
    register.event("suspended", "2021-12-01", partner_id="istanbul", agreement_id="istanbul-2010")
    register.event("resumed", "2022-05-01", partner_id="istanbul", agreement_id="istanbul-2010")
    register.event("renewed", "2019-05", partner_id="tehran")

    register.label("kultura", agreement_id="ljubljana-2019", language="sl")
    register.label("культура", agreement_id="ljubljana-2019", language="ru", source_id="mos-ru")
    register.label("promet", agreement_id="ljubljana-2019", area_id="transport", language="sl")
    register.label("kultura", agreement_id="ljubljana-2022", language="sl")
    register.label(
        "ulaşım",  # noqa: RUF001
        agreement_id="istanbul-2020",
        area_id="transport",
        language="tr",
        source_id="hurriyet",
    )
    register.label(
        "turizm",
        agreement_id="istanbul-2020",
        area_id="tourism",
        language="tr",
        source_id="hurriyet",
    )
    register.label("tourism", agreement_id="anhui-2018", area_id="tourism")
    return register


def plotly(figure: Figure) -> go.Figure:
    """The chart as Plotly has it, which refuses any value that it does not know."""
    return go.Figure(figure.data, figure.layout)


@pytest.fixture(autouse=True)
def every_chart_is_drawn() -> Iterator[None]:
    """A page says what its chart leaves out and stands: without this no test would notice."""
    text = StringIO()
    handler = logging.StreamHandler(text)
    faults.log.addHandler(handler)
    yield
    faults.log.removeHandler(handler)
    assert not text.getvalue()


@pytest.fixture(scope="session", autouse=True)
def components_are_looked_for_once() -> Iterator[None]:
    """Streamlit reads what each installed package says of itself, anew for each page of a test."""
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(scope="session")
def known(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the known register."""
    folder = tmp_path_factory.mktemp("known")
    return build(known_register().write(folder / "register"), folder / "build")


@pytest.fixture(scope="session")
def cursor(known: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the known register."""
    with duckdb.connect(known, read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published register of more than a thousand partners, see ``tests.large``."""
    folder = tmp_path_factory.mktemp("large")
    return build(of_many_partners().write(folder / "register"), folder / "build")


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published register of thousands of agreements, see ``tests.large``."""
    folder = tmp_path_factory.mktemp("many")
    return build(of_many_agreements().write(folder / "register"), folder / "build")


@pytest.fixture(scope="session")
def uneven(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of the uneven register."""
    folder = tmp_path_factory.mktemp("uneven")
    return build(uneven_register().write(folder / "register"), folder / "build")


@pytest.fixture(scope="session")
def real(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the real register."""
    with duckdb.connect(published, read_only=True) as connection:
        yield connection


@pytest.fixture
def publish(tmp_path: Path) -> Callable[[Register], Path]:
    """Publish a register in the test's folder, once or again; the path is the pointer's."""

    def publish_register(register: Register) -> Path:
        build(register.write(tmp_path / "register"), tmp_path / "build")
        return tmp_path / "build" / POINTER

    return publish_register


@pytest.fixture
def open_page(monkeypatch: pytest.MonkeyPatch) -> OpenPage:
    """Open a page of the dashboard over a database, with an address's parameters.

    All filters are drawn, as if "More filters" had been opened.
    """

    def run(page: str, database: Path, /, **address: str | list[str]) -> AppTest:
        monkeypatch.setenv("PARTNERSHIPS_DATABASE", str(database))
        app = AppTest.from_file(ROOT / "dashboard" / "main.py", default_timeout=30)
        app.session_state["more_filters"] = True
        app.query_params.update(address)
        return app.switch_page(f"../pages/{page}.py").run()

    return run


@pytest.fixture(scope="session")
def font() -> ImageFont.FreeTypeFont:
    """The pages' font, a thousand pixels high."""
    media = Path(streamlit.__file__).parent / "static/static/media"
    (file,) = media.glob("SourceSansVF-Upright*.woff2")
    found = ImageFont.truetype(file, 1000)
    found.set_variation_by_axes([400])
    return found


def go_to(app: AppTest, page: str) -> AppTest:
    """Choose a page in the menu."""
    path = "" if page == "overview" else page
    (link, *_) = (item.proto for item in app.get("page_link") if item.proto.page == path)
    app.query_params.clear()
    for name, values in parse_qs(link.query_string).items():
        app.query_params[name] = values
    return app.switch_page(f"../pages/{page}.py").run()


def markup_of(app: AppTest) -> str:
    """All text of a page that is no chart and no data frame, as Markdown, a paragraph a line."""
    kinds = (app.title, app.subheader, app.markdown, app.caption, app.info, app.warning, app.error)
    lines = [str(element.value) for elements in kinds for element in elements]
    lines += [dialog.proto.dialog.title for dialog in app.get("dialog")]
    for table in app.table:
        lines += [" ".join(map(str, row)) for row in pd.DataFrame(table.value).to_numpy()]
    return "\n".join(lines)


def words_of(app: AppTest) -> str:
    """The same, as a reader sees it."""
    return as_read(markup_of(app))


def as_read(markup: str) -> str:
    """Markdown with the signs that are escaped in it as a reader sees them."""
    text = re.sub(r"&#(\d+);", lambda sign: chr(int(sign[1])), markup)
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text.replace(":small[]", ""))


NUMBER = re.compile(r"\[\[(\d+)\]\]\(#(?:drawer_)?source_\1\)")
"""A footnote's number, leading to the place of that number in the list of sources."""


def cells_of(app: AppTest, table: int = 0) -> list[list[str]]:
    """The rows of a table as a reader sees them, with the numbers of sources: ``2019 [1]``."""
    frame = pd.DataFrame(app.table[table].value)
    return [[NUMBER.sub(r"[\1]", as_read(str(cell))) for cell in row] for row in frame.to_numpy()]


def notes_of(app: AppTest) -> dict[str, str]:
    """The list of sources: each place in it with what stands there, a link before its address."""
    bodies = [element.proto.body for element in app.get("html")]
    (drawn,) = [body for body in bodies if body.startswith("<ol>")]
    items = re.findall('<li id="([^"]+)">(.*?)</li>', drawn)
    linked = r'<a href="([^"]+)"[^>]*>(.*?)</a>'
    return {place: html.unescape(re.sub(linked, r"\2 <\1>", said)) for place, said in items}


def page_links(app: AppTest) -> dict[str, tuple[str, dict[str, list[str]]]]:
    """The links to pages: what they say, with the page and the parameters of its address."""
    return {
        as_read(link.proto.label): (link.proto.page, parse_qs(link.proto.query_string))
        for link in app.get("page_link")
        if isinstance(link, PageLink)
    }


def areas_table(app: AppTest) -> pd.DataFrame:
    """The table of the Areas page, once it is opened."""
    (table,) = tables(opened(app, "areas_table"))
    return table


def opened(app: AppTest, key: str) -> AppTest:
    """The page once a reader has opened what has that key (``dashboard.tables.same``)."""
    app.session_state[key] = True
    return app.run()


def tables(app: AppTest) -> list[pd.DataFrame]:
    """The tables of a page, in which icons before a text are left out."""
    frames = [pd.DataFrame(table.value) for table in app.dataframe]
    return [
        frame.map(lambda cell: ICON.sub("", cell) if isinstance(cell, str) else cell)
        for frame in frames
    ]
