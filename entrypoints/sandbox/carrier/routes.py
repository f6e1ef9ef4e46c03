"""HTTP in, rules, HTTP out (docs/sandbox.md describes each call)."""

import sqlite3
from typing import Any, Final

from aiohttp import web

from entrypoints.sandbox.carrier import depot, ledger
from entrypoints.sandbox.carrier.depot import Booking, Delays
from entrypoints.sandbox.carrier.movement import DISPATCHER, advance_and_tell
from entrypoints.sandbox.shared.faults import FAULTS, Handler, misbehaving
from entrypoints.sandbox.shared.journal import Journal
from entrypoints.sandbox.shared.serving import Refusal, body_of
from entrypoints.sandbox.shared.webhooks import COURIER

JOURNAL: Final = web.AppKey("journal", Journal)
DELAYS: Final = web.AppKey("delays", Delays)


async def book(request: web.Request) -> web.StreamResponse:
    """Book the parcel of this key, or show it if it is booked."""
    key, wanted, delays = request.match_info["key"], await body_of(request, Booking), request.app[DELAYS]
    parcel = await request.app[JOURNAL].transact(lambda c: depot.book(c, key, wanted, delays))
    request.app[DISPATCHER].wake()
    return web.json_response(ledger.describe(parcel), status=201)


async def find(request: web.Request) -> web.StreamResponse:
    """Where the parcel of this key is."""
    key = request.match_info["key"]
    parcel = await request.app[JOURNAL].transact(lambda c: ledger.find(c, key))
    if parcel is None:
        raise Refusal(404, "unknown_key", "No parcel was booked under this key.")
    return web.json_response(ledger.describe(parcel))


async def cancel(request: web.Request) -> web.StreamResponse:
    """Call the parcel of this key off, booked or not."""
    key = request.match_info["key"]
    cancelled = await request.app[JOURNAL].transact(lambda c: depot.cancel(c, key))
    return web.json_response({"key": key, "cancelled": cancelled})


async def track(request: web.Request) -> web.StreamResponse:
    """Every move of the parcel with this number."""
    number = request.match_info["tracking_number"]
    found = await request.app[JOURNAL].transact(lambda c: ledger.history(c, number))
    if not found:
        raise Refusal(404, "unknown_parcel", "There is no such parcel.")
    return web.json_response({"tracking_number": number, "status": found[-1]["status"], "history": found})


async def read_ledger(request: web.Request) -> web.Response:
    """Every move, or those of `?order=`."""
    order_id = request.query.get("order")
    items = await request.app[JOURNAL].transact(lambda c: ledger.moves(c, order_id))
    return web.json_response({"items": items})


async def set_delays(request: web.Request) -> web.Response:
    """POST /control/delays: for parcels booked from now on, until a restart."""
    wanted, current = await body_of(request, Delays), request.app[DELAYS]
    if min(wanted.dispatch_seconds, wanted.delivery_seconds) < 0:
        raise Refusal(422, "invalid_request", "Delays are not negative.")
    current.dispatch_seconds, current.delivery_seconds = wanted.dispatch_seconds, wanted.delivery_seconds
    return web.json_response(_shown(current))


async def advance(request: web.Request) -> web.Response:
    """POST /control/parcels/{key}/advance: move it one step without waiting."""
    key, faults = request.match_info["key"], request.app[FAULTS]

    def work(connection: sqlite3.Connection) -> dict[str, Any]:
        advance_and_tell(connection, faults, key)
        parcel = ledger.find(connection, key)
        return {} if parcel is None else ledger.describe(parcel)

    document = await request.app[JOURNAL].transact(work)
    request.app[COURIER].wake()
    request.app[DISPATCHER].wake()
    return web.json_response(document)


def add_to(router: web.UrlDispatcher) -> None:
    """Every route of the carrier; faults may befall those that `misbehaving` wraps."""
    calls: list[tuple[str, str, str, Handler]] = [
        ("POST", "/v1/parcels/{key}", "book", book),
        ("GET", "/v1/parcels/{key}", "find", find),
        ("POST", "/v1/parcels/{key}/cancel", "cancel", cancel),
        ("GET", "/v1/tracking/{tracking_number}", "track", track),
    ]
    for method, path, operation, handler in calls:
        router.add_route(method, path, misbehaving(operation, handler))
    router.add_get("/ledger", read_ledger)
    router.add_post("/control/delays", set_delays)
    router.add_post("/control/parcels/{key}/advance", advance)


def _shown(delays: Delays) -> dict[str, float]:
    return {"dispatch_seconds": delays.dispatch_seconds, "delivery_seconds": delays.delivery_seconds}
