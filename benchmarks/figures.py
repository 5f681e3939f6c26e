"""What a benchmark found: figures, each beside a floor, a peer or an aim; and a run of them."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median, quantiles


@dataclass(frozen=True)
class Figure:
    """One thing that was measured.

    Attributes:
        subject: the part of the benchmarks that measured it.
        what: in words; with the subject it tells figures of two runs that are the same.
        value: ours, in ``unit``.
        beside: the floor or peer of the same run, empty where there is none.
        base: its value.
        aim: the value that was set as the goal, None where none was.
        aim_times: the same for ``value / base``.
        more: whether more is better.
    """

    subject: str
    what: str
    value: float
    unit: str
    beside: str = ""
    base: float | None = None
    aim: float | None = None
    aim_times: float | None = None
    more: bool = False

    @property
    def ratio(self) -> float | None:
        """How many times the floor or peer."""
        return self.value / self.base if self.base else None

    @property
    def reached(self) -> bool | None:
        """Whether all aims are reached, None where there is none."""
        told = [
            value >= aim if self.more else value <= aim
            for value, aim in ((self.value, self.aim), (self.ratio, self.aim_times))
            if value is not None and aim is not None
        ]
        return all(told) if told else None


@dataclass(frozen=True)
class Run:
    """All figures of one run, with what they depend on."""

    when: str
    machine: str
    versions: dict[str, str]
    load: float
    """Processes that ran or waited when it began."""

    figures: list[Figure] = field(default_factory=list)

    def write(self, file: Path) -> None:
        """Keep it as JSON."""
        file.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n")


def read(file: Path) -> Run:
    """A run that was kept."""
    document = json.loads(file.read_text())
    figures = [Figure(**figure) for figure in document.pop("figures")]
    return Run(**document, figures=figures)


def p95(values: Iterable[float]) -> float:
    """The 95th percentile; of fewer than twenty values between the two largest."""
    known = list(values)
    return quantiles(known, n=20, method="inclusive")[-1] if len(known) > 1 else known[0]


def middle(values: Iterable[float]) -> float:
    """The median."""
    return median(values)
