"""Misbehaviour on demand: the next few calls of an operation go wrong in a chosen way."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from enum import StrEnum
from typing import Final

import msgspec
from aiohttp import web

MOST_TIMES: Final = 10_000  # a fault is a test's, not a way to switch a server off for good
MOST_SECONDS: Final = 300.0
MOST_COPIES: Final = 3
ANY_OPERATION: Final = "*"


class Effect(StrEnum):
    """What goes wrong with an answer; then with webhooks; with what is told of books; with a sale."""

    LATENCY = "latency"  # waits `seconds` before the work
    DROP_BEFORE = "drop_before"  # cuts the connection, nothing was done
    ERROR_BEFORE = "error_before"  # answers 500, nothing was done
    SLOW_ANSWER = "slow_answer"  # waits `seconds` after the work
    DROP_AFTER = "drop_after"  # does the work, then cuts the connection
    ERROR_AFTER = "error_after"  # does the work, then answers 500
    DUPLICATE = "duplicate"  # sends the event `copies` times
    LATE = "late"  # sends the event `seconds` later
    OUT_OF_ORDER = "out_of_order"  # holds the event until another one has been delivered
    TOO_MANY = "too_many"  # answers 429, with Retry-After unless `seconds` is 0
    DAY_SPENT = "day_spent"  # answers that the quota of the day is used up
    FORBIDDEN = "forbidden"  # answers 403, as to a key that may not ask
    WRONG_ISBN = "wrong_isbn"  # tells of another book than was asked for
    MISSING_FIELDS = "missing_fields"  # leaves out all but title and ISBN
    GARBAGE = "garbage"  # fills fields with what does not belong there
    MALFORMED = "malformed"  # cuts the answer short
    UNAVAILABLE = "unavailable"  # answers 503, nothing was done
    GLITCH = "glitch"  # asks for a tenth of the price
    WRONG_CURRENCY = "wrong_currency"  # means one currency and names another
    OUT_OF_STOCK = "out_of_stock"  # has no copy left
    PRICE_CHANGED = "price_changed"  # asks for a quarter more than before
    OVERCHARGED = "overcharged"  # takes the order, and charges a quarter more than was agreed
    WRONG_OFFER = "wrong_offer"  # takes the order, and sends another copy than was chosen
    ORDER_TWICE = "order_twice"  # takes the order, and once more


class Fault(msgspec.Struct, forbid_unknown_fields=True):
    """`effect` befalls the next `times` calls of `operation` ("*": of any)."""

    operation: str
    effect: Effect
    times: int = 1
    seconds: float = 1.0
    copies: int = 2

    def __post_init__(self) -> None:
        if not 1 <= self.times <= MOST_TIMES:
            raise ValueError(f"`times` lies between 1 and {MOST_TIMES}")
        if not 0 <= self.seconds <= MOST_SECONDS:
            raise ValueError(f"`seconds` lies between 0 and {MOST_SECONDS:g}")
        if not 1 <= self.copies <= MOST_COPIES:
            raise ValueError(f"`copies` lies between 1 and {MOST_COPIES}")

    def befalls(self, operation: str) -> bool:
        """Whether it is meant for calls of that operation."""
        return self.operation in {operation, ANY_OPERATION}


class Faults:
    """The faults still to come, in the order in which they were asked for. Forgotten at a restart."""

    def __init__(self, kind: type[Fault] = Fault) -> None:
        self.kind = kind
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()  # webhooks are queued on the journal's thread

    def add(self, fault: Fault) -> None:
        """Let it befall the coming calls."""
        self._waiting.append(fault)

    def waiting(self) -> list[Fault]:
        """Those not used up."""
        return list(self._waiting)

    def clear(self) -> None:
        """Behave from now on."""
        self._waiting.clear()

    def take(self, operation: str, effect: Effect) -> Fault | None:
        """The fault that befalls this call, used up by one."""
        with self._lock:
            for fault in self._waiting:
                if fault.effect is effect and fault.befalls(operation):
                    fault.times -= 1
                    self._waiting = [waiting for waiting in self._waiting if waiting.times]
                    return fault
        return None


FAULTS: Final = web.AppKey("faults", Faults)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def misbehaving(operation: str, handler: Handler) -> Handler:
    """The handler, with whatever faults wait for `operation`."""

    async def handle(request: web.Request) -> web.StreamResponse:
        faults = request.app[FAULTS]
        await _pause(faults.take(operation, Effect.LATENCY))
        if faults.take(operation, Effect.DROP_BEFORE):
            raise cut(request)
        if faults.take(operation, Effect.ERROR_BEFORE):
            return _failure()
        answer = await handler(request)
        await _pause(faults.take(operation, Effect.SLOW_ANSWER))
        if faults.take(operation, Effect.DROP_AFTER):
            raise cut(request)
        return _failure() if faults.take(operation, Effect.ERROR_AFTER) else answer

    return handle


def cut(request: web.Request) -> asyncio.CancelledError:
    """Abort the connection; raise what this returns, so that nothing more is written to it."""
    if request.transport is not None:
        request.transport.abort()
    return asyncio.CancelledError()


async def _pause(fault: Fault | None) -> None:
    if fault is not None:
        await asyncio.sleep(fault.seconds)


def _failure() -> web.Response:
    return web.json_response({"code": "internal_error", "message": "Something broke here."}, status=500)
