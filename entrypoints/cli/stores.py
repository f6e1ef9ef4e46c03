"""`octavo stores`"""

import asyncio
import json
import sys

import rich_click as click

from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from entrypoints.settings import Settings

FINE, WRONG = 0, 1  # exit codes


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
@click.pass_context
def stores(context: click.Context, *, as_json: bool) -> None:
    """List the bookstores that are described in OCTAVO_STORES, and say what is wrong with descriptions.

    Nobody is called. Exit code 0: all can be used; 1: at least one description cannot.
    """
    if context.invoked_subcommand is not None:
        return
    from entrypoints.cli import store_lists  # noqa: PLC0415 - loads an HTTP client, which `--help` can do without

    found = store_lists.found(Settings.load(secrets_required=False))
    click.echo(json.dumps(store_lists.document(found), indent=2) if as_json else store_lists.table(found))
    sys.exit(WRONG if found.mistakes else FINE)


@stores.command()
@click.argument("name")
@click.argument("isbn")
@click.option("--offer", "offer_id", help="Look at this one offer, by the store's detail call.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def ask(name: str, isbn: str, *, offer_id: str | None, as_json: bool) -> None:
    """Ask one store about one ISBN and print its offers.

    That is one call, which counts at the store like any other; the shop's pace does not know of it.

    Exit code 0: it answered, even if it does not sell the book; 1: it did not, or not as described.
    """
    from entrypoints.cli import store_lists  # noqa: PLC0415 - as above

    settings = Settings.load(secrets_required=False)
    try:
        store = store_lists.named(settings, name)
        offers = asyncio.run(store_lists.ask(settings, store, Isbn.parse(isbn), offer_id))
    except InvalidInput as why:
        raise click.BadParameter(why.message) from None
    except store_lists.SILENT as why:
        click.echo(f"octavo: {why}", err=True)
        sys.exit(WRONG)
    found = store_lists.offers_document(offers) if as_json else None
    click.echo(json.dumps(found, indent=2) if found else store_lists.offers_table(offers))
