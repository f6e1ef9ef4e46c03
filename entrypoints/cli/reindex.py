"""`octavo reindex`"""

import asyncio

import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from application.search.rebuild_index import Watcher
from domain.shared.errors import DomainError
from entrypoints.settings import Settings


@click.command()
def reindex() -> None:
    """Build the search index anew beside the one in use, then switch to it at once.

    The shop stays open: searches are answered from the old index until the new one is complete, and
    changes made meanwhile are in it. Stop it at any time; the old index stays in service.

    Exit codes: 0 done, 1 the search or the database cannot be reached.
    """
    console = Console(stderr=True)
    columns = (TextColumn("works"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("works", total=None)
        try:
            brought = asyncio.run(_rebuild(lambda done, of: progress.update(task, completed=done, total=of)))
        except DomainError as silent:
            raise click.ClickException(silent.message) from silent
    click.echo(f"The new index has {brought:,} works.")


async def _rebuild(watch: Watcher) -> int:
    from entrypoints.container import Container, opened  # noqa: PLC0415 - loads every adapter: half a second

    async with opened(Container(settings=Settings.load())) as shop:
        brought: int = await shop.use_cases.rebuild_index()(watch)
        return brought
