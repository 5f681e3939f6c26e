"""The form of proposals, with values worked out by hand; in public it writes nothing."""

import hashlib
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import curating, permission
from dashboard.curating import known as register_known
from dashboard.form import closed, opened, unfinished
from etl import options
from etl.curating.apply import plan
from etl.curating.show import finder
from etl.curating.writing import undo
from etl.extract import read
from etl.frames import extract
from register.clock import today
from register.composed import Raw
from register.forms import read_all, read_raw
from register.records import find_document
from register.schema import AGREEMENTS, PARTNERS
from tests import hostile
from tests.conftest import REAL_REGISTER
from tests.dashboard.conftest import (
    DAY,
    OpenPage,
    as_read,
    cells_of,
    known_register,
    page_links,
    words_of,
)

ON_DAY = DAY.isoformat()


@pytest.fixture(autouse=True)
def register_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The files of the known register, which the page takes for the project's own."""
    folder = known_register().write(tmp_path / "register")
    monkeypatch.setattr(options, "REGISTER", folder)
    monkeypatch.setattr(register_known, "_bases", {})
    return folder


def field(app: AppTest, label: str, place: int = 0) -> Any:
    """The field of that name; of several the one at that place."""
    found = [
        each
        for kind in (app.text_input, app.text_area, app.selectbox)
        for each in kind
        if as_read(each.label) == label and str(each.key).startswith("propose_")
    ]
    return found[place]


def fill(app: AppTest, place: int = 0, /, **values: str) -> AppTest:
    """Type into fields, or choose in them; ``_`` is a blank in their names, ``__`` a comma."""
    for name, value in values.items():
        field(app, name.replace("__", ", ").replace("_", " "), place).set_value(value)
    return app.run()


def press(app: AppTest, label: str, place: int = 0) -> AppTest:
    return [each for each in app.button if as_read(each.label) == label][place].click().run()


def new_programme(app: AppTest) -> AppTest:
    """A programme with Ljubljana of 2022, as one source tells of it."""
    fill(app, City__region_or_district="ljubljana")
    fill(app, Type_of_document="programme", Who_signs_for_Moscow="moscow_government")
    fill(app, Title="Third programme", Address="https://news.example/7", Publisher="News")
    fill(app, Published_on="27.02.2022", Language="sl", Kind_of_source="news")
    fill(app, 1, Type_of_document="programme")
    return fill(app, Signed_on="25 Feb 2022", Valid_from="2022", Valid_to="2022-06")


def to_mend(app: AppTest) -> list[str]:
    """What is still to be mended, a line each; none where all is right."""
    lines = [line for alert in app.warning for line in str(alert.value).split("\n")]
    return [as_read(line.removeprefix("- ")).replace("**", "") for line in lines]


def document(app: AppTest) -> str:
    """The document in the text for a message: what stands behind its last empty line."""
    return str(app.code[-1].value).rpartition("apply takes it):\n\n")[2]


def content(folder: Path) -> str:
    """A hash of all that is in a folder and beside it."""
    files = sorted(path for path in folder.parent.rglob("*") if path.is_file())
    return hashlib.sha256(b"".join(bytes(path) + path.read_bytes() for path in files)).hexdigest()


# --- what is checked --------------------------------------------------------------------------


def test_a_new_agreement_is_checked_and_shown_as_it_will_stand(
    open_page: OpenPage, known: Path
) -> None:
    app = new_programme(open_page("propose", known, as_of=ON_DAY))

    assert to_mend(app) == []
    assert [as_read(str(alert.value)) for alert in app.success] == [
        "Checked with the whole register."
    ]
    assert [as_read(title.value) for title in app.subheader] == ["Ljubljana: Third programme"]
    # From 1 March to 30 June: 30 + 30 + 31 + 30 days.
    assert cells_of(app)[:2] == [
        [
            "**On 1 March 2022**",
            "**Expiring, at most 121 days left.** The end is stated by sources.",
        ],
        ["**Period**", "2022 to June 2022 [[1]](#preview_source_1)"],
    ]


def test_all_that_is_wrong_is_told_at_once_and_in_plain_words(
    open_page: OpenPage, known: Path
) -> None:
    app = open_page("propose", known)
    assert to_mend(app) == []

    fill(
        app, Title="Third programme", Published_on="04/05/2022", Valid_from="2023", Valid_to="2022"
    )
    assert to_mend(app) == [
        "Source 1, published on: '04/05/2022' may be 2022-04-05 (5 April 2022) or 2022-05-04 "
        "(4 May 2022): write one of them.",
        "Partner: is still to be filled in.",
        "Type of document: is still to be filled in.",
        "Who signs for Moscow: is still to be filled in.",
        "Source 1: give its address.",
        "Source 1, valid to: “2022” is before the begin: check both.",
    ]
    fill(app, Address="https://news.example/7", Published_on="2022-05-04")
    assert to_mend(app)[-2:] == [
        "Source 1: still needs publisher, language, kind of source.",
        "Source 1, valid to: “2022” is before the begin: check both.",
    ]


def test_a_signing_after_the_page_that_states_it_is_told(open_page: OpenPage, known: Path) -> None:
    app = new_programme(open_page("propose", known))

    fill(app, Signed_on="28 February 2022")
    assert to_mend(app) == [
        "Source 1, signed on: “2022-02-28” is after the day on which the page was published: "
        "check both. What is only expected is an event “announced”."
    ]


@pytest.mark.parametrize(
    ("label", "typed", "understood"),
    [
        ("Signed on", "27.02.2022", "Understood as 27 February 2022"),
        ("Signed on", "5 Mehr 1400", "Understood as 27 September 2021"),
        ("Valid from", "Sept 2021", "Understood as September 2021"),
        ("Length", "1 year and 6 months", "Understood as 1 year 6 months"),
        ("Length", "long", "'long' is no length that is read here: write for example 3 years"),
    ],
)
def test_what_was_understood_of_a_date_or_length_is_shown_back(
    open_page: OpenPage, known: Path, label: str, typed: str, understood: str
) -> None:
    app = open_page("propose", known)

    field(app, label).set_value(typed).run()
    assert understood in [as_read(str(caption.value)) for caption in app.caption]


def test_sources_that_disagree_are_chosen_among_with_the_reason(
    open_page: OpenPage, known: Path
) -> None:
    app = new_programme(open_page("propose", known, as_of=ON_DAY))
    press(app, "Add a source")
    fill(app, 1, Address="https://other.example/1", Publisher="Other", Language="en")
    fill(app, 1, Kind_of_source="news", Signed_on="2022-02-24")

    assert to_mend(app) == [
        "Signed on: the sources disagree (2022-02-25, 2022-02-24): choose one below, and say why "
        "in the note."
    ]
    fill(app, 2, Signed_on="2022-02-24")
    assert to_mend(app) == ["Signed on: say in the note why you chose it."]
    fill(app, Note="The other page has a photograph of the day.")
    assert to_mend(app) == []
    assert "choose:\n  signed_on: '2022-02-24'\n" in document(app)


def test_areas_are_found_by_the_words_of_sources(open_page: OpenPage, known: Path) -> None:
    app = new_programme(open_page("propose", known, as_of=ON_DAY))
    press(app, "Add an area")

    field(app, "In the source's words").set_value("ulaşım").run()  # noqa: RUF001
    (area,) = [each for each in app.selectbox if each.label == "Area"]
    assert area.options[0] == "Transport: Roads"
    assert area.placeholder == "Likely: Transport"
    # Nothing is taken without a yes.
    assert to_mend(app) == ["Source 1, areas: choose the area of “ulaşım”."]  # noqa: RUF001
    area.set_value("transport").run()
    assert to_mend(app) == []
    assert "areas:\n      transport: ulaşım" in document(app)  # noqa: RUF001


def test_without_the_files_of_the_register_the_form_alone_is_checked(
    open_page: OpenPage, known: Path, register_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(options, "REGISTER", register_files / "nowhere")
    app = new_programme(open_page("propose", known))

    assert [as_read(str(alert.value)) for alert in app.success] == ["The form is right."]
    assert "what is checked is the form alone" in words_of(app)
    fill(app, Title="")
    assert to_mend(app) == ["Title: is still to be filled in."]


def test_files_too_large_to_be_looked_through_are_left_alone(
    open_page: OpenPage, known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register_known, "LARGEST", 1000)
    monkeypatch.setattr(register_known, "read_settled", lambda _: pytest.fail("they are read"))
    app = open_page("propose", known, id="ljubljana-2019")

    assert field(app, "Title").value == "First programme"
    assert "what is checked is the form alone" in words_of(app)


def test_no_file_is_parsed_before_something_is_filled_in(
    open_page: OpenPage, known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parse = Mock(wraps=register_known._base)
    monkeypatch.setattr(register_known, "_base", parse)
    app = open_page("propose", known)

    assert len(field(app, "City, region or district").options) == 6
    parse.assert_not_called()
    fill(app, Title="Third programme")
    parse.assert_called_once()


def test_files_ahead_of_what_is_published_are_those_that_are_proposed_against(
    open_page: OpenPage, known: Path, register_files: Path
) -> None:
    agreements = register_files / AGREEMENTS.file
    agreements.write_text(agreements.read_text("utf-8").replace("First", "Earliest"), "utf-8")

    assert field(open_page("propose", known, id="ljubljana-2019"), "Title").value == (
        "Earliest programme"
    )


# --- what it makes ----------------------------------------------------------------------------


def test_the_document_is_one_that_apply_takes(
    open_page: OpenPage, known: Path, register_files: Path
) -> None:
    app = new_programme(open_page("propose", known))
    press(app, "Add an event")
    fill(app, What_happened="suspended")
    field(app, "Which source").select_index(0)
    fill(app, When="26.02.2022", Which_side_acted="partner")

    made = plan(read(register_files), read_all(document(app), "proposal.yaml"), today())
    assert made.problems == ()
    rows = [(change.table.name, change.after) for change in made.changes if change.after]
    assert [row for name, row in rows if name == "agreements"] == [
        {
            "agreement_id": "ljubljana-2022-programme",
            "partner_id": "ljubljana",
            "title": "Third programme",
            "instrument": "programme",
            "moscow_party": "moscow_government",
            "signed_on": "2022-02-25",
            "valid_from": "2022",
            "valid_to": "2022-06",
        }
    ]
    (event,) = [row for name, row in rows if name == "events"]
    assert (event["event"], event["date"], event["actor"]) == ("suspended", "2022-02-26", "partner")
    assert len([name for name, _ in rows if name == "sources"]) == 1


def test_a_new_partner_comes_with_its_agreement(
    open_page: OpenPage, known: Path, register_files: Path
) -> None:
    app = new_programme(open_page("propose", known))
    fill(app, City__region_or_district="+")
    fill(app, English_name="Maribor", Name_in_its_own_language="Maribor", Country="SI")
    field(app, "City, region or district", 1).set_value("city").run()

    assert to_mend(app) == []
    given = read_all(document(app), "proposal.yaml")
    made = plan(read(register_files), given, today())
    assert made.problems == ()
    assert [moved.agreement_id for moved in made.moved] == ["maribor-2022-programme"]


def test_who_names_a_new_partner_that_is_there_is_told(open_page: OpenPage, known: Path) -> None:
    app = new_programme(open_page("propose", known))
    fill(app, City__region_or_district="+")
    fill(app, English_name="Istanbul", Country="TR")
    field(app, "City, region or district", 1).set_value("city").run()

    assert (
        "the new partner: English name: the register has a partner of this name: choose it in the "
        "list." in to_mend(app)
    )


# --- a record of the register -----------------------------------------------------------------


def test_the_form_of_a_record_is_filled_and_shows_what_a_correction_moves(
    open_page: OpenPage, known: Path
) -> None:
    app = open_page("propose", known, id="ljubljana-2019", as_of=ON_DAY)

    assert field(app, "Title").value == "First programme"
    assert field(app, "Signed on").value == "2019-09-10"
    assert "Nothing would change" in words_of(app)
    fill(app, Valid_to="2022-12")
    assert to_mend(app) == []
    assert "First programme: expired → Active" in words_of(app)
    assert app.query_params == {"id": "ljubljana-2019", "as_of": ON_DAY}


def test_the_form_of_an_event_is_that_of_what_it_happened_to(
    open_page: OpenPage, known: Path
) -> None:
    assert field(open_page("propose", known, id="event-2"), "Title").value == (
        "Programme of cooperation"
    )
    of_partner = open_page("propose", known, id="event-5")
    assert field(of_partner, "English name").value == "Tehran"
    assert field(of_partner, "When").value == "2019-05"


def test_what_is_typed_stays_while_another_page_is_looked_at(
    open_page: OpenPage, known: Path
) -> None:
    app = open_page("propose", known, as_of=ON_DAY)
    fill(app, Title="Third programme")
    app.switch_page("../pages/events.py").run()
    app.switch_page("../pages/propose.py").run()

    assert field(app, "Title").value == "Third programme"
    assert "Third" not in str(app.query_params)
    press(app, "Start over")
    assert field(app, "Title").value == ""


def test_an_unknown_record_is_said_with_the_way_to_an_empty_form(
    open_page: OpenPage, known: Path
) -> None:
    app = open_page("propose", known, id="nowhere-2000")

    assert "no agreement “nowhere-2000”" in words_of(app)
    press(app, "Propose a new agreement")
    assert field(app, "Title").value == ""


@pytest.mark.parametrize(
    ("page", "address", "record_id"),
    [
        ("agreement", {"id": "ljubljana-2019"}, "ljubljana-2019"),
        ("partner", {"city": "istanbul"}, "istanbul"),
    ],
)
def test_every_record_leads_to_its_form(
    open_page: OpenPage, known: Path, page: str, address: dict[str, str], record_id: str
) -> None:
    leads_to, parameters = page_links(open_page(page, known, **address))["Something wrong here?"]

    assert (leads_to, parameters["id"]) == ("propose", [record_id])


def test_a_form_changes_nothing_of_what_it_was_filled_with() -> None:
    files = read(REAL_REGISTER)
    frames, _ = extract(files)
    find = finder(frames)
    given = []
    for table in (AGREEMENTS, PARTNERS):
        for record_id in frames[table.name][table.key[0]]:
            found = find_document(find, record_id)
            assert found is not None
            form = opened(found)
            assert list(unfinished(form)) == []
            given += [read_raw(Raw(raw, {}), record_id) for raw in closed(form)]

    made = plan(files, given, today())
    assert len(given) > 400
    assert made.problems == ()
    assert made.changes == ()


# --- who may write ----------------------------------------------------------------------------


@pytest.mark.parametrize("left_behind", [False, True])
def test_in_public_nothing_is_written_and_no_button_offers_it(
    open_page: OpenPage, known: Path, register_files: Path, *, left_behind: bool
) -> None:
    if left_behind:  # What a killed command left is not put in order either.
        (register_files / ".new.unfinished").mkdir()
        (register_files / ".new.unfinished" / "half").write_text("x", encoding="utf-8")
    before = content(register_files)
    app = new_programme(open_page("propose", known))

    assert to_mend(app) == []
    assert "Write it into the register" not in [button.label for button in app.button]
    with pytest.raises(PermissionError):
        curating.apply([{"title": "Third programme"}], today())
    assert content(register_files) == before


def test_a_curator_writes_it_by_a_button_as_the_command_does(
    open_page: OpenPage, known: Path, register_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(permission, "_given", False)
    permission.give("127.0.0.1")
    before = (register_files / AGREEMENTS.file).read_bytes()
    app = open_page("propose", known)
    fill(app, Title="Third programme")
    (button,) = [each for each in app.button if each.label == "Write it into the register"]
    assert button.disabled

    press(new_programme(app), "Write it into the register")
    assert "Written into the register" in [alert.proto.title for alert in app.success]
    line = b"ljubljana-2022-programme,ljubljana,Third programme,programme,moscow_government,,"
    assert line + b"2022-02-25,," in (register_files / AGREEMENTS.file).read_bytes()
    assert field(app, "Title").value == ""
    undo(register_files)
    assert (register_files / AGREEMENTS.file).read_bytes() == before


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.0.2.7", "curator.example"])
def test_a_server_that_others_can_reach_does_not_start_as_a_curators(address: str | None) -> None:
    with pytest.raises(SystemExit, match="this machine alone"):
        permission.give(address)


# --- text is text -----------------------------------------------------------------------------


def test_whatever_is_typed_is_text(open_page: OpenPage, known: Path) -> None:
    everything = " ".join(hostile.texts("http://127.0.0.1:9"))[:290]
    app = new_programme(open_page("propose", known, as_of=ON_DAY))
    fill(app, Title=everything, Publisher=everything)

    assert [as_read(title.value) for title in app.subheader] == [f"Ljubljana: {everything}"]
    assert "title: " in document(app)
    fill(app, Signed_on=everything)
    assert to_mend(app)[0].startswith(f"Source 1, signed on: {everything!r} is no date")


# --- a text that is pasted --------------------------------------------------------------------


def test_of_a_text_only_that_enters_to_which_somebody_says_yes(
    open_page: OpenPage, known: Path
) -> None:
    app = open_page("propose", known, as_of=ON_DAY)
    text = "Moscow and Istanbul signed a memorandum of cooperation in Moscow on 25 February 2022."
    (area,) = [each for each in app.text_area if each.label == "Text"]
    area.set_value(text).run()

    offered = {as_read(each.label).replace("**", ""): each for each in app.checkbox}
    assert "Signed on: 25 February 2022 – “25 February 2022”" in offered
    (partner,) = [label for label in offered if label.startswith("Partner: Istanbul")]
    assert "“Istanbul”" in partner
    assert field(app, "Signed on").value == ""

    offered[partner].check()
    offered["Signed on: 25 February 2022 – “25 February 2022”"].check().run()
    press(app, "Fill in 2 values")
    assert field(app, "City, region or district").value == "istanbul"
    assert field(app, "Signed on").value == "2022-02-25"
    # To the type of document nobody has said yes.
    assert field(app, "Type of document").value is None
