"""All the stores of a street as one application."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from typing import Final

from aiohttp import web

from entrypoints.sandbox.bookstores import arrivals, control, door, orders
from entrypoints.sandbox.bookstores.arrivals import Arrivals
from entrypoints.sandbox.bookstores.clock import PriceClock
from entrypoints.sandbox.bookstores.counter import Counter
from entrypoints.sandbox.bookstores.formats.graphql import GraphQl
from entrypoints.sandbox.bookstores.formats.html_pages import HtmlPages
from entrypoints.sandbox.bookstores.formats.json_rest import JsonRest
from entrypoints.sandbox.bookstores.formats.language import Language
from entrypoints.sandbox.bookstores.formats.xml_service import XmlService
from entrypoints.sandbox.bookstores.founding import SEED, found
from entrypoints.sandbox.bookstores.mischief import StoreFault
from entrypoints.sandbox.bookstores.store import Store, WireFormat
from entrypoints.sandbox.bookstores.tags import Tags
from entrypoints.sandbox.bookstores.weather import Weather
from entrypoints.sandbox.shared.faults import FAULTS
from entrypoints.sandbox.shared.journal import Journal
from entrypoints.sandbox.shared.serving import new_application

LANGUAGES: Final[Mapping[WireFormat, Callable[[Counter], Language]]] = {
    WireFormat.JSON: JsonRest,
    WireFormat.XML: XmlService,
    WireFormat.HTML: HtmlPages,
    WireFormat.GRAPHQL: GraphQl,
}
SUMMARY_SECONDS: Final = 1.0  # what a killed server forgets of its arrivals at most


def create_app(
    ledger_path: Path,
    api_key: str,
    stores: int,
    *,
    seed: str = SEED,
    latency: float = 1.0,
    now: Callable[[], float] = time.monotonic,
) -> web.Application:
    """That many stores over one ledger. Answers take `latency` times as long as theirs usually do; limits are
    counted in seconds of `now`.
    """
    app = new_application("bookstores", api_key, StoreFault)
    street = found(stores, seed)
    journal = Journal(ledger_path, orders.SCHEMA + arrivals.SCHEMA)
    app[control.JOURNAL], app[control.CLOCK], app[control.TAGS] = journal, PriceClock(), Tags()
    app[door.ARRIVALS], app[door.WEATHER] = Arrivals(street, now), Weather(street, latency)
    app[door.STREET] = {store.name: (store, _opened(store, app)) for store in street}
    app.middlewares.append(door.at_the_door)
    app.cleanup_ctx.append(_keep_books)
    control.add_to(app.router)
    return app


def _opened(store: Store, app: web.Application) -> Language:
    counter = Counter(store, app[control.TAGS], app[control.CLOCK], app[FAULTS], app[control.JOURNAL])
    language = LANGUAGES[store.format](counter)
    for method, path, handler in language.calls():
        app.router.add_route(method, f"/{store.name}{path}", handler)
    return language


async def _keep_books(app: web.Application) -> AsyncIterator[None]:
    """Go on counting where the last run ended, and write the counts down every second and at the end."""
    journal, counted = app[control.JOURNAL], app[door.ARRIVALS]
    await journal.transact(counted.recall)

    async def write_down() -> None:
        if rows := counted.unwritten():
            await journal.transact(lambda connection: arrivals.write(connection, rows))

    async def for_ever() -> None:
        while True:
            await asyncio.sleep(SUMMARY_SECONDS)
            await write_down()

    task = asyncio.create_task(for_ever())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    await write_down()
    await journal.close()
