"""`octavo parked`"""

import asyncio
import json
import sys
from dataclasses import asdict

import rich_click as click
from rich.console import Console
from rich.table import Table

from application.orders.parked import ParkedProcess
from domain.shared.errors import DomainError
from entrypoints.settings import Settings

NOTHING, SOME, COULD_NOT_LOOK = 0, 1, 2  # exit codes


@click.command()
@click.option("--retry", is_flag=True, help="Let all of them try their step again: the cause is gone.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def parked(*, retry: bool, as_json: bool) -> None:
    """List the orders and refunds whose process waits for a person.

    One of them can be retried or settled from the Temporal UI; after an outage `--retry` lets all go on.
    What may have happened is repeated under its old key, so nothing happens twice.

    Exit code 0: nothing is parked, or all were told to go on; 1: something is; 2: it could not look.
    """
    try:
        found = asyncio.run(_look(retry=retry))
    except DomainError as silent:
        click.echo(f"octavo: could not look: {silent.message}", err=True)
        sys.exit(COULD_NOT_LOOK)
    if as_json:
        click.echo(json.dumps({"parked": [asdict(process) for process in found], "retried": retry}, indent=2))
    else:
        _show(Console(highlight=False), found, retried=retry)
    sys.exit(SOME if found and not retry else NOTHING)


async def _look(*, retry: bool) -> list[ParkedProcess]:
    from entrypoints.container import Container, opened  # noqa: PLC0415 - loads every adapter: half a second

    async with opened(Container(settings=Settings.load())) as shop:
        found = [process async for process in shop.use_cases.see_parked()()]
        if not retry:
            return found
        again = shop.use_cases.retry_parked()
        return [process for process in found if await again(process.process_id)]


def _show(console: Console, found: list[ParkedProcess], *, retried: bool) -> None:
    if found:
        table = Table("process", "what stopped it", box=None, header_style="dim", pad_edge=False)
        for process in found:
            table.add_row(process.process_id, process.trouble)
        console.print(table)
    console.print(f"{len(found)} {'told to go on' if retried else 'parked'}.")
