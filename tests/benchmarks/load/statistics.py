"""What the measured times say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median


def percentile(ordered: Sequence[float], share: float) -> float:
    """Nearest rank: a time that was really measured, at or below which `share` of all times lie."""
    if not ordered or not 0 < share <= 1:
        raise ValueError("A percentile needs times, and a share above 0 and up to 1.")
    return ordered[ceil(share * len(ordered)) - 1]


def arrivals(rate: float, seconds: float) -> Iterator[float]:
    """When requests are due, in seconds from the start, evenly spread. They are due whether or not earlier
    ones were answered, and each is timed from its due moment: a stalled server cannot hide its stall
    (no coordinated omission).
    """
    return (number / rate for number in range(round(rate * seconds)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One repetition. Times are seconds; `generator` is the share of one core the load generator used."""

    per_second: float
    p50: float
    p95: float
    p99: float
    generator: float = 0.0

    @classmethod
    def of(cls, times: Sequence[float], seconds: float, generator: float = 0.0) -> "Run":
        """From the time each answer took."""
        ordered = sorted(times)
        p50, p95, p99 = (percentile(ordered, share) for share in (0.50, 0.95, 0.99))
        return cls(per_second=len(ordered) / seconds, p50=p50, p95=p95, p99=p99, generator=generator)


def middle(runs: Sequence[Run]) -> Run:
    """The median of each number over the repetitions: one disturbed repetition does not count."""
    return Run(
        per_second=median(run.per_second for run in runs),
        p50=median(run.p50 for run in runs),
        p95=median(run.p95 for run in runs),
        p99=median(run.p99 for run in runs),
        generator=median(run.generator for run in runs),
    )
