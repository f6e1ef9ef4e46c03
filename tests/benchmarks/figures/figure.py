"""A figure beside its ceiling, and whether it is what we want."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tests.benchmarks.load.statistics import Run


class Measure(StrEnum):
    """What a target is about."""

    RATE = "rate"
    RATIO = "ratio"
    P95 = "p95"


_WORDS: Final = {
    Measure.RATE: "≥ {:,.0f}/s",
    Measure.RATIO: "≥ {:.2f} of it",
    Measure.P95: "p95 ≤ {:,.0f} ms",
}


@dataclass(frozen=True, slots=True)
class Target:
    """Rates and ratios are at least the bound, p95 is at most it (in seconds)."""

    measure: Measure
    bound: float

    @property
    def words(self) -> str:
        """For people."""
        shown = self.bound * 1000 if self.measure is Measure.P95 else self.bound
        return _WORDS[self.measure].format(shown)

    def met_by(self, ours: Run, ratio: float | None) -> bool:
        """As measured here and now."""
        match self.measure:
            case Measure.RATE:
                return ours.per_second >= self.bound
            case Measure.RATIO:
                return ratio is not None and ratio >= self.bound
            case Measure.P95:
                return ours.p95 <= self.bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`ceiling` is what bounds us, measured in the same minutes by the same client; `how` tells both."""

    name: str
    unit: str
    ours: Run
    how: str
    ceiling: Run | None = None
    ceiling_name: str = ""
    by_time: bool = False  # the ratio compares p95 instead of rates
    targets: tuple[Target, ...] = ()

    @property
    def ratio(self) -> float | None:
        """Which part of the ceiling we reach; of times, how many of its times fit in ours."""
        if self.ceiling is None:
            return None
        if self.by_time:
            return self.ceiling.p95 / self.ours.p95
        return self.ours.per_second / self.ceiling.per_second

    @property
    def verdicts(self) -> list[tuple[str, bool]]:
        """Each target in words, and whether it is met."""
        return [(target.words, target.met_by(self.ours, self.ratio)) for target in self.targets]
