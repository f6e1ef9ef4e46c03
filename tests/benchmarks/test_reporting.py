"""What is told about a run."""

from datetime import UTC, datetime
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from entrypoints.cli.bench import bench
from tests.benchmarks.ceilings.front_door_sql import Recording, Told
from tests.benchmarks.figures.figure import Figure, Measure, Target
from tests.benchmarks.figures.imports import isbn
from tests.benchmarks.load.statistics import Run
from tests.benchmarks.report import page
from tests.benchmarks.report.saved import Failure, Result, SavedFigure
from tests.benchmarks.runs import NAMES

ORDER = UUID(int=7)
MACHINE: dict[str, str | float] = {
    "cpu": "A processor",
    "cores": 2,
    "memory_gib": 23.5,
    "system": "Linux",
    "python": "3.11.7",
    "load_before": 0.1,
}


def run_of(rate: float, p95: float) -> Run:
    return Run(per_second=rate, p50=p95, p95=p95, p99=p95)


def figure(*targets: Target, by_time: bool = False) -> Figure:
    return Figure(
        name="Orders",
        unit="orders/s",
        ours=run_of(400.0, 0.2),
        ceiling=run_of(1_000.0, 0.05),
        ceiling_name="pgbench",
        how="Asked and answered.",
        by_time=by_time,
        targets=targets,
    )


def result(*figures: Figure) -> Result:
    return Result(
        date="2026-11-21 09:00",
        revision="abc1234",
        quick=True,
        seconds=80.0,
        repetitions=1,
        machine=MACHINE,
        versions={"octavo": "0.1.0"},
        figures=[SavedFigure.of(one) for one in figures],
    )


def test_the_ratio_is_our_part_of_the_ceiling() -> None:
    assert figure().ratio == 0.4
    assert figure(by_time=True).ratio == 0.25  # a quarter as quick


def test_a_target_is_met_or_missed_and_said_in_words() -> None:
    targets = (Target(Measure.RATE, 500), Target(Measure.RATIO, 0.35), Target(Measure.P95, 0.05))
    assert figure(*targets).verdicts == [("≥ 500/s", False), ("≥ 0.35 of it", True), ("p95 ≤ 50 ms", False)]


def test_the_page_shows_a_missed_target_as_missed() -> None:
    told = page.text(result(figure(Target(Measure.RATE, 500), Target(Measure.RATIO, 0.35))))
    row = "| Orders | 400 orders/s | 200.0 / 200.0 / 200.0 | 1,000/s: pgbench | 0.40 |"
    assert f"{row} ≥ 500/s: **missed**<br>≥ 0.35 of it: met |" in told
    assert "A quick run" in told
    assert "- **Orders.** Asked and answered." in told


def test_a_figure_that_could_not_be_taken_is_told_as_such() -> None:
    broken = msgspec.structs.replace(
        result(figure()), failures=[Failure("accepted", "503: cart_unavailable")]
    )
    assert "**Not measured: accepted.** `503: cart_unavailable`" in page.text(broken)


def test_what_differs_from_order_to_order_becomes_a_variable_and_the_rest_a_literal() -> None:
    told = Told(
        "INSERT INTO t VALUES (%(id)s, %(text)s, %(fact)s, %(at)s, %(many)s, %(bytes)s, %(none)s, '%%')",
        {
            "id": ORDER,
            "text": "it's :here",
            "fact": Jsonb({"paid": True}),
            "at": datetime(2026, 11, 21, 9, tzinfo=UTC),
            "many": [1, 2],
            "bytes": b"\x00:",
            "none": None,
        },
    )
    script = Recording([told], {ORDER: ":number"}).script()
    assert (
        "VALUES (:number, E'it''s \\x3ahere', E'{\"paid\"\\x3atrue}'::jsonb, '20261121T090000Z'::timestamptz,"
        " ARRAY[1, 2], '\\x003a'::bytea, NULL, '%');" in script
    )


def test_a_generated_isbn_has_the_right_check_digit() -> None:
    assert isbn(14143951) == "9780141439518"  # Pride and Prejudice


def test_the_help_of_the_command_names_every_figure() -> None:
    told = (bench.help or "").replace(",", " ").replace(".", " ").split()
    assert [name for name in NAMES if name not in told] == []
