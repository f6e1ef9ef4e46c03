"""Every request to a store passes here: counted first, then let in or not."""

import asyncio
import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hmac import compare_digest
from typing import Final

from aiohttp import web

from entrypoints.sandbox.bookstores.arrivals import Arrivals
from entrypoints.sandbox.bookstores.formats.language import Language
from entrypoints.sandbox.bookstores.refusals import TooFast, broken, no_such_call, unavailable
from entrypoints.sandbox.bookstores.store import AuthKind, RetryAfter, Store
from entrypoints.sandbox.bookstores.weather import Outage, Weather
from entrypoints.sandbox.shared.faults import Handler, cut
from entrypoints.sandbox.shared.serving import API_KEY, Refusal

STREET: Final = web.AppKey("street", Mapping[str, tuple[Store, Language]])
ARRIVALS: Final = web.AppKey("arrivals", Arrivals)
WEATHER: Final = web.AppKey("weather", Weather)


@web.middleware
async def at_the_door(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whatever is refused is told in the store's own language."""
    place = request.path.split("/", 2)[1]
    if place not in request.app[STREET]:
        return await handler(request)
    store, language = request.app[STREET][place]
    try:
        await _let_in(request, store)
        return await handler(request)
    except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
        return language.refusal(no_such_call())
    except Refusal as refusal:
        answer = language.refusal(refusal)
        if isinstance(refusal, TooFast) and refusal.wait is not None:
            answer.headers.update(_come_back(store, refusal.wait))
        return answer


async def _let_in(request: web.Request, store: Store) -> None:
    wait, visit = request.app[ARRIVALS].note(store.name)
    if wait:
        raise TooFast(wait)
    await request.read()  # what has been heard is done, though the caller leaves while we take our time
    weather = request.app[WEATHER]
    match weather.outage(store):
        case Outage.CUT:
            raise cut(request)
        case Outage.ERROR:
            raise broken()
        case Outage.UNAVAILABLE:
            raise unavailable()
    await asyncio.sleep(weather.delay(store, visit))
    if not _is_known(request, store):
        raise Refusal(401, "unauthorised", "Send the key that we gave you.")


def _is_known(request: web.Request, store: Store) -> bool:
    auth = store.auth
    if auth.kind is AuthKind.NONE:
        return True
    told = request.headers if auth.kind is AuthKind.HEADER else request.query
    return compare_digest(told.get(auth.name, "").encode(), request.app[API_KEY].encode())


def _come_back(store: Store, wait: float) -> dict[str, str]:
    match store.retry_after:
        case RetryAfter.SECONDS:
            return {"Retry-After": str(math.ceil(wait))}
        case RetryAfter.DATE:
            # Rounded up: a date has whole seconds, and who comes at that moment is welcome.
            at = datetime.now(UTC) + timedelta(seconds=math.ceil(wait) + 1)
            return {"Retry-After": format_datetime(at, usegmt=True)}
        case RetryAfter.NONE:
            return {}
