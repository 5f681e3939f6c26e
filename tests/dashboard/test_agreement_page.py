"""The page of one agreement: what it says, who says so, what it is tied to, where it leads."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from register import words
from register.frames import rows
from register.queries import record
from tests.conftest import Register
from tests.dashboard.conftest import (
    NUMBER,
    OpenPage,
    as_read,
    cells_of,
    go_to,
    known_register,
    notes_of,
    page_links,
    words_of,
)

Publish = Callable[[Register], Path]


@pytest.fixture(autouse=True)
def fresh_caches() -> Iterator[None]:
    """The caches live as long as the process: a test must not see another's."""
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


def tied_register() -> Register:
    """The known register with ties: the second programme of Ljubljana carries out a framework.

    Beijing and Tehran have records of one multilateral text; Istanbul's whole partnership ended on
    1 May 2021, according to one source a month later.
    """
    register = known_register()
    register.agreement("framework", title="Framework", instrument="agreement", signed_on="1996")
    register.rows["agreements"][1] |= {"implements": "framework"}
    for partner in ("beijing", "tehran"):
        register.agreement(
            f"{partner}-cities",
            partner_id=partner,
            title="Statement of the cities",
            instrument="joint_statement",
            multilateral_id="cities",
            signed_on="2020",
        )
    ended = register.event(
        "terminated", "2021-05-01", partner_id="istanbul", actor="partner", note="By decree."
    )
    register.statement(ended, "date", "2021-06-01", "hurriyet")
    register.statement(ended, "date", "2021", "mos-ru")
    return register


@pytest.fixture
def tied(publish: Publish) -> Path:
    return publish(tied_register())


def heading(app: AppTest) -> str:
    return str(app.title[0].value).replace("\\", "")


def box(app: AppTest) -> dict[str, str]:
    """The box of facts."""
    return dict(cells_of(app))


def test_the_record_is_there_with_its_status(known: Path, open_page: OpenPage) -> None:
    app = open_page("agreement", known, as_of="2022-03-01", id="ljubljana-2022")

    assert not app.exception
    assert heading(app) == "Ljubljana: Second programme"
    assert "Programme · Moscow Government with Ljubljana, Slovenia" in words_of(app)
    assert box(app) == {
        "**On 1 March 2022**": (
            "**Active, at most 1,036 days left.** The end is stated by sources."
        ),
        "**Period**": "2022 to 2024 [1]",
        "**Signed by**": "Moscow Government; Ljubljana, Slovenia",
        "**Areas**": "Culture",
    }


def test_who_signed_stands_in_the_box_once(known: Path, open_page: OpenPage) -> None:
    app = open_page("agreement", known, as_of="2022-03-01", id="ljubljana-2019")

    signed = box(app)["**Signed by**"]
    assert signed == "Moscow Government: Sergei Cheremin (Minister); Ljubljana, Slovenia [1]"
    assert words_of(app).count("Sergei Cheremin") == 1


def test_each_field_has_its_sources(known: Path, open_page: OpenPage) -> None:
    app = open_page("agreement", known, as_of="2022-03-01", id="ljubljana-2019")

    assert cells_of(app, 1)[0] == [
        "**Signed on**",
        "10 September 2019 **(chosen)** [1] · September 2019 (less exact) [2]",
    ]


def test_each_number_leads_to_its_source(known: Path, open_page: OpenPage) -> None:
    """Neither source has a date: they are in the order of their publishers."""
    app = open_page("agreement", known, as_of="2022-03-01", id="ljubljana-2019")

    assert notes_of(app) == {
        "source_1": "City of Ljubljana, no date on record, no address on record (Slovenian; "
        "official)",
        "source_2": "Mayor of Moscow, no date on record <https://mos.example/1> (Russian; "
        "official)",
    }
    drawn = as_read(str(pd.DataFrame(app.table[1].value).iloc[0, 1]))
    assert re.findall(r"\[\[(\d)\]\]\(#(\w+)\)", drawn) == [
        ("1", "source_1"),
        ("2", "source_2"),
    ]


def test_disagreement_is_shown_as_such(known: Path, open_page: OpenPage) -> None:
    app = open_page("agreement", known, as_of="2022-03-01", id="beijing-1995")

    assert cells_of(app, 1)[0] == [
        "**Signed on :orange-badge[sources disagree]**",
        "16 May 1995 **(chosen)** [1] · 1992 (differs) [2]",
    ]


def test_the_choice_is_marked_in_status_period_and_citation(
    known: Path, open_page: OpenPage
) -> None:
    app = open_page("agreement", known, as_of="2022-03-01", id="beijing-1995")

    assert box(app)["**On 1 March 2022**"].endswith(
        "Sources disagree on signed on: this follows the chosen version."
    )
    period = "signed 16 May 1995, no end stated (chosen; sources disagree) [1]"
    assert box(app)["**Period**"] == period
    assert "signed 16 May 1995 (chosen; sources disagree). In: " in app.main.code[-1].value

    # Nobody disagrees on the other one.
    app = open_page("agreement", known, as_of="2022-03-01", id="beijing-2022")
    assert "chosen" not in words_of(app)
    assert "chosen" not in app.main.code[-1].value


def test_areas_stand_in_the_sources_words(known: Path, open_page: OpenPage) -> None:
    app = open_page("agreement", known, as_of="2022-03-01", id="ljubljana-2019")

    assert cells_of(app, 2) == [
        ["**Culture**", "“kultura” (Slovenian) [1] · “культура” (Russian) [2]"],
        ["**Transport**", "“promet” (Slovenian) [1]"],
    ]


@pytest.mark.parametrize(
    ("agreement", "as_of", "status", "period", "basis"),
    [
        (
            "tehran-2015",
            "2016-06-01",
            "Active, about 900 days left",
            "reported 18 November 2015 to about November 2018 (from its length) [1]",
            "Sources state a length of 3 years, from which the end is counted; "
            "it is approximate, because the begin is not known to the day.",
        ),
        (
            "anhui-2018",
            "2022-03-01",
            "Terminated",
            "signed 1 April 2018 to 15 June 2021 (ended) [1]",
            "Ended by an event: terminated on 15 June 2021.",
        ),
        (
            "istanbul-2010",
            "2022-03-01",
            "Suspended",
            "signed 3 March 2010, no end stated [1]",
            "On hold by an event: suspended on 1 December 2021. "
            "No source states an end; this does not say that it is in force.",
        ),
        (
            "istanbul-2023",
            "2022-03-01",
            "Not yet known",
            "signed 1 July 2023 to 2025 [1]",
            "The end is stated by sources.",
        ),
    ],
)
def test_the_end_says_where_it_comes_from(
    agreement: str,
    as_of: str,
    status: str,
    period: str,
    basis: str,
    known: Path,
    open_page: OpenPage,
) -> None:
    app = open_page("agreement", known, as_of=as_of, id=agreement)

    (on_the_day, *_) = box(app).values()
    assert on_the_day == f"**{status}.** {basis}"
    assert box(app)["**Period**"] == period


def test_ties_lead_to_the_other_records(tied: Path, open_page: OpenPage) -> None:
    app = open_page("agreement", tied, as_of="2022-03-01", id="ljubljana-2022")
    assert "**Implements**" in words_of(app)
    assert "**Follows**" in words_of(app)
    day = {"as_of": ["2022-03-01"]}
    assert page_links(app)["Framework"] == ("agreement", {"id": ["framework"], **day})
    assert page_links(app)["First programme"] == ("agreement", {"id": ["ljubljana-2019"], **day})
    assert page_links(app)["All on Ljubljana"] == ("partner", {"city": ["ljubljana"], **day})

    app = open_page("agreement", tied, as_of="2022-03-01", id="ljubljana-2019")
    assert "**Followed by**" in words_of(app)

    app = open_page("agreement", tied, as_of="2022-03-01", id="framework")
    assert "**Implemented by**" in words_of(app)
    # Of the other agreements of the partner by date.
    assert "→ Next: First programme" in page_links(app)
    assert not [label for label in page_links(app) if "Previous" in label]

    app = open_page("agreement", tied, as_of="2022-03-01", id="beijing-cities")
    assert "**The same text with other partners**" in words_of(app)
    assert page_links(app)["Tehran: Statement of the cities"][1]["id"] == ["tehran-cities"]


def test_events_of_the_agreement_and_of_the_whole_partnership(
    tied: Path, open_page: OpenPage
) -> None:
    app = open_page("agreement", tied, as_of="2022-03-01", id="istanbul-2020")

    assert [event.value for event in app.subheader] == ["Terminated on 1 May 2021 by Istanbul"]
    assert "By decree." in words_of(app)
    assert "1 May 2021 **(chosen)** [2] · 2021 (less exact) [3] · 1 June 2021 (differs) [1]" in (
        NUMBER.sub(r"[\1]", words_of(app))
    )
    assert notes_of(app)["source_1"].startswith("Hürriyet, May 2020")

    # Before the day it has not happened.
    app = open_page("agreement", tied, as_of="2021-04-30", id="istanbul-2020")
    assert not app.subheader


def test_a_citation_names_partner_title_date_version_and_address(
    known: Path, open_page: OpenPage
) -> None:
    app = open_page("agreement", known, as_of="2022-03-01", city="beijing", id="istanbul-2020")
    with duckdb.connect(known, read_only=True) as connection:
        ((version,),) = connection.execute("SELECT version FROM register").fetchall()
    citation = app.main.code[-1].value

    assert citation.startswith("Istanbul: Programme of cooperation, signed May 2020. ")
    before, _, address = citation.rpartition(" ")
    assert before.endswith(f"version {version}.")
    assert address.endswith("/r/istanbul-2020")
    assert "Permanent page of this record · BibTeX · RIS" in words_of(app)


@pytest.mark.parametrize("address", [{}, {"id": "atlantis-1901"}, {"id": "<b>x</b>"}])
def test_without_a_known_id_one_can_be_chosen(
    address: dict[str, str], known: Path, open_page: OpenPage
) -> None:
    app = open_page("agreement", known, as_of="2022-03-01", **address)

    assert not app.exception
    assert len(app.warning) == len(address)
    assert all(address["id"] in words_of(app) for _ in address)

    app.selectbox(key="own_id").select("beijing-1995").run()
    assert heading(app).startswith("Beijing: ")
    assert app.query_params == {"as_of": "2022-03-01", "id": "beijing-1995"}


def test_the_id_stays_beside_the_filters(known: Path, open_page: OpenPage) -> None:
    app = open_page("agreement", known, as_of="2022-03-01", city="istanbul", id="beijing-1995")
    assert heading(app).startswith("Beijing: ")

    app.number_input(key="filter_horizon").set_value(90).run()
    assert app.query_params == {
        "as_of": "2022-03-01",
        "city": "istanbul",
        "horizon": "90",
        "id": "beijing-1995",
    }
    # Back in the browser: the address changes, and the page with it.
    app.query_params["id"] = "ljubljana-2019"
    app.run()
    assert heading(app).startswith("Ljubljana: ")
    # It is no parameter of other pages, which leave it out of what they write, and is there again
    # on the way back.
    go_to(app, "timeline")
    app.number_input(key="filter_horizon").set_value(60).run()
    assert app.query_params == {"as_of": "2022-03-01", "city": "istanbul", "horizon": "60"}
    go_to(app, "agreement")
    assert heading(app).startswith("Ljubljana: ")


def test_the_source_of_the_istanbul_period(published: Path, open_page: OpenPage) -> None:
    app = open_page("agreement", published, as_of="2026-11-21", id="istanbul-2024-protocol")
    period = {name: text for name, text in cells_of(app, 1) if name.startswith("**Valid")}

    assert period == {"**Valid from**": "2024 [4] [6]", "**Valid to**": "2027 [2] [4] [6]"}
    assert notes_of(app)["source_6"].startswith(
        "Samsun Post, no date on record <https://samsunpost.com.tr/"
    )


@pytest.mark.parametrize(
    ("value", "in_words"),
    [
        ("2022-03-02", "on 2 March 2022"),
        ("2022-03", "in March 2022"),
        ("2022", "in 2022"),
        ("2018-11~", "about November 2018"),
        ("2003?", "in 2003 (uncertain)"),
        (None, "on a day that no source gives"),
    ],
)
def test_a_date_has_the_preposition_of_its_precision(value: str | None, in_words: str) -> None:
    assert words.when(value) == in_words


@pytest.mark.parametrize(
    ("field", "text", "chosen", "mark"),
    [
        ("signed_on", "1995-05-16", "1995-05-16", ""),
        ("signed_on", "1995", "1995-05-16", "less exact"),
        ("signed_on", "1995-05-16", "1995", "not chosen"),
        ("signed_on", "1992", "1995-05-16", "differs"),
        ("instrument", "twinning", "protocol", "differs"),
        ("valid_to", "2027", None, "differs"),
    ],
)
def test_versions_of_a_field_are_told_apart(
    field: str, text: str, chosen: str | None, mark: str
) -> None:
    assert words.version_mark(field, text, chosen) == mark


def test_events_without_a_date_are_not_lost(publish: Publish) -> None:
    register = known_register()
    register.event("announced", partner_id="tehran", agreement_id="tehran-2004", actor="both")
    with duckdb.connect(publish(register), read_only=True) as connection:
        events = record.events(connection, "tehran", date(2022, 3, 1))

    assert [words.event(happened) for happened in rows(events)] == [
        "Renewed in May 2019",
        "Announced on 10 March 2004",
        "Announced by both sides, on a day that no source gives",
    ]


def test_a_withdrawn_id_says_why_and_leads_to_what_stands_in_its_place(
    publish: Callable[[Register], Path], open_page: OpenPage
) -> None:
    register = known_register()
    register.withdrawn("istanbul-2021", replaced_by="istanbul-2020")
    app = open_page("agreement", publish(register), as_of="2022-03-01", id="istanbul-2021")

    assert "“istanbul-2021” was withdrawn on 1 May 2024: It was never signed" in words_of(app)
    page, parameters = page_links(app)["What stands in its place"]
    assert (page, parameters["id"]) == ("agreement", ["istanbul-2020"])
