"""What drafts are worth: texts of sources in the register against what the register says of them.

``python -m benchmarks.drafting FOLDER`` reads ``FOLDER/<source_id>.txt``, drafts each as if its
source had never been read, and prints precision and recall by field and by language. The texts
belong to their publishers: they are kept outside of the repository. ``FOLDER/judged.csv``, if it is
there, has what somebody found who read the texts (source_id, field, value, verdict): ``said``, of
what the text says and the register does not state of this source, and ``absent``, of what it states
and the text in the folder does not say. docs/drafting.md has the figures.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import click
from anyascii import anyascii
from rapidfuzz import fuzz

from etl.draft import Draft, Known, Page, draft
from etl.draft.command import tables as rows_of
from etl.extract import read
from etl.frames import extract
from etl.options import REGISTER
from register.problems import BadRegister
from register.text import fold

Said = dict[str, set[str]]
"""Values by field."""

NAMES = {"partner_id": "partner", "event": "kind"}
"""What a draft calls a column."""

SHORT = {"valid_from", "valid_to", "signed_on", "date"}
FIELDS = (
    *("partner", "instrument", "signed_on", "signed_in", "valid_from", "valid_to", "term"),
    *("moscow_signatory", "partner_signatory", "areas", "kind", "date"),
)
"""What is read from the text itself; what is assumed or comes from the page is not measured."""

SAME_NAME = 75.0


class Mark(NamedTuple):
    """One value: of which language and field, proposed, stated, and whether both agree."""

    language: str
    field: str
    outcome: str
    """right, said (right, though not stated), wrong, beyond (nothing is stated), missed."""


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--verbose", is_flag=True, help="Print each value that is wrong or was missed.")
def main(folder: Path, verbose: bool) -> None:
    """Measure drafts of the texts in FOLDER."""
    frames, problems = extract(read(REGISTER))
    if problems:
        raise BadRegister(problems)
    tables = {name: list(rows) for name, rows in rows_of(frames).items()}
    known = Known.of(tables)
    judged = _judged(folder / "judged.csv")
    marks: list[Mark] = []
    texts = sorted(folder.glob("*.txt"))
    for path in texts:
        source = next(row for row in tables["sources"] if row["source_id"] == path.stem)
        page = Page(published_on=source.get("published_on", ""))
        made = draft(path.read_text(encoding="utf-8"), page, known.without(path.stem))
        proposed = _proposed(made)
        stated = _nearest(_stated(tables, path.stem), proposed)
        for mark, value, said in _marks(source["language"], proposed, stated):
            verdict = judged.get((path.stem, mark.field, value), "")
            if verdict == "absent":
                continue
            marks.append(mark._replace(outcome=verdict) if verdict else mark)
            if verbose and marks[-1].outcome not in ("right", "said"):
                click.echo(f"{path.stem},{mark.field},{value},{mark.outcome} (stated: {said})")
    for name, key in (("field", "field"), ("language", "language")):
        click.echo(f"\n{name:<20} right  said wrong missed  precision  recall")
        for value in sorted({getattr(mark, key) for mark in marks}):
            _tell(value, [mark for mark in marks if getattr(mark, key) == value])
    _tell(f"all {len(texts)} texts", marks)


def _proposed(made: Draft) -> Said:
    said: Said = {}
    for value in made.values:
        if value.field in FIELDS:
            said.setdefault(value.field, set()).add(value.value)
    if said.get("kind") == {"announced"}:
        del said["kind"]  # The register has the announcement as a record of its own.
    return said


def _stated(tables: Mapping[str, list[Mapping[str, str]]], source_id: str) -> dict[str, Said]:
    """By record what the source states of it."""
    records: dict[str, Said] = {}
    for row in tables["statements"]:
        if row["source_id"] == source_id:
            name = NAMES.get(row["field"], row["field"])
            records.setdefault(row["record_id"], {}).setdefault(name, set()).add(row["value"])
    for row in tables["agreement_areas"]:
        if row["source_id"] == source_id:
            areas = records.setdefault(row["agreement_id"], {}).setdefault("areas", set())
            areas.add(row["area_id"])
    events = {row["event_id"]: row["partner_id"] for row in tables["events"]}
    for record_id, said in records.items():
        if record_id in events:
            said["partner"] = {events[record_id]}
    return records


def _nearest(records: dict[str, Said], proposed: Said) -> Said:
    """The record that the draft is about: with which it agrees most."""

    def agreed(said: Said) -> tuple[int, int]:
        outcomes = Counter(mark.outcome for mark, _, _ in _marks("", proposed, said))
        return outcomes["right"], -outcomes["wrong"]

    return max(records.values(), key=agreed, default={})


def _marks(language: str, proposed: Said, stated: Said) -> Iterator[tuple[Mark, str, str]]:
    """Each value with its mark, and what is stated of its field."""
    for field in FIELDS:
        said = ", ".join(sorted(stated.get(field, ())))
        left = set(stated.get(field, ()))
        is_open = field == "areas" or not left
        for value in sorted(proposed.get(field, ())):
            same = next((one for one in left if _same(field, value, one)), None)
            left.discard(same or "")
            outcome = "right" if same else "beyond" if is_open else "wrong"
            yield Mark(language, field, outcome), value, said
        for value in sorted(left):
            if field == "areas" or not proposed.get(field):
                yield Mark(language, field, "missed"), value, said


def _judged(path: Path) -> dict[tuple[str, str, str], str]:
    """The verdicts by source, field and value."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["source_id"], row["field"], row["value"]): row["verdict"]
            for row in csv.DictReader(file)
        }


def _same(field: str, proposed: str, stated: str) -> bool:
    if field in SHORT:
        return proposed == stated.rstrip("?~")
    if field.endswith("_signatory"):
        names = [fold(anyascii(one.partition(" (")[0])) for one in (proposed, stated)]
        return fuzz.token_set_ratio(*names) >= SAME_NAME
    return proposed == stated


def _tell(name: str, marks: list[Mark]) -> None:
    count = Counter(mark.outcome for mark in marks)
    right, said, wrong = count["right"], count["said"], count["wrong"] + count["beyond"]
    stated = right + count["missed"] + count["wrong"]
    precision = f"{(right + said) / (right + said + wrong):.0%}" if right + said + wrong else "-"
    recall = f"{right / stated:.0%}" if stated else "-"
    missed = count["missed"]
    click.echo(
        f"{name:<20} {right:>5} {said:>5} {wrong:>5} {missed:>6}  {precision:>9}  {recall:>6}"
    )


if __name__ == "__main__":
    main()
