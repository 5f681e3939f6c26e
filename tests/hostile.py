"""A register whose every text is one that some program would read as more than text."""

from tests.conftest import Register

WORD = "x" * 500


def texts(canary: str) -> list[str]:
    """Texts that would draw, load, run, link or reckon something, were they read as such.

    Args:
        canary: the address of a server that nobody may ask for anything.
    """
    return [
        f"![image]({canary}/markdown.png)",
        f"<img src={canary}/html.png onerror=alert(1)>",
        f"<script src={canary}/s.js></script><iframe src={canary}/i></iframe>",
        f"<a href={canary}/a>a</a> <b>b</b> <sub>c</sub><br>d",
        f"[link]({canary}/link) [x](javascript:alert(1)) <{canary}/auto>",
        f"{canary}/bare and www.example.org and a.b@example.org",
        "$$\\int_0^1 x$$ and $x^2$",
        ":material/home: and :material_home: and :streamlit: and :smile:",
        ":red[x] and :small[y] and :blue-badge[z] and :color[a]{foreground=red}",
        "-> a <- b <-> c -- d >= e <= f ~= g ->",
        "*a* **b** _c_ `d` ~~e~~ snake_case_word",
        "# heading #",
        "1. one",
        "- list",
        "> quote",
        "--- a",
        "| a | b |",
        "[^1] [ ] [reference]",
        "=1+1;=2+2",
        "&amp; &lt;b&gt; &#65; %{x} \"double\" 'single'",
        "C:\\new\\table \\* \\",
        '["c", "d"]',
        "Москва – تهران عن القاهرة",
        "👍 emoji",
        WORD,
    ]


def register(canary: str) -> Register:
    """A partner for each text, and one, ``all``, whose every field is all of them in a row.

    The partner ``many`` has an agreement for each text, on an area of that name, from a source of
    that publisher. The days are such that each page has something to show on 1 March 2022.
    """
    hostile = texts(canary)
    everything = " ".join(hostile)
    made = Register()
    made.partner("many", name="Many", country_code="SI", latitude="46", longitude="14")
    made.partner("all", name=everything, name_native=everything + " own", country_code="SI")
    made.partner_name(everything + " too", language="en", partner_id="all")
    for number, text in enumerate(hostile):
        place = {"latitude": str(50 + number), "longitude": str(60 + 3 * number)}
        made.partner(f"p{number}", name=text, country_code="RU", **place)
        made.area(f"area{number}", name=text, definition=text)
        made.source(
            f"source{number}",
            publisher=text,
            origin=text,
            url=f"https://e.example/{number}?a&lt;$1",
        )
        made.agreement(
            f"own{number}", partner_id=f"p{number}", title=text, signed_on="2020-01-15",
            valid_to="2022-06-30", signed_in=text, note=text,
        )  # fmt: skip
        made.statement(f"own{number}", "signed_in", text + " or elsewhere", f"source{number}")
        made.agreement(f"many{number}", partner_id="many", title=text, signed_on="2019-02-03")
        made.label(
            text, agreement_id=f"many{number}", area_id=f"area{number}", source_id=f"source{number}"
        )
    made.agreement(
        "everything",
        partner_id="all",
        signed_on="2018-05-06",
        valid_to="2021",
        title=everything,
        note=everything,
        signed_in=everything,
        moscow_signatory=everything,
        partner_signatory=everything,
    )
    made.source("everything", publisher=everything, origin=everything + " origin")
    made.statement("everything", "signed_in", everything + " or elsewhere", "everything")
    made.label(everything, agreement_id="everything", area_id="area0", source_id="everything")
    made.event(
        "suspended", "2021-04-05", partner_id="all", agreement_id="everything", note=everything
    )
    return made
