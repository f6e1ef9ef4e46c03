"""`octavo import` and `octavo fill`"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import rich_click as click

from adapters.files.open_library import OpenLibraryDump
from adapters.files.opening import open_catalogue
from adapters.files.rejects import RejectFile
from adapters.files.shipped_catalogue import NothingRefused, ShippedCatalogue, shipped_shelves
from adapters.files.source import UnusableFile
from application.books.catalogue_files import Tally
from domain.shared.errors import DomainError
from entrypoints.cli.import_progress import Length, counting, progress_of
from entrypoints.settings import Settings

if TYPE_CHECKING:  # wiring loads every adapter, which only a file that can be read should pay
    from entrypoints.container import Container

UNUSABLE: Final = 2  # exit codes; 0 when every row went in
SOME_REJECTED: Final = 3
INTERRUPTED: Final = 130  # 128 + SIGINT, as shells have it
T = TypeVar("T")


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Find out what would happen; change nothing.")
@click.option(
    "--rejects",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where bad rows go. [default: FILE.rejects.csv]",
)
def import_books(*, file: Path, dry_run: bool, rejects: Path | None) -> None:
    """Take in a file of books: CSV (`.csv`), JSON Lines (`.jsonl`), the `books.csv` of goodbooks-10k, or an
    Open Library dump.

    Each ISBN is added, or brought to what the file says; what the file leaves empty stays as it is. The
    same file twice changes nothing, and an import that was stopped goes on where it was. Copies (`stock`)
    arrive with a book that is new. Bad rows go to a file with their line and the reason; mend them there
    and import that file.

    CSV columns: **title, authors, isbn, format, price** (12.99), and any of currency, categories,
    description, publisher, published_date, language, pages, weight_grams, cover, series, series_number,
    first_published, original_language, details (JSON), stock, sold (before it came here). Authors and
    categories stand between semicolons. A line of JSON has the shape of `POST /v1/books`, with `stock` and
    `sold`.

    Of a dump name the editions (`ol_dump_editions_….txt.gz`); works and authors of the same date lie beside
    them. These are indexed first, in a file beside the dump, which an import that goes on uses again and one
    that is through removes. What a dump does not know (price, copies, often the format) is generated, and
    the book's `details.generated` says so.

    Exit codes: 0 all rows went in, 1 the shop cannot be reached, 2 the file cannot be used, 3 some rows
    were rejected, 130 stopped (run it again to go on).
    """
    try:
        tally = _take_in(file, rejects or file.with_name(f"{file.name}.rejects.csv"), dry_run=dry_run)
    except UnusableFile as unusable:
        click.echo(f"octavo: {unusable}", err=True)
        sys.exit(UNUSABLE)
    except KeyboardInterrupt:
        click.echo("Stopped. Run the same command to go on.", err=True)
        sys.exit(INTERRUPTED)
    sys.exit(SOME_REJECTED if tally.rejected else 0)


@click.command()
def fill() -> None:
    """Give a shop without a single book the shipped catalogue; leave any other alone."""
    tally = in_the_shop(
        lambda shop: shop.use_cases.fill_shop()(ShippedCatalogue(), shipped_shelves(), NothingRefused())
    )
    click.echo(f"Filled the shop with {tally.added:,} books." if tally else "The shop has books.")


def _take_in(file: Path, rejects: Path, *, dry_run: bool) -> Tally:
    with (
        closing(open_catalogue(file)) as catalogue,
        closing(RejectFile(rejects, catalogue.columns)) as rejected,
    ):
        if isinstance(catalogue, OpenLibraryDump):
            with counting("works and authors", catalogue.parts) as count:
                catalogue.prepare(count)
        length = Length(file.name, catalogue.source.size, lambda _: catalogue.source.position)
        with progress_of(length) as watch:
            tally: Tally = in_the_shop(
                lambda shop: shop.use_cases.import_catalogue()(
                    catalogue, rejected, shelves=shipped_shelves(), dry_run=dry_run, watch=watch
                )
            )
        if isinstance(catalogue, OpenLibraryDump) and not dry_run:
            catalogue.discard_index()
    _tell(tally, rejects, dry_run=dry_run)
    return tally


def _tell(tally: Tally, rejects: Path, *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    click.echo(
        f"{tally.rows:,} rows: {tally.added:,} {would}added, {tally.changed:,} {would}changed,"
        f" {tally.unchanged:,} unchanged, {tally.rejected:,} rejected."
    )
    if tally.rejected:
        click.echo(f"The rejected rows are in {rejects}, each with the reason.")


def in_the_shop(work: Callable[["Container"], Awaitable[T]]) -> T:
    """Do this with the shop's own use cases."""
    from entrypoints.container import Container, opened  # noqa: PLC0415 - as above

    async def run() -> T:
        async with opened(Container(settings=Settings.load())) as shop:
            return await work(shop)

    try:
        return asyncio.run(run())
    except DomainError as said_no:
        raise click.ClickException(said_no.message) from said_no
