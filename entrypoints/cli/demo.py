"""`octavo demo`"""

import asyncio
import sys

import rich_click as click
from rich.console import Console

from entrypoints.settings import Settings
from entrypoints.stack.probes import Unhealthy, get


@click.command()
def demo() -> None:
    """Buy from the running shop, over HTTP and step by step, and check everything that is told.

    A new reader browses, fills a cart, is declined, pays, follows the parcel, confirms a payment at the
    bank, cancels an order; then the mailbox, the payment provider's ledger and the order's process are
    looked at. Needs `octavo up` with its sandbox. Exit code 0: all was as told; 1: something was not.
    """
    settings = Settings.load(secrets_required=False)
    _require_open(settings)
    from entrypoints.demo.narrator import Narrator, NotAsTold  # noqa: PLC0415 - only this command pays
    from entrypoints.demo.story import tell_story  # noqa: PLC0415 - as above

    console = Console(highlight=False)
    narrator = Narrator(console)
    try:
        asyncio.run(tell_story(settings, narrator))
    except NotAsTold as otherwise:
        console.print(f"\n✗ {otherwise}", style="red", markup=False, soft_wrap=True)
        sys.exit(1)
    console.print(f"\nAll of it was as told, in {narrator.seconds:.0f} s.", style="bold green")


def _require_open(settings: Settings) -> None:
    shop = settings.http.local_url
    if settings.payments.gateway != "sandbox":
        raise click.ClickException("The demo pays with the sandbox's test cards; this shop uses Stripe.")
    try:
        get(f"{shop}/health/ready")
        get(f"{settings.mail.url}/health")
        get(f"{settings.payments.url}/health")
    except Unhealthy as closed:
        raise click.ClickException(
            f"The shop at {shop} is not open: it {closed}.\n"
            "Start it with `make up` in another terminal; `octavo doctor` says how each part is."
        ) from closed
