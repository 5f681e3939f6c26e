"""Whether something that was text has become more: a tag, a link, an icon, a formula."""

import re
from collections.abc import Iterable, Iterator

import html5lib
from google.protobuf.message import Message

from benchmarks.proof.promise import must

TAGS = ("<img src=http", "<script src=http", "<iframe src=http")
SIGNS = (
    *("![image](", "[link](", "[x](javascript:", "$$\\int", "~~e~~"),
    *(":streamlit:", ":smile:", ":red[x]", ":small[y]"),
)
"""Of ``tests.hostile`` what a text must not have where it is read as HTML, and as Markdown."""


def _any(*raw: str) -> re.Pattern[str]:
    """One of them without a backslash before it."""
    return re.compile(r"(?<!\\)(?:" + "|".join(map(re.escape, raw)) + ")")


IN_HTML, IN_MARKDOWN = _any(*TAGS), _any(*TAGS, *SIGNS)

AS_IT_IS = {"code", "text", "arrow_data_frame", "plotly_chart", "json", "exception"}
"""Elements whose text is drawn as it stands."""

MARKUP = {"body", "label", "help", "header", "caption"}
"""Fields of the others that are read as Markdown or HTML."""


def as_markup(element: Message) -> Iterator[str]:
    """All that an element has a browser read as more than text."""
    for field, value in element.ListFields():
        if field.name in AS_IT_IS:
            continue
        values = value if isinstance(value, Iterable) and not isinstance(value, str) else [value]
        for one in values:
            if isinstance(one, Message):
                yield from as_markup(one)
            elif isinstance(one, str) and field.name in MARKUP:
                yield one


def stays_text(elements: Iterable[Message], where: str) -> int:
    """See that no element draws something that a text has brought; how many texts there were.

    Raises:
        Broken: it does.
    """
    count = 0
    for element in elements:
        read = IN_HTML if element.WhichOneof("type") == "html" else IN_MARKDOWN
        for said in as_markup(element):
            found = read.findall(said)
            must(not found, f"{where}: {found} in {said[:500]!r}")
            count += 1
    return count


def is_page_of_text(content: str, canary: str, where: str) -> None:
    """See that an HTML page has no element and no link that a text has brought.

    Raises:
        Broken: it has.
    """
    root = html5lib.parse(content, namespaceHTMLElements=False)
    tags = {str(element.tag) for element in root.iter()}
    strange = tags & {"img", "iframe", "sub", "b", "svg", "object", "embed"}
    must(not strange, f"{where}: elements {strange}")
    for element in root.iter():
        for name, value in element.attrib.items():
            must(not str(name).startswith("on"), f"{where}: {name}={value}")
            if name in {"href", "src", "action"}:
                bad = value.strip().lower().startswith(("javascript:", "data:", canary))
                must(not bad, f"{where}: leads to {value}")
