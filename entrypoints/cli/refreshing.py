"""`octavo stores report`, `refreshing`, `pause`, `drain`, `resume`, `dead-letters` and `send-again`."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final, TypeVar

import msgspec
import rich_click as click

from domain.prices.offer import StoreName
from domain.shared.errors import DomainError
from domain.shared.isbn import Isbn
from entrypoints.cli.stores import FINE, WRONG

T = TypeVar("T")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


@click.command()
@click.option("--days", default=7, show_default=True, type=click.IntRange(1, 31), help="Today and before.")
@_as_json
def report(days: int, *, as_json: bool) -> None:
    """Tell how each store did: answers, times, share of its limit used, outages, freshness.

    Exit code 0; 1: it could not look.
    """
    from entrypoints.cli import store_care  # noqa: PLC0415 - loads every adapter: half a second

    async def look() -> Any:  # noqa: ANN401 - shown as it is
        async with store_care.the_shop() as shop:
            return await shop.use_cases.report_on_stores()(days)

    _show(_done(look()), store_care.report_table, as_json=as_json)


@click.command()
@_as_json
def refreshing(*, as_json: bool) -> None:
    """List the stores whose prices are kept fresh, and how that goes.

    Exit code 0; 1: it could not look.
    """
    from entrypoints.cli import store_care  # noqa: PLC0415 - as above

    async def look() -> Any:  # noqa: ANN401 - as above
        async with store_care.the_shop() as shop:
            return await shop.use_cases.see_refreshing()()

    _show(_done(look()), store_care.standing_table, as_json=as_json)


@click.command()
@click.argument("names", nargs=-1, required=True)
@click.option("--note", required=True, help="Why; it is shown in the Temporal UI.")
def pause(names: tuple[str, ...], note: str) -> None:
    """Leave stores alone at once: nobody asks them any more only to keep their prices fresh.

    What is on its way is waited for; it may take half a minute. Exit code 1: at least one was not paused.
    """
    _each(names, "paused", lambda use, store: use.pause_refreshing()(store, note))


@click.command()
@click.argument("names", nargs=-1, required=True)
@click.option("--note", required=True, help="Why; it is shown in the Temporal UI.")
def drain(names: tuple[str, ...], note: str) -> None:
    """The same, once the batch of each is over: in five minutes at most.

    Exit code 1: at least one was not told.
    """
    _each(names, "draining", lambda use, store: use.drain_refreshing()(store, note))


@click.command()
@click.argument("names", nargs=-1, required=True)
def resume(names: tuple[str, ...]) -> None:
    """Ask stores again that were paused, drained, or refused our account.

    Exit code 1: at least one was not resumed.
    """
    _each(names, "resumed", lambda use, store: use.resume_refreshing()(store))


@click.command("dead-letters")
@click.argument("name", required=False)
@_as_json
def dead_letters(name: str | None, *, as_json: bool) -> None:
    """List the books that stores failed on again and again, of one store or of all.

    Exit code 0: there are none; 1: there are, or it could not look.
    """
    from entrypoints.cli import store_care  # noqa: PLC0415 - as above

    async def look() -> Any:  # noqa: ANN401 - as above
        async with store_care.the_shop() as shop:
            return await shop.use_cases.see_dead_letters()(
                StoreName(name) if name else None, store_care.MOST_LISTED
            )

    found = _done(look())
    if as_json:
        click.echo(json.dumps({"items": store_care.letters_document(found)}, indent=2))
    else:
        click.echo(store_care.letters_table(found), nl=False)
    sys.exit(WRONG if found else FINE)


@click.command("send-again")
@click.argument("name")
@click.argument("isbn", required=False)
def send_again(name: str, isbn: str | None) -> None:
    """Let a store be asked again about a book that was set aside, or about all of them.

    Exit code 1: nothing of that kind is set aside.
    """
    from entrypoints.cli import store_care  # noqa: PLC0415 - as above

    async def send() -> int:
        async with store_care.the_shop() as shop:
            sent: int = await shop.use_cases.send_again()(StoreName(name), Isbn.parse(isbn) if isbn else None)
            return sent

    click.echo(f"{_done(send())} wait again.")


CARE: Final = (report, refreshing, pause, drain, resume, dead_letters, send_again)


def _each(names: tuple[str, ...], done: str, deed: Callable[[Any, StoreName], Awaitable[None]]) -> None:
    from entrypoints.cli import store_care  # noqa: PLC0415 - as above

    async def tell() -> bool:
        fine = True
        async with store_care.the_shop() as shop:
            for name in names:
                try:
                    await deed(shop.use_cases, StoreName(name))
                except DomainError as refusal:
                    click.echo(f"octavo: {name}: {refusal.message}", err=True)
                    fine = False
                else:
                    click.echo(f"{name}: {done}")
        return fine

    sys.exit(FINE if asyncio.run(tell()) else WRONG)


def _done(deed: Coroutine[Any, Any, T]) -> T:
    try:
        return asyncio.run(deed)
    except DomainError as trouble:
        click.echo(f"octavo: {trouble.message}", err=True)
        sys.exit(WRONG)


def _show(found: Any, table: Callable[[Any], str], *, as_json: bool) -> None:  # noqa: ANN401 - as above
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins({"items": found}), indent=2))
    else:
        click.echo(table(found), nl=False)
