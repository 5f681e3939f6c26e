"""Text is text: one module says how it is drawn, every element goes through it, every chart too."""

import ast
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit

from dashboard import elements
from etl.publish import build
from register.markup import Markdown, address, code, for_chart, for_file, link
from tests import hostile
from tests.dashboard.conftest import ROOT, OpenPage, as_read

MODULES = sorted([*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "pages").glob("*.py")])

AS_THEY_ARE = {
    # Their text is drawn as it is.
    *("code", "dataframe", "plotly_chart"),
    # What they take is literal, as the tests below say.
    *("column_config", "html", "tabs"),
    # They draw no text.
    *("Page", "columns", "container", "context", "fragment", "grid", "navigation", "pagination"),
    *("query_params", "rerun", "session_state", "set_page_config", "sidebar", "stop"),
    "switch_page",
}
"""What the pages may use of Streamlit as it is."""


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Every call, with what is called as it is written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def parsed(*but: str) -> Iterator[tuple[str, ast.Module]]:
    for path in MODULES:
        if path.name not in but:
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


# Forgetting it is an error here.


WITHOUT_ELEMENTS = ("file_util", "proto", "runtime", "web")


def test_no_page_takes_elements_from_streamlit_itself() -> None:
    found = [
        (path, name)
        for path, tree in parsed("elements.py", "store.py")
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        if name.split(".")[0] == "streamlit"
        and not name.startswith(tuple(f"streamlit.{part}" for part in WITHOUT_ELEMENTS))
    ]

    assert found == []


def names_of(ours: bool) -> set[str]:
    """What ``elements`` has under a name of Streamlit's: made here, or as it is."""
    theirs = vars(streamlit)
    return {
        name
        for name, element in vars(elements).items()
        if name in theirs and not name.startswith("__") and name != "streamlit"
        if (element is not theirs[name]) is ours
    }


def test_every_element_that_pages_draw_takes_its_text_as_text() -> None:
    assert names_of(ours=False) == AS_THEY_ARE
    assert {"markdown", "caption", "button", "selectbox", "table", "dialog"} <= names_of(ours=True)


def test_no_element_is_drawn_past_them_from_a_container() -> None:
    drawing = names_of(ours=True) - {"title"}  # which a string has too
    found = [
        (path, called)
        for path, tree in parsed("elements.py")
        for called, _ in calls(tree)
        for container, _, name in [called.rpartition(".")]
        if name in drawing and container not in ("", "st")
    ]

    assert found == []


def test_markdown_is_made_of_literals_alone() -> None:
    found = [
        (path, ast.unparse(call))
        for path, tree in parsed("markup.py")
        for called, call in calls(tree)
        if called == "Markdown" and not all(isinstance(arg, ast.Constant) for arg in call.args)
    ]

    assert found == []


def test_the_names_of_tabs_are_literals() -> None:
    found = [
        ast.unparse(part)
        for _, tree in parsed("elements.py")
        for called, call in calls(tree)
        if called == "st.tabs" and isinstance(call.args[0], ast.List)
        for part in call.args[0].elts
    ]

    assert found == ["'SQL'", "'Python'", "'R'"]


def test_no_html_and_no_note_of_a_column_is_made_of_data() -> None:
    html_calls = {
        (path, ast.unparse(call.args[0]))
        for path, tree in parsed("elements.py")
        for called, call in calls(tree)
        if called == "st.html"
    }
    interpreted = [
        (path, ast.unparse(call))
        for path, tree in parsed("elements.py")
        for _, call in calls(tree)
        for word in call.keywords
        if (word.arg or "").startswith("unsafe_allow")
    ]
    of_columns = [
        (path, ast.unparse(call))
        for path, tree in parsed("elements.py")
        for called, call in calls(tree)
        if called.startswith("st.column_config.")
        for part in [*call.args, *(word.value for word in call.keywords if word.arg == "help")]
        if not (isinstance(part, ast.Constant) or ast.unparse(part).startswith("Markdown.escape("))
    ]

    assert of_columns == []
    assert interpreted == []
    # Files and constants, the width of a chart, and the numbers of the parts of a bar.
    assert {path for path, argument in html_calls if "{" in argument} == {
        "dashboard/sections/headline.py",
        "dashboard/view.py",
    }


# What the module does. That a reader sees just this is tested in the browser.


@pytest.mark.parametrize("text", hostile.texts("http://127.0.0.1:9"))
def test_a_text_reads_as_it_was(text: str) -> None:
    assert as_read(Markdown.escape(text)) == text
    assert as_read(Markdown("**{}**, {}").format(text, text)) == f"**{text}**, {text}"


def test_an_ordinary_sentence_has_no_signs_in_the_way() -> None:
    sentence = (
        "1 agreement with Sankt-Peterburg (Russia), 3.5 % - about 'half', as of 1 March 2022."
    )

    assert Markdown.escape(sentence) == sentence


def test_what_is_markdown_already_is_left_alone() -> None:
    bold = Markdown("**{}**").format("a*b")

    assert bold == r"**a\*b**"
    assert Markdown.escape(bold) == bold
    assert Markdown("; ").join([bold, "c*"]) == r"**a\*b**; c\*"


@pytest.mark.parametrize(
    ("url", "led_to"),
    [
        ("https://example.org/a?b=1&c=(2)#d", "https://example.org/a?b=1&c=(2)#d"),
        ("https://example.org/ä b", "https://example.org/%C3%A4%20b"),
        ('http://x.y/>)![i](http://q/i.png)"`\\', "http://x.y/%3E)![i](http://q/i.png)%22%60%5C"),
        ("https://example.org/%20", "https://example.org/%20"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("//example.org", None),
        ("https://[", None),
        (None, None),
    ],
)
def test_a_link_leads_to_the_web_and_ends_where_its_address_ends(
    url: str | None, led_to: str | None
) -> None:
    assert address(url) == led_to
    drawn = link("a]b", url)
    if led_to is None:
        assert drawn == r"a\]b"
    else:
        label, target = re.fullmatch(r"\[(.*)\]\(<([^<>\s\\]*)>\)", drawn).groups()  # type: ignore[union-attr]
        assert label == r"a\]b"
        assert html.unescape(target) == led_to


def test_a_name_of_the_database_is_code_and_nothing_else_is() -> None:
    assert code("agreement_areas") == "`agreement_areas`"
    assert code("`x` *y*") == r"\`x\` \*y\*"


def test_a_chart_keeps_quotes_and_loses_tags() -> None:
    assert for_chart("\"a\" 'b' <b>c</b> &amp;") == "\"a\" 'b' &lt;b&gt;c&lt;/b&gt; &amp;amp;"


def test_a_file_of_markdown_has_text_too() -> None:
    assert for_file("![x](y) a|b *c*\n# d") == r"\!\[x\](y) a\|b \*c\* \# d"


# Charts: whatever a figure writes, of any page.


WRITTEN = ("text", "hovertext", "ticktext", "name", "title")


def written(figure: object) -> Iterator[str]:
    """Each text that a figure draws; Plotly reads tags in all of them."""
    if isinstance(figure, dict):
        for name, value in figure.items():
            drawn = value if isinstance(value, list) else [value]
            if name in WRITTEN:
                yield from (text for text in drawn if isinstance(text, str))
            yield from written(value)
    elif isinstance(figure, list):
        for part in figure:
            yield from written(part)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    register = hostile.register("http://127.0.0.1:9")
    return build(register.write(folder / "register"), folder / "build")


OF_A_SERIES = '<span style="color:[^"<>]+">■</span>'
"""The sign in the colour of a series, before what a chart says of it."""


@pytest.mark.parametrize(
    ("page", "parameters", "least"),
    [
        ("overview", {}, 25),
        ("timeline", {}, 25),
        ("areas", {}, 25),
        ("validity", {"section": "next"}, 10),
        ("partner", {"city": "many"}, 25),
    ],
)
def test_no_chart_has_a_tag_or_a_sign_that_a_text_brought(
    page: str, parameters: dict[str, str], least: int, attacked: Path, open_page: OpenPage
) -> None:
    app = open_page(page, attacked, as_of="2022-03-01", **parameters)

    figures = [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]
    lines = [
        line.replace("\u00a0", " ").strip()
        for text in written(figures)
        for line in re.sub(f"</?b>|{OF_A_SERIES}", "", text).split("<br>")
    ]
    assert [line for line in lines if re.search(r"[<>]|&(?!amp;|lt;|gt;)", line)] == []
    read = {html.unescape(line) for line in lines}
    texts = hostile.texts("http://127.0.0.1:9")
    found = [text for text in texts if any(text in line for line in read)]
    assert len(found) >= least
