"""`octavo embed`"""

import asyncio
from typing import TYPE_CHECKING, Final

import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from application.search.embed_works import EmbedTally, EmbedWorks
from application.search.work_embeddings import Standing
from domain.shared.errors import DomainError
from entrypoints.settings import Settings

if TYPE_CHECKING:
    from entrypoints.container import Container

LOOK_AGAIN: Final = 2.0  # seconds


@click.command()
def embed() -> None:
    """Learn what works are about, so that readers find them by meaning; needs `octavo[semantic]`.

    The indexer does this by itself while the shop is open; this command is for a whole new catalogue. Only
    texts that are new or read differently are embedded. While the indexer is at it, the command shows how far
    it is and goes on afterwards. Stop it at any time; the same command goes on.

    Exit codes: 0 done, 1 the shop cannot be reached, or embedding is not installed or switched off.
    """
    console = Console(stderr=True)
    columns = (TextColumn("works"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        try:
            tally, standing = asyncio.run(_embed(progress))
        except DomainError as silent:
            raise click.ClickException(silent.message) from silent
    click.echo(
        f"{tally.embedded:,} works embedded, {tally.looked_at - tally.embedded:,} as before;"
        f" {standing.embedded:,} of {standing.works:,} can be found by what they are about."
    )


async def _embed(progress: Progress) -> tuple[EmbedTally, Standing]:
    from entrypoints.container import Container, opened  # noqa: PLC0415 - loads every adapter: half a second

    settings = Settings.load()
    async with opened(Container(settings=settings)) as shop:
        embedder, embeddings = shop.adapters.embedder(), shop.adapters.work_embeddings()
        if embedder is None:
            raise click.ClickException(
                "This shop does not embed: install octavo[semantic]."
                if settings.embeddings.threads
                else "OCTAVO_EMBEDDING_THREADS is 0: embedding is switched off."
            )
        tally = await _learnt(shop, progress)
        standing: Standing = await embeddings.standing(embedder.model)
        return tally, standing


async def _learnt(shop: "Container", progress: Progress) -> EmbedTally:
    """By us; while another process is at it, nothing is done twice."""
    from adapters.postgres.leadership import EMBEDDER, Leadership  # noqa: PLC0415 - as above

    embeddings, model = shop.adapters.work_embeddings(), shop.adapters.embedder().model
    leadership, task = Leadership(shop.adapters.database()), progress.add_task("works", total=None)
    while True:
        standing: Standing = await embeddings.standing(model)
        progress.update(task, total=standing.works, completed=standing.embedded)
        async with leadership.bid(EMBEDDER) as leading:
            if leading:
                return await _embedded(shop.use_cases.embed_works(), standing, progress, task)
        await asyncio.sleep(LOOK_AGAIN)


async def _embedded(
    embed_works: EmbedWorks, before: Standing, progress: Progress, task: TaskID
) -> EmbedTally:
    def show(so_far: EmbedTally) -> None:
        progress.update(task, completed=min(before.works, before.embedded + so_far.looked_at))

    return await embed_works(show)
