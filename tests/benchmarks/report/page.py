"""The result as a page of the documentation."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from entrypoints.stack.shop import ROOT
from tests.benchmarks.report.saved import Failure, Occasion, Result, SavedFigure
from tests.benchmarks.report.table import asking, ceiling, rate, ratio, times

PAGE: Final = ROOT / "docs" / "benchmarks.md"
_HEAD: Final = """# How fast it is

Written by `make bench`, which starts a shop of its own in a temporary folder, measures each figure beside
what bounds it on the same machine in the same minutes, and keeps the numbers in
[benchmarks.json](benchmarks.json). Figures from another machine say little: look at the ratios.
"""
_QUICK: Final = (
    "\n**A quick run: one short repetition each. It shows that everything works, not how fast it is.**\n"
)


def write(result: Result, page: Path = PAGE) -> None:
    """Everything on it comes from the result."""
    page.write_text(text(result))


def text(result: Result) -> str:
    """Table, machine, method."""
    parts = (
        _HEAD,
        occasion(result, _QUICK if result.quick else ""),
        table(result.figures),
        failures(result.failures),
        _tests(result),
        _method(result),
    )
    return "\n".join(part for part in parts if part)


def occasion(result: Occasion, remark: str) -> str:
    """In words."""
    on, versions = result.machine, result.versions
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    return (
        f"Measured on {result.date} (UTC) at revision `{result.revision}` in {result.seconds:.0f} s, on"
        f" {on['cpu']}, {on['cores']} cores, {on['memory_gib']} GiB, {on['system']}, Python"
        f" {on['python']}; load average before: {on['load_before']}. With"
        f" {named}.\n{remark}"
    )


def table(figures: Sequence[SavedFigure]) -> str:
    """A row for each."""
    head = "| figure | ours | p50 / p95 / p99 ms | ceiling | ratio | wanted |\n|---|--:|--:|---|--:|---|\n"
    return head + "".join(map(_row, figures))


def _row(figure: SavedFigure) -> str:
    wanted = "<br>".join(f"{v.target}: {'met' if v.met else '**missed**'}" for v in figure.verdicts)
    cells = (
        figure.name,
        rate(figure.ours, figure.unit),
        times(figure.ours),
        ceiling(figure),
        ratio(figure),
        wanted,
    )
    return f"| {' | '.join(cells)} |\n"


def failures(found: Sequence[Failure]) -> str:
    """What could not be measured, and why."""
    return "".join(
        f"**Not measured: {failure.name}.** `{' '.join(failure.why.split())}`\n\n" for failure in found
    )


def method(figures: Sequence[SavedFigure]) -> str:
    """How each was measured."""
    return "".join(f"- **{figure.name}.** {figure.how}\n" for figure in figures)


def _tests(result: Result) -> str:
    if result.core_tests is None:
        return ""
    tests = result.core_tests
    met = "met" if tests.verdict.met else "**missed**"
    return f"Core tests: {tests.passed:,} in {tests.seconds:g} s (wanted {tests.verdict.target}: {met}).\n"


def _method(result: Result) -> str:
    times = "one repetition" if result.repetitions == 1 else f"{result.repetitions} repetitions"
    return (
        "## How it is measured\n\n"
        f"Shop, servers and load generator share all {result.machine['cores']} cores. The generator sends"
        " requests made beforehand over kept-open connections (asyncio with uvloop, no HTTP library)."
        f" {asking(result)} The settings are those of `octavo up`, except that nobody is limited and the"
        f" carrier takes no time; fsync is on. Each number is the median of {times} after a warm-up, ours and"
        " the ceiling in turn. A single wrong answer, and a figure is not told.\n\n" + method(result.figures)
    )
