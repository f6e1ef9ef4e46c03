"""Take in a whole catalogue."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from typing import Final

from application.books.catalogue_files import (
    Batch,
    CatalogueFile,
    CatalogueLoader,
    Rejects,
    Staged,
    Tally,
)
from application.books.sieve import Judged, Sieve
from domain.books.category import Category
from domain.shared.clock import Clock

# Large enough to spread the cost of a commit, small enough that little is repeated after a kill.
BATCH_SIZE: Final = 2_000
Watcher = Callable[[Tally], None]


class ImportCatalogue:
    """An operator takes in a file of books. Each ISBN is added or brought to what the file says; the same
    file twice changes nothing, and an import that was killed goes on where it stopped. Copies arrive with
    a book that is new, never again. A withdrawn book stays withdrawn. Bad rows are set aside, each with its
    reason, and never stop the rest.
    """

    def __init__(self, loader: CatalogueLoader, clock: Clock) -> None:
        self._loader = loader
        self._clock = clock

    async def __call__(
        self,
        file: CatalogueFile,
        rejects: Rejects,
        *,
        shelves: Sequence[Category] = (),
        batch_size: int = BATCH_SIZE,
        dry_run: bool = False,
        watch: Watcher = lambda _: None,
    ) -> Tally:
        """`shelves` are put up first where they are missing. Returns what became of all rows; a dry run
        finds out the same and changes nothing. Raises `StaleVersion` when the file is imported twice at once.
        """
        sieve = Sieve(await self._loader.shelve(shelves, rehearsal=dry_run))
        tally = Tally() if dry_run else await self._loader.begin(file.fingerprint)
        rejects.forget_after(tally.line)
        watch(tally)
        judged = sieve.batches(file.rows(), after=tally.line, size=batch_size)
        async with aclosing(_read_ahead(judged)) as batches:
            async for found in batches:
                batch = await self._sorted(found, rejects)
                rejects.flush()
                if dry_run:
                    tally = await self._loader.rehearse(shelves, batch, tally, self._clock.now())
                else:
                    tally = await self._loader.load(file.fingerprint, batch, tally, self._clock.now())
                watch(tally)
        if not dry_run:
            await self._loader.finish(file.fingerprint, self._clock.now())
        return tally

    async def _sorted(self, judged: Sequence[Judged], rejects: Rejects) -> Batch:
        good = [found.row.entry for found in judged if found.row.entry and not found.refused]
        conflicts = await self._loader.conflicts(good)
        staged = []
        for found in judged:
            entry = found.row.entry
            reason = found.refused or (conflicts.get(entry.isbn, "") if entry else "")
            if reason or entry is None:
                rejects.add(found.row, reason)
            else:
                staged.append(Staged(entry, found.leads))
        return Batch(line=judged[-1].row.line, staged=staged, rejected=len(judged) - len(staged))


async def _read_ahead(batches: Iterator[list[Judged]]) -> AsyncGenerator[list[Judged], None]:
    """The next batch is read and judged in a thread while the database takes the one before. However it ends,
    nobody reads on: the file may be closed then.
    """
    ahead = asyncio.ensure_future(asyncio.to_thread(next, batches, None))
    try:
        while found := await asyncio.shield(ahead):
            ahead = asyncio.ensure_future(asyncio.to_thread(next, batches, None))
            yield found
    finally:
        await asyncio.wait([ahead])
