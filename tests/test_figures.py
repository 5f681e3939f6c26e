"""What benchmarks print and keep: ratios, aims, the table, and what changed since a run before."""

from pathlib import Path

import pytest

from benchmarks import page, plot, table
from benchmarks.figures import Figure, Run, p95, read

FAST = Figure("browser", "first chart", 3.0, "s", "the barest app", 2.0, aim_times=1.25)
RATE = Figure("sessions", "runs", 12.0, "a second", aim=9, more=True)
BYTES = Figure("sessions", "bytes", 0.4, "MB", aim=1)
ASKED = [
    Figure("question", "events.events, real", 4.0, "ms", aim=150),
    Figure("question", "events.events, 1m", 212.0, "ms", aim=150),
]


def run(*figures: Figure, when: str = "2026-11-26 10:00 UTC") -> Run:
    return Run(when, "2 cores", {"python": "3.11"}, 0.5, list(figures))


@pytest.mark.parametrize(
    ("figure", "reached"),
    [
        (FAST, False),
        (Figure("a", "b", 2.5, "s", "floor", 2.0, aim_times=1.25), True),
        (Figure("a", "b", 2.5, "s", "floor", 2.0, aim=2.0, aim_times=1.25), False),
        (RATE, True),
        (Figure("a", "b", 8.0, "a second", aim=9, more=True), False),
        (BYTES, True),
        (Figure("a", "b", 1.0, "s"), None),
    ],
)
def test_an_aim_is_of_the_value_or_of_the_ratio(figure: Figure, reached: bool | None) -> None:
    assert figure.reached is reached


def test_the_table_has_ours_beside_the_floor_and_the_aim() -> None:
    told = table.markdown([FAST, RATE])

    assert (
        "| browser: first chart | the barest app 2.00 s | 3.00 s | 1.50 | at most 1.25 times"
        in (told)
    )
    assert "| sessions: runs |  | 12.0 a second |  | at least 9.00 a second | yes |" in told


def test_what_got_worse_since_a_run_before_is_marked() -> None:
    """By ratio where there is one: the machine of the run before was twice as fast."""
    before = run(
        Figure("browser", "first chart", 1.5, "s", "the barest app", 1.0),
        Figure("sessions", "runs", 18.0, "a second", more=True),
        Figure("build", "real", 1.0, "s"),
        when="2026-11-20 10:00 UTC",
    )

    told = table.compared(run(FAST, RATE, BYTES), before).splitlines()

    assert "2026-11-20" in told[0]
    assert told[1:] == [
        "browser: first chart: 1.50 to 1.50 times the floor (1.00 times)",
        "sessions: runs: 18.0 to 12.0 a second (0.67 times)  WORSE",
        "sessions: bytes: new",
        "build: real: not measured now",
    ]


def test_figures_by_size_stand_side_by_side() -> None:
    assert table.by_size(ASKED).splitlines()[0] == "| what | real | 1m |"
    assert table.by_size(ASKED).splitlines()[2] == "| events.events | 4.00 | 212 |"


def test_a_run_that_was_kept_is_read_as_it_was(tmp_path: Path) -> None:
    one = run(FAST, RATE)
    one.write(tmp_path / "run.json")

    assert read(tmp_path / "run.json") == one


def test_the_page_gets_the_figures_between_its_marks_and_keeps_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "performance.md"
    file.write_text(f"# Speed\n\n{page.BEGIN}\nold\n{page.END}\n\nHow it is measured.\n")

    page.write(run(FAST, RATE, *ASKED), tmp_path)

    text = file.read_text()
    assert text.startswith(f"# Speed\n\n{page.BEGIN}\n![Times the floor or peer](performance.svg)")
    assert "Measured on 2026-11-26 10:00 UTC: 2 cores" in text
    assert text.endswith(f"{page.END}\n\nHow it is measured.\n")
    assert "old" not in text
    assert "Not reached:\n\n* browser: first chart" in text
    assert (tmp_path / "performance.svg").read_text().startswith("<svg")


def test_the_picture_has_a_dot_for_each_ratio_and_no_markup_of_its_own() -> None:
    odd = Figure("lists", "a < b & c", 1.0, "ms", "Datasette", 4.0)

    told = plot.svg([FAST, odd, RATE], "Times")

    assert told.count("<circle") == 2
    assert "a &lt; b &amp; c" in told


def test_of_a_hundred_values_the_95th_percentile_is_the_95th() -> None:
    assert p95(range(1, 101)) == pytest.approx(95.05)
    assert p95([7.0]) == 7.0
