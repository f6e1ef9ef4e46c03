"""A result as it is kept: docs/benchmarks.json, from which docs/benchmarks.md is written."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from entrypoints.stack.shop import ROOT
from tests.benchmarks.figures.core_tests import LONGEST, CoreTests
from tests.benchmarks.figures.figure import Figure
from tests.benchmarks.load.statistics import Run

FILE: Final = ROOT / "docs" / "benchmarks.json"


class Numbers(msgspec.Struct, frozen=True):
    """Times in milliseconds; `generator` is the share of one core that asking took."""

    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    generator: float

    @classmethod
    def of(cls, run: Run) -> "Numbers":
        """Rounded to what is meant."""
        p50, p95, p99 = (round(seconds * 1000, 2) for seconds in (run.p50, run.p95, run.p99))
        return cls(round(run.per_second, 1), p50, p95, p99, round(run.generator, 2))


class Verdict(msgspec.Struct, frozen=True):
    """A target in words."""

    target: str
    met: bool


class SavedFigure(msgspec.Struct, frozen=True):
    """One row of the table."""

    name: str
    unit: str
    ours: Numbers
    ceiling: Numbers | None
    ceiling_name: str
    ratio: float | None
    by_time: bool  # the ratio is one of p95
    verdicts: Sequence[Verdict]
    how: str

    @classmethod
    def of(cls, figure: Figure) -> "SavedFigure":
        """As measured."""
        return cls(
            name=figure.name,
            unit=figure.unit,
            ours=Numbers.of(figure.ours),
            ceiling=None if figure.ceiling is None else Numbers.of(figure.ceiling),
            ceiling_name=figure.ceiling_name,
            ratio=None if figure.ratio is None else round(figure.ratio, 3),
            by_time=figure.by_time,
            verdicts=[Verdict(words, met) for words, met in figure.verdicts],
            how=figure.how,
        )


class SavedTests(msgspec.Struct, frozen=True):
    """The core's own tests."""

    passed: int
    seconds: float
    verdict: Verdict

    @classmethod
    def of(cls, tests: CoreTests) -> "SavedTests":
        """As timed."""
        return cls(tests.passed, round(tests.seconds, 1), Verdict(f"≤ {LONGEST:g} s", tests.met))


class TrackedPrices(msgspec.Struct, frozen=True, kw_only=True):
    """Prices of as many books as the shop has. `written` are answers of stores a second into the database,
    `disk` what they take there and `valkey` what Valkey uses after the reads (MiB); `reads` are books a
    second by one process, and `layers` which part of them each layer answered.
    """

    written: float
    disk: float
    valkey: float
    reads: Numbers
    layers: Mapping[str, float]


class Failure(msgspec.Struct, frozen=True):
    """A figure that could not be taken, and the wrong answer that ended it."""

    name: str
    why: str


class Occasion(msgspec.Struct, frozen=True, kw_only=True):
    """When, where and with what it was measured."""

    date: str  # UTC
    revision: str
    seconds: float  # that the run took
    repetitions: int
    machine: Mapping[str, str | float]
    versions: Mapping[str, str]


class Result(Occasion, frozen=True, kw_only=True):
    """One run of the benchmarks."""

    quick: bool
    figures: Sequence[SavedFigure]
    failures: Sequence[Failure] = ()
    core_tests: SavedTests | None = None


def save(result: Result, file: Path = FILE) -> None:
    """For people too, hence the indentation."""
    file.write_bytes(msgspec.json.format(msgspec.json.encode(result), indent=2) + b"\n")


def load(file: Path = FILE) -> Result:
    """The last one."""
    return msgspec.json.decode(file.read_bytes(), type=Result)
