"""A curator at work on a small register: what is given to the commands, and what comes of it."""

import csv
from pathlib import Path

from click.testing import CliRunner, Result

from etl.__main__ import main
from tests.conftest import Register

TODAY = ("--today", "2024-06-01")

PROGRAMME = """\
partner: ljubljana
title: Programme of cooperation 2024-2026
instrument: programme
moscow_party: moscow_government
follows: ljubljana-2019-programme
sources:
  - url: https://example.org/news/1
    publisher: Example Agency
    published_on: 2024-05-02
    language: sl
    kind: news_agency
    states: {instrument: programme, signed_on: 2024-05, valid_from: 2024, valid_to: 2026}
    areas: {culture: [kultura, umetnost]}
  - url: https://example.org/news/2
    publisher: City of Ljubljana
    language: sl
    kind: official
    states: {signed_on: 2024-05-01}
"""


def small_register(register: Register, folder: Path) -> Path:
    """A programme with a source and a suspension, and a protocol that two sources state."""
    register.source("delo", url="https://delo.example.org/1", publisher="Delo", kind="news")
    register.partner_name("Любляна")
    register.agreement("ljubljana-2000-protocol", title="Protocol", signed_on="2000-03-01")
    register.statement("ljubljana-2000-protocol", "signed_on", "2000-03", "delo")
    register.agreement(
        "ljubljana-2019-programme",
        title="Programme 2019-2021",
        signed_on="2019-09-10",
        valid_from="2019",
        valid_to="2021",
    )
    register.label(agreement_id="ljubljana-2019-programme")
    register.event("suspended", "2020-03", agreement_id="ljubljana-2019-programme")
    return register.write(folder)


def etl(folder: Path, command: str, *arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(main, [command, "--register", str(folder), *arguments], input=text)


def apply(folder: Path, *texts: str, options: tuple[str, ...] = TODAY) -> Result:
    """Apply a file for each text."""
    files = []
    for number, text in enumerate(texts, 1):
        files.append(folder.parent / f"{number}.{'json' if text[0] in '[{' else 'yaml'}")
        files[-1].write_text(text, encoding="utf-8")
    return etl(folder, "apply", *map(str, files), *options)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shown(folder: Path, record_id: str) -> str:
    result = etl(folder, "show", record_id)
    assert result.exit_code == 0, result.output
    return result.output


def refused(folder: Path, *texts: str) -> list[str]:
    """The problems of documents that must leave every file as it is, without the files' folder."""
    before = contents(folder)
    result = apply(folder, *texts)
    assert result.exit_code == 1, result.output
    assert contents(folder) == before
    *problems, last = result.stderr.splitlines()
    assert last.endswith("Nothing was written.")
    return [line.replace(f"{folder.parent}/", "") for line in problems]


def changed(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)
