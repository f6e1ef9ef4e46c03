"""`octavo bookstores`"""

from importlib import import_module

import rich_click as click

from entrypoints.bookstore_settings import MOST_STORES
from entrypoints.settings import Settings


@click.command()
@click.option("--stores", type=click.IntRange(1, MOST_STORES), help="How many; else OCTAVO_BOOKSTORES_COUNT.")
def bookstores(stores: int | None) -> None:
    """Run the stand-in bookstores, 60 unless told otherwise."""
    import_module("entrypoints.sandbox.bookstores.main").main(Settings.load(), stores)
