"""`octavo user`"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TYPE_CHECKING, Final, TypeVar

import rich_click as click
from rich.console import Console
from rich.table import Table

from application.users.register_user import Registration
from application.users.views import Profile
from domain.shared.errors import DomainError
from domain.users.email import EmailAddress
from domain.users.principal import Role
from entrypoints.settings import Settings

if TYPE_CHECKING:  # wiring loads every adapter: half a second that only these commands should pay
    from entrypoints.container import Container

GIVEN: Final = click.Choice([Role.STAFF.value, Role.ADMIN.value])
T = TypeVar("T")

email_option = click.option("--email", required=True, metavar="ADDRESS", help="Whose account.")
role_option = click.option("--role", required=True, type=GIVEN, help="Which role.")


@click.group()
def user() -> None:
    """Readers and staff: open accounts, give and take roles, change the keys that protect personal data."""


@user.command()
@click.option("--email", required=True, metavar="ADDRESS", help="What they sign in with.")
@click.option("--name", required=True, help="What they are called.")
@click.option("--password", help="Seen by whoever lists processes: for tests. Asked for when left out.")
@click.option("--password-stdin", is_flag=True, help="Read the password from the first line of the input.")
@click.option("--role", type=GIVEN, help="Make them staff or admin.")
def add(*, email: str, name: str, password: str | None, password_stdin: bool, role: str | None) -> None:
    """Open an account; prints its id."""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    elif password is None:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    registration = Registration(email, password, name)

    async def open_account(shop: "Container") -> Profile:
        registered = await shop.use_cases.register_user()(registration)
        if role is not None:
            await shop.use_cases.grant_role()(registered.profile.id, Role(role), by=None)
        profile: Profile = registered.profile
        return profile

    click.echo(_in_the_shop(open_account).id)


@user.command()
@email_option
@role_option
def grant(*, email: str, role: str) -> None:
    """Give a role; it counts from the user's next request on."""
    _in_the_shop(lambda shop: shop.use_cases.grant_role()(EmailAddress.parse(email), Role(role), by=None))


@user.command()
@email_option
@role_option
def revoke(*, email: str, role: str) -> None:
    """Take a role away; it counts from the user's next request on."""
    _in_the_shop(lambda shop: shop.use_cases.revoke_role()(EmailAddress.parse(email), Role(role), by=None))


@user.command()
@email_option
@click.confirmation_option(prompt="Erase the account for ever?")
def erase(*, email: str) -> None:
    """Erase an account for ever, for a reader who asked by letter; points and bets stay under no name."""
    _in_the_shop(lambda shop: shop.use_cases.erase_account_of()(EmailAddress.parse(email)))


@user.command(name="list")
@click.option("--role", type=GIVEN, multiple=True, help="Only these; all staff and admins by default.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def list_users(*, role: tuple[str, ...], as_json: bool) -> None:
    """Who is staff, who is an admin."""
    wanted = [Role(name) for name in role or GIVEN.choices]
    found = _in_the_shop(lambda shop: shop.use_cases.list_staff()(wanted))
    if as_json:
        facts = [{"id": str(p.id), "email": p.email, "name": p.name, "roles": p.roles} for p in found]
        click.echo(json.dumps({"items": facts}, indent=2))
        return
    table = Table("id", "e-mail", "name", "roles")
    for profile in found:
        table.add_row(str(profile.id), profile.email, profile.name, ", ".join(profile.roles))
    Console().print(table)


@user.command()
def rotate_keys() -> None:
    """Bring personal data under the first key of `OCTAVO_ENCRYPTION_KEYS`, while the shop is open.

    Put the new key first and restart everything before; drop the old one after. Repeating is harmless.
    """
    console = Console()

    async def rotate(shop: "Container") -> None:
        steps: AsyncIterator[tuple[int, int]] = shop.use_cases.rotate_keys()()
        seen, rewrapped = 0, 0
        with console.status("Looking at keys …") as status:
            async for seen, rewrapped in steps:
                status.update(f"{seen:,} keys seen, {rewrapped:,} rewrapped …")
        click.echo(f"{seen} keys seen, {rewrapped} rewrapped; all are under the current key.")

    _in_the_shop(rotate)


def _in_the_shop(work: Callable[["Container"], Awaitable[T]]) -> T:
    from entrypoints.container import Container, opened  # noqa: PLC0415 - as above

    async def run() -> T:
        async with opened(Container(settings=Settings.load())) as shop:
            return await work(shop)

    try:
        return asyncio.run(run())
    except DomainError as said_no:
        raise click.ClickException(said_no.message) from said_no
