"""`octavo generate`"""

import sys
from typing import Final

import rich_click as click

from adapters.files.invented.catalogue import InventedCatalogue
from adapters.files.invented.numbers import MOST_BOOKS, SEEDS
from adapters.files.shipped_catalogue import NothingRefused, shipped_shelves
from adapters.files.source import UnusableFile
from application.books.catalogue_files import Tally
from entrypoints.cli.import_progress import Length, progress_of
from entrypoints.cli.imports import INTERRUPTED, UNUSABLE, in_the_shop

_SEED: Final = click.IntRange(SEEDS.start, SEEDS.stop - 1)


@click.command()
@click.option("--books", type=click.IntRange(1, MOST_BOOKS), required=True, help="How many editions.")
@click.option("--seed", type=_SEED, default=7, show_default=True, help="Another seed, other books.")
def generate(*, books: int, seed: int) -> None:
    """Fill the shop with made-up books, to see how it does with a great many: authors, series, works in
    several languages and editions, as unevenly popular as books are.

    The same seed means the same books on every machine; a larger number adds to a smaller one. Each book says
    `"generated": ["everything"]` in its `details`, and its ISBN begins with 979-2 to 979-7, which belong to
    nobody. A run that was stopped goes on where it was. There is no command to take them out again: use a
    shop of its own (`OCTAVO_HOME`).

    Exit codes: 0 done, 1 the shop cannot be reached, 2 the shop has such numbers for other books, 130 stopped
    (run it again to go on).
    """
    try:
        tally = _take_in(books, seed)
    except UnusableFile as unusable:
        click.echo(f"octavo: {unusable}", err=True)
        sys.exit(UNUSABLE)
    except KeyboardInterrupt:
        click.echo("Stopped. Run the same command to go on.", err=True)
        sys.exit(INTERRUPTED)
    click.echo(f"{tally.added:,} books added, {tally.changed:,} changed, {tally.unchanged:,} unchanged.")


def _take_in(books: int, seed: int) -> Tally:
    catalogue = InventedCatalogue(books, seed, shipped_shelves())
    with progress_of(Length("books", books, lambda tally: tally.line)) as watch:
        tally: Tally = in_the_shop(
            lambda shop: shop.use_cases.import_catalogue()(
                catalogue, NothingRefused(), shelves=shipped_shelves(), watch=watch
            )
        )
    return tally
