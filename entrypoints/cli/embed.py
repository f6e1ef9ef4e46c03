"""`octavo embed`"""

import asyncio

import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from application.search.embed_works import EmbedTally
from application.search.work_embeddings import Standing
from domain.shared.errors import DomainError
from entrypoints.settings import Settings


@click.command()
def embed() -> None:
    """Learn what works are about, so that readers find them by meaning; needs `octavo[semantic]`.

    The indexer does this by itself while the shop is open; this command is for a whole new catalogue. Only
    texts that are new or read differently are embedded. Stop it at any time; the same command goes on.

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
        before: Standing = await embeddings.standing(embedder.model)
        task = progress.add_task("works", total=before.works, completed=before.embedded)
        tally: EmbedTally = await shop.use_cases.embed_works()(
            lambda so_far: progress.update(
                task, completed=min(before.works, before.embedded + so_far.looked_at)
            )
        )
        standing: Standing = await embeddings.standing(embedder.model)
        return tally, standing
