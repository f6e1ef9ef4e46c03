"""The result in a terminal."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tests.benchmarks.report.saved import Numbers, Result, SavedFigure, Verdict


def show(console: Console, result: Result) -> None:
    """A row for each figure."""
    table = Table(title="Octavo beside its ceilings", title_justify="left", show_lines=True)
    for name in ("figure", "ours", "p50 / p95 / p99 ms", "ceiling", "ratio", "wanted"):
        table.add_column(name, justify="left" if name in {"figure", "ceiling", "wanted"} else "right")
    for figure in result.figures:
        table.add_row(
            figure.name,
            rate(figure.ours, figure.unit),
            times(figure.ours),
            ceiling(figure),
            ratio(figure),
            Text("\n").join(_verdict(verdict) for verdict in figure.verdicts),
        )
    console.print(table)
    for failure in result.failures:
        console.print(f"Not measured: {failure.name}. {failure.why}", style="red")
    if result.core_tests is not None:
        tests = result.core_tests
        console.print(f"Core tests: {tests.passed:,} in {tests.seconds:g} s ", _verdict(tests.verdict))
    console.print(f"{asking(result)} All shared the same cores.", style="dim")


def asking(result: Result) -> str:
    """What the load generator took: near a whole core it, and not the server, was the bound."""
    ours = [figure.ours.generator for figure in result.figures]
    ceilings = [figure.ceiling.generator for figure in result.figures if figure.ceiling is not None]
    return (
        f"The load generator took at most {max(ours, default=0):.0%} of one core when it asked the shop, and"
        f" {max(ceilings, default=0):.0%} when it asked a ceiling."
    )


def rate(numbers: Numbers, unit: str) -> str:
    """With its unit."""
    return f"{numbers.per_second:,.0f} {unit}"


def times(numbers: Numbers) -> str:
    """Milliseconds."""
    return " / ".join(f"{time:,.1f}" for time in (numbers.p50_ms, numbers.p95_ms, numbers.p99_ms))


def ceiling(figure: SavedFigure) -> str:
    """What bounds us."""
    if figure.ceiling is None:
        return "-"
    measured = f"{figure.ceiling.per_second:,.0f}/s"
    if figure.by_time:
        measured = f"p95 {figure.ceiling.p95_ms:,.1f} ms"
    return f"{measured}: {figure.ceiling_name}"


def ratio(figure: SavedFigure) -> str:
    """Our part of it."""
    return "-" if figure.ratio is None else f"{figure.ratio:.2f}"


def _verdict(verdict: Verdict) -> Text:
    return Text(f"{verdict.target} {'✓' if verdict.met else '✗ missed'}", "green" if verdict.met else "red")
