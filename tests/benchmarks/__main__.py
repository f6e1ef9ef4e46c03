"""`python -m tests.benchmarks`, behind `octavo bench`."""

import argparse
import asyncio
import os
from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from typing import Final

import uvloop
from rich.console import Console

from entrypoints.container import Container, opened
from tests.benchmarks.figures import front_door
from tests.benchmarks.figures.figure import Figure
from tests.benchmarks.stand.bench import Bench
from tests.benchmarks.stand.books import stock_shelves
from tests.benchmarks.stand.people import sign_up
from tests.benchmarks.stand.plan import FULL, QUICK, Plan
from tests.benchmarks.stand.stack import Stack, temporary_stack

Taken = Callable[[Bench], Awaitable[list[Figure]]]
ALONE: Final[dict[str, Taken]] = {"front_door": front_door.spread, "hot_book": front_door.hot}

console = Console(highlight=False)


def main() -> None:
    """For now."""
    parser = argparse.ArgumentParser(prog="octavo bench")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", action="append", choices=[*ALONE])
    parser.add_argument("--seconds", type=float)
    given = parser.parse_args()
    for name in [name for name in os.environ if name.startswith("OCTAVO_")]:
        del os.environ[name]  # this stack is nobody else's
    plan = QUICK if given.quick else FULL
    if given.seconds:
        plan = replace(plan, seconds=given.seconds, repetitions=1)
    with temporary_stack() as stack:
        console.print(f"Stack in {stack.settings.home}")
        stack.start("postgres", "redis", "migrate", "fill")
        stock_shelves(stack.settings.database.url)
        taken = _all(stack, plan, given.only or [*ALONE])
        figures = asyncio.Runner(loop_factory=uvloop.new_event_loop).run(taken)
    for figure in figures:
        console.print(figure.name, figure.ours, figure.ceiling, figure.ratio, figure.verdicts)


async def _all(stack: Stack, plan: Plan, only: Collection[str]) -> list[Figure]:
    async with opened(Container(settings=stack.settings)) as container:
        readers = await sign_up(container, plan.readers)
        bench = Bench(stack, container, readers, plan, console.print)
        stack.start_front_door()
        console.print(f"The API's processes: {stack.pids('api')}")
        return [figure for name in only for figure in await ALONE[name](bench)]


if __name__ == "__main__":
    main()
