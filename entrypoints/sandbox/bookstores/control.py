"""What tests and operators see and set: the ledger's truth, the clock, the weather."""

from dataclasses import asdict
from typing import Any, Final

import msgspec
from aiohttp import web

from domain.shared.errors import InvalidInput
from domain.shared.isbn import Isbn
from entrypoints.sandbox.bookstores import orders
from entrypoints.sandbox.bookstores.clock import PriceClock
from entrypoints.sandbox.bookstores.door import ARRIVALS, STREET, WEATHER
from entrypoints.sandbox.bookstores.formats.language import moment
from entrypoints.sandbox.bookstores.orders import Order
from entrypoints.sandbox.bookstores.shelf import STEP_SECONDS, Listed, Shelf
from entrypoints.sandbox.bookstores.store import Store
from entrypoints.sandbox.bookstores.tags import NewTag, Tags
from entrypoints.sandbox.bookstores.weather import Forecast
from entrypoints.sandbox.shared.journal import Journal
from entrypoints.sandbox.shared.serving import Refusal, body_of

JOURNAL: Final = web.AppKey("journal", Journal)
CLOCK: Final = web.AppKey("clock", PriceClock)
TAGS: Final = web.AppKey("tags", Tags)
LATEST: Final = 2**31  # steps; some four thousand years


class NewTime(msgspec.Struct, forbid_unknown_fields=True):
    """One of the three: stand at `step`, go `advance` steps forward, or `run` with the real time."""

    step: int | None = None
    advance: int | None = None
    run: bool = False

    def __post_init__(self) -> None:
        if (self.step is not None) + (self.advance is not None) + self.run != 1:
            raise ValueError("one of `step`, `advance` and `run` is needed")
        if not all(0 <= given <= LATEST for given in (self.step or 0, self.advance or 0)):
            raise ValueError(f"steps lie between 0 and {LATEST}")


async def list_stores(request: web.Request) -> web.Response:
    """GET /stores: what a customer may know of each."""
    stores = sorted((store for store, _ in request.app[STREET].values()), key=lambda store: store.name)
    return web.json_response({"items": [store.described() for store in stores]})


async def read_orders(request: web.Request) -> web.Response:
    """GET /ledger/orders?store=&key=: every order as it stands."""
    store, key = request.query.get("store"), request.query.get("key")
    found = await request.app[JOURNAL].transact(lambda c: orders.standing(c, store, key))
    return web.json_response({"items": [_order(order) for order in found]})


async def read_movements(request: web.Request) -> web.Response:
    """GET /ledger/movements?store=&key=: every charge and what came back, in order."""
    store, key = request.query.get("store"), request.query.get("key")
    return web.json_response(
        {"items": await request.app[JOURNAL].transact(lambda c: orders.movements(c, store, key))}
    )


async def read_arrivals(request: web.Request) -> web.Response:
    """GET /ledger/arrivals?store=: how often somebody came, and how many at most in any window."""
    return web.json_response({"items": request.app[ARRIVALS].seen(request.query.get("store"))})


async def read_prices(request: web.Request) -> web.Response:
    """GET /ledger/prices?isbn=: what every store asks for that book now; nobody arrives anywhere for it."""
    try:
        isbn = Isbn.parse(request.query.get("isbn", "")).value
    except InvalidInput as error:
        raise Refusal(422, "invalid_request", str(error)) from error
    step = request.app[CLOCK].step()
    items = [
        _offer(store, offer)
        for store, _ in request.app[STREET].values()
        for offer in Shelf(store, request.app[TAGS]).offers(isbn, step)
    ]
    return web.json_response({"isbn": isbn, "step": step, "items": items})


async def write_tag(request: web.Request) -> web.Response:
    """POST /control/tags: what a store asks for a book, whatever its list says."""
    tag = await body_of(request, NewTag)
    if tag.store not in request.app[STREET]:
        raise Refusal(404, "not_found", "There is no such store.")
    request.app[TAGS].put(tag)
    return web.Response(status=204)


async def take_tags_off(request: web.Request) -> web.Response:
    """DELETE /control/tags."""
    request.app[TAGS].clear()
    return web.Response(status=204)


async def set_clock(request: web.Request) -> web.Response:
    """POST /control/clock."""
    wanted, clock = await body_of(request, NewTime), request.app[CLOCK]
    if wanted.step is not None:
        clock.stand_at(wanted.step)
    elif wanted.advance is not None:
        clock.advance(wanted.advance)
    else:
        clock.run()
    return await read_clock(request)


async def read_clock(request: web.Request) -> web.Response:
    """GET /control/clock."""
    clock = request.app[CLOCK]
    return web.json_response({"step": clock.step(), "step_seconds": STEP_SECONDS, "is_fixed": clock.is_fixed})


async def change_weather(request: web.Request) -> web.Response:
    """POST /control/weather: let a share of the stores be dead or slow."""
    request.app[WEATHER].change(await body_of(request, Forecast))
    return await read_weather(request)


async def clear_weather(request: web.Request) -> web.Response:
    """DELETE /control/weather."""
    request.app[WEATHER].clear()
    return await read_weather(request)


async def read_weather(request: web.Request) -> web.Response:
    """GET /control/weather."""
    return web.json_response(request.app[WEATHER].report())


def add_to(router: web.UrlDispatcher) -> None:
    """All of it."""
    router.add_get("/stores", list_stores)
    router.add_get("/ledger/orders", read_orders)
    router.add_get("/ledger/movements", read_movements)
    router.add_get("/ledger/arrivals", read_arrivals)
    router.add_get("/ledger/prices", read_prices)
    router.add_post("/control/tags", write_tag)
    router.add_delete("/control/tags", take_tags_off)
    router.add_post("/control/clock", set_clock)
    router.add_get("/control/clock", read_clock)
    router.add_post("/control/weather", change_weather)
    router.add_get("/control/weather", read_weather)
    router.add_delete("/control/weather", clear_weather)


def _order(order: Order) -> dict[str, Any]:
    told = asdict(order)
    del told["seq"], told["fingerprint"]
    return {"order_id": order.id, **told}


def _offer(store: Store, offer: Listed) -> dict[str, Any]:
    return {
        "store": store.name,
        "offer_id": offer.id,
        "format": offer.format,
        "condition": offer.condition,
        "seller": offer.seller,
        "item": offer.item,
        "shipping": offer.shipping,
        "tax": offer.tax,
        "currency": offer.currency,
        "availability": offer.availability,
        "changed_at": moment(offer.changed),
        "glitch": offer.glitch,
    }
