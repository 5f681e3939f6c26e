"""docs/performance.md: the figures of a run stand between two marks of the page."""

from pathlib import Path

from benchmarks import plot, queries, table
from benchmarks.figures import Figure, Run

DOCS = Path(__file__).resolve().parent.parent / "docs"
BEGIN, END = "<!-- figures -->", "<!-- /figures -->"


def write(run: Run, docs: Path = DOCS) -> None:
    """Put a run into the page and draw its picture."""
    file = docs / "performance.md"
    file.write_text(filled(file.read_text(encoding="utf-8"), run), encoding="utf-8")
    picture = plot.svg(_shown(run.figures), f"Times the floor or peer, {run.when}")
    (docs / "performance.svg").write_text(picture, encoding="utf-8")


def filled(text: str, run: Run) -> str:
    """The page with the run's figures between its marks."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the page lacks {BEGIN} or {END}")
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    unreached = [figure for figure in run.figures if figure.reached is False]
    parts = (
        "![Times the floor or peer](performance.svg)",
        f"Measured on {run.when}: {run.machine}; {versions}. "
        f"{run.load:.1f} processes were running or waiting before it began.",
        table.markdown(_shown(run.figures)),
        "Each question, 95th percentile in milliseconds:",
        table.by_size([one for one in run.figures if one.subject == queries.OF_ONE]),
        "Not reached:" if unreached else "All aims are reached.",
        "\n".join(f"* {one.subject}: {one.what}" for one in _shown(unreached)),
    )
    return before + BEGIN + "\n" + "\n\n".join(part for part in parts if part) + "\n" + END + after


def _shown(figures: list[Figure]) -> list[Figure]:
    return [figure for figure in figures if figure.subject != queries.OF_ONE]
