"""Figures as a table: for a terminal, for a page, and beside those of a run before."""

from collections.abc import Iterator

from benchmarks.figures import Figure, Run

NOISE = 1.25
"""So many times as large as before is told as worse; times of two runs differ that much."""

HEAD = ("what", "floor or peer", "ours", "times", "aim", "reached")
Row = tuple[str, ...]


def number(value: float) -> str:
    """Three digits that say something."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def rows(figures: list[Figure]) -> Iterator[Row]:
    """A row of the table for each figure."""
    for figure in figures:
        base = f"{number(figure.base)} {figure.unit}" if figure.base is not None else ""
        yield (
            f"{figure.subject}: {figure.what}",
            f"{figure.beside} {base}".strip(),
            f"{number(figure.value)} {figure.unit}",
            "" if figure.ratio is None else f"{figure.ratio:.2f}",
            _aim(figure),
            {None: "", True: "yes", False: "no"}[figure.reached],
        )


def _aim(figure: Figure) -> str:
    bound = "at least" if figure.more else "at most"
    aims = ((figure.aim, figure.unit), (figure.aim_times, "times"))
    told = [f"{number(aim)} {unit}" for aim, unit in aims if aim is not None]
    return f"{bound} {', '.join(told)}" if told else ""


def plain(figures: list[Figure]) -> str:
    """The table for a terminal."""
    table = [HEAD, *rows(figures)]
    widths = [max(len(row[column]) for row in table) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    )


def markdown(figures: list[Figure]) -> str:
    """The table for a page."""
    lines = [" | ".join(row) for row in (HEAD, ("---",) * len(HEAD), *rows(figures))]
    return "\n".join(f"| {line} |" for line in lines)


def compared(run: Run, before: Run) -> str:
    """Each figure beside that of the run before, the worse ones marked; and what is gone.

    Ratios are compared where both have one, since two runs may be of different machines or days.
    """
    known = {(figure.subject, figure.what): figure for figure in before.figures}
    lines = [f"beside the run of {before.when} ({before.machine}):"]
    for figure in run.figures:
        was = known.pop((figure.subject, figure.what), None)
        name = f"{figure.subject}: {figure.what}"
        lines.append(f"{name}: new" if was is None else f"{name}: {_change(figure, was)}")
    lines += [f"{subject}: {what}: not measured now" for subject, what in known]
    return "\n".join(lines)


def _change(figure: Figure, was: Figure) -> str:
    of_ratios = figure.ratio is not None and was.ratio is not None
    now, then = (figure.ratio, was.ratio) if of_ratios else (figure.value, was.value)
    if not now or not then:
        return f"{number(was.value)} to {number(figure.value)} {figure.unit}"
    change = now / then
    worse = change <= 1 / NOISE if figure.more else change >= NOISE
    better = change >= NOISE if figure.more else change <= 1 / NOISE
    unit = "times the floor" if of_ratios else figure.unit
    told = "  WORSE" if worse else "  better" if better else ""
    return f"{number(then)} to {number(now)} {unit} ({change:.2f} times){told}"


def by_size(figures: list[Figure]) -> str:
    """Figures whose names end with the size of a register: a row a name, a column a size."""
    sizes = list(dict.fromkeys(figure.what.rpartition(", ")[2] for figure in figures))
    cells: dict[str, dict[str, str]] = {}
    for figure in figures:
        name, _, size = figure.what.rpartition(", ")
        cells.setdefault(name, {})[size] = number(figure.value)
    lines = [["what", *sizes], ["---", *("---:" for _ in sizes)]]
    lines += [[name, *(known.get(size, "") for size in sizes)] for name, known in cells.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) if figures else ""
