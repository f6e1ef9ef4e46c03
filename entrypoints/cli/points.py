"""`octavo points`"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

import rich_click as click

from domain.shared.errors import DomainError
from domain.users.email import EmailAddress
from entrypoints.settings import Settings

if TYPE_CHECKING:  # wiring loads every adapter: half a second that only these commands should pay
    from entrypoints.container import Container

email_option = click.option("--email", required=True, metavar="ADDRESS", help="Whose points.")
amount_option = click.option("--amount", required=True, type=click.IntRange(min=1), help="How many points.")
reason_option = click.option("--reason", required=True, help="Why; the reader sees it.")


@click.group()
def points() -> None:
    """Mint and burn points by hand; `octavo audit points` proves that none appeared or vanished otherwise."""


@points.command()
@email_option
@amount_option
@reason_option
def grant(*, email: str, amount: int, reason: str) -> None:
    """Mint points for a reader, on the books; prints the new balance."""

    async def mint(shop: "Container") -> int:
        balance: int = await shop.use_cases.grant_points()(EmailAddress.parse(email), amount, reason)
        return balance

    click.echo(_in_the_shop(mint))


@points.command()
@email_option
@amount_option
@reason_option
def burn(*, email: str, amount: int, reason: str) -> None:
    """Take points from a reader for good, on the books; prints the new balance."""

    async def destroy(shop: "Container") -> int:
        balance: int = await shop.use_cases.burn_points()(EmailAddress.parse(email), amount, reason)
        return balance

    click.echo(_in_the_shop(destroy))


def _in_the_shop(work: Callable[["Container"], Awaitable[int]]) -> int:
    from entrypoints.container import Container, opened  # noqa: PLC0415 - as above

    async def run() -> int:
        async with opened(Container(settings=Settings.load())) as shop:
            return await work(shop)

    try:
        return asyncio.run(run())
    except DomainError as said_no:
        raise click.ClickException(said_no.message) from said_no
