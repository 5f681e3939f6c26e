"""The lexicons are data: each row is of a known code and language, and can be found."""

import csv
import subprocess
import sys

import pycountry
import pytest

from etl.draft import lexicon
from etl.draft.text import GAP, Text
from register import duration
from register.codes import EVENTS, INSTRUMENTS, MOSCOW_PARTIES
from tests.conftest import REAL_REGISTER

LEXICONS = sorted(path.stem for path in lexicon.FOLDER.glob("*.csv"))


@pytest.mark.parametrize("name", LEXICONS)
def test_every_phrase_of_a_lexicon_can_be_found(name: str) -> None:
    for row in lexicon.rows(name):
        assert row.language == "" or pycountry.languages.get(
            **{"alpha_2" if len(row.language) == 2 else "alpha_3": row.language}
        ), row
        for phrase in row.phrases:
            if name == "endings":
                continue
            words = phrase.replace("{n}", "3").replace("*", "").replace(GAP, "")
            assert Text(words).tokens, (row.code, row.language, phrase)


def codes(name: str) -> set[str]:
    return {row.code for row in lexicon.rows(name)}


def test_the_codes_are_those_of_the_register() -> None:
    with (REAL_REGISTER / "areas.csv").open(encoding="utf-8", newline="") as file:
        areas = {row["area_id"] for row in csv.DictReader(file)}

    assert codes("instruments") <= {*INSTRUMENTS, "document"}
    assert codes("happenings") <= {*EVENTS, "signed"}
    assert codes("parties") <= MOSCOW_PARTIES.keys()
    assert codes("areas") == areas
    assert all(duration.is_valid(code.replace("{n}", "3")) for code in codes("lengths"))
    assert {int(code) % 100 for code in codes("months")} == set(range(1, 13))


def test_the_languages_of_the_sources_have_words_for_documents() -> None:
    with (REAL_REGISTER / "sources.csv").open(encoding="utf-8", newline="") as file:
        languages = {row["language"] for row in csv.DictReader(file)}

    assert languages <= set(lexicon.languages())


def test_a_form_that_drafts_loads_neither_its_packages_nor_the_rest_of_the_etl() -> None:
    code = (
        "import sys, etl.draft\n"
        "loaded = {name for name in sys.modules if name.startswith('etl.')}\n"
        "print({name for name in loaded if not name.startswith('etl.draft')})\n"
        "print({'py3langid', 'babel', 'anyascii', 'convertdate'} & set(sys.modules))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert loaded.stdout.split() == ["set()", "set()"]
