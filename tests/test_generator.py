"""Synthetic registers: the same bytes for a seed, valid, and made up as they are asked to be."""

import csv
from collections import Counter
from dataclasses import replace
from pathlib import Path
from unicodedata import bidirectional

import pytest
from click.testing import CliRunner

from benchmarks.__main__ import main
from benchmarks.generator import generate
from benchmarks.generator.proportions import Proportions
from etl.publish import check
from register.schema import TABLES


def content(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


UNLIKE = Proportions(
    largest=0.5,
    countries=1,
    year=2026,
    more_areas=40,
    labels=30,
    title_letters=300,
    right_to_left=0.5,
    sources=15,
)
"""Of all that can be set beside numbers and means, what is least like the real register."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synthetic") / "register"
    generate(folder, 2000, Proportions(), seed=1)
    return folder


def test_the_same_seed_gives_the_same_bytes_and_another_others(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        generate(tmp_path / name, 50, Proportions(), seed)

    one = content(tmp_path / "one")
    assert one.keys() == {*(table.file for table in TABLES), "expectations.toml"}
    assert content(tmp_path / "same") == one
    assert content(tmp_path / "other")["agreements.csv"] != one["agreements.csv"]


@pytest.mark.parametrize(
    "proportions",
    [
        Proportions(),
        Proportions(partners=3, sources=6, disagreement=0.5, doubtful=0.5, follows=1, implements=1),
        Proportions(events=20, periods=0.9, announced_before=0.5, resumed=1, withdrawn=0.1),
        UNLIKE,
    ],
)
def test_what_is_made_passes_every_check(tmp_path: Path, proportions: Proportions) -> None:
    generate(tmp_path, 300, proportions, seed=3)

    assert check(tmp_path, None)["agreements"] == 300


def test_it_has_the_shape_of_the_real_register(made: Path) -> None:
    agreements, events = rows(made, "agreements"), rows(made, "events")
    lengths = Counter(len(row["signed_on"]) for row in agreements)
    partners = Counter(row["partner_id"] for row in agreements)

    assert len(agreements) == 2000
    assert {0, 4, 5, 7, 8, 10, 11} <= lengths.keys(), "days, months, years, doubtful, missing"
    assert 0.2 < lengths[0] / 2000 < 0.34
    assert 0.2 < sum(1 for row in agreements if row["valid_to"]) / 2000 < 0.3
    assert any(row["term"] for row in agreements)
    assert any(row["valid_to"] and not row["valid_from"] for row in agreements)
    assert all(any(row[link] for row in agreements) for link in ("follows", "implements"))
    assert {row["event"] for row in events} >= {"announced", "suspended", "terminated", "extended"}
    assert {"ru", "en", "de", "ar"} <= {row["language"] for row in rows(made, "sources")}
    assert len(partners) == Proportions().partners_of(2000) == len(rows(made, "partners"))
    assert max(partners.values()) > 5 * sorted(partners.values())[len(partners) // 2]


def test_a_multilateral_text_has_a_record_for_each_of_its_partners(made: Path) -> None:
    texts: dict[str, list[str]] = {}
    for row in rows(made, "agreements"):
        if row["multilateral_id"]:
            texts.setdefault(row["multilateral_id"], []).append(row["partner_id"])

    assert texts
    assert all(len(set(partners)) == len(partners) for partners in texts.values())


def test_as_many_partners_events_and_sources_as_are_asked_for(tmp_path: Path) -> None:
    usual = Proportions(partners=10)
    generate(tmp_path / "usual", 300, usual, seed=1)
    generate(tmp_path / "more", 300, replace(usual, events=8, sources=5), seed=1)

    assert len(rows(tmp_path / "usual", "partners")) == 10
    for table in ("events", "sources"):
        assert len(rows(tmp_path / "more", table)) > 1.5 * len(rows(tmp_path / "usual", table))


def test_other_proportions_than_the_real_ones(tmp_path: Path) -> None:
    generate(tmp_path, 300, UNLIKE, seed=1)
    agreements, partners = rows(tmp_path, "agreements"), rows(tmp_path, "partners")
    ((_, most),) = Counter(row["partner_id"] for row in agreements).most_common(1)
    titles = [row["title"] for row in agreements]
    areas = {(row["agreement_id"], row["area_id"]) for row in rows(tmp_path, "agreement_areas")}
    of_each = Counter(agreement for agreement, _ in areas).values()
    sources = {(row["record_id"], row["source_id"]) for row in rows(tmp_path, "statements")}

    assert 150 <= most < 170
    assert len({row["country_code"] for row in partners}) == 1
    assert {row["signed_on"][:4] for row in agreements if row["signed_on"]} == {"2026"}
    assert min(map(len, titles)) >= 300
    assert 0.4 < sum(bidirectional(title[0]) == "AL" for title in titles) / 300 < 0.6
    assert sum(of_each) / len(of_each) > 15, "areas of an agreement that has some"
    assert len({area for _, area in areas}) > 40
    assert max(Counter(record for record, _ in sources).values()) > 13


def test_the_command_names_proportions_and_tells_of_one_that_it_does_not_know(
    tmp_path: Path,
) -> None:
    run = CliRunner().invoke
    asked = ["generate", "20", str(tmp_path / "made"), "--set", "partners=4"]

    assert run(main, asked).exit_code == 0
    assert len(rows(tmp_path / "made", "partners")) == 4
    for wrong in ("partner=4", "events=many"):
        refused = run(main, [*asked[:-1], wrong])
        assert refused.exit_code == 2
        assert wrong.partition("=")[0] in refused.output
