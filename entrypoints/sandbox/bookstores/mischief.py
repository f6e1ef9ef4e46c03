"""Faults of a fleet: each is for one store or for all, and may befall what is offered or sold."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from aiohttp import web

from domain.prices.offer import Availability
from domain.shared.isbn import isbn13_check_digit
from entrypoints.sandbox.bookstores.prices import Glitch
from entrypoints.sandbox.bookstores.refusals import TooFast, unavailable
from entrypoints.sandbox.bookstores.shelf import Listed
from entrypoints.sandbox.shared.faults import ANY_OPERATION, Effect, Fault, Faults, Handler, misbehaving
from entrypoints.sandbox.shared.serving import Refusal

ANY_STORE: Final = "*"


class StoreFault(Fault):
    """Befalls calls of `operation` at `store` ("*": at any)."""

    store: str = ANY_STORE

    def befalls(self, operation: str) -> bool:
        """Whether it is meant for that operation of that store: "harbour-books/search"."""
        store, _, call = operation.partition("/")
        return self.store in {store, ANY_STORE} and self.operation in {call, ANY_OPERATION}


def calling(operation: str, faults: Faults, handler: Handler) -> Handler:
    """The handler with the faults that befall any call."""

    async def handle(request: web.Request) -> web.StreamResponse:
        _refuse(operation, faults)
        answer = await handler(request)
        malformed = faults.take(operation, Effect.MALFORMED)
        if malformed and isinstance(answer, web.Response) and isinstance(answer.body, bytes):
            answer.body = answer.body[: len(answer.body) // 2]
        return answer

    return misbehaving(operation, handle)


def _refuse(operation: str, faults: Faults) -> None:
    if faults.take(operation, Effect.UNAVAILABLE):
        raise unavailable()
    if faults.take(operation, Effect.FORBIDDEN):
        raise Refusal(403, "forbidden", "Your account is closed.")
    if fault := faults.take(operation, Effect.TOO_MANY):
        raise TooFast(fault.seconds or None)


def spoil(operation: str, faults: Faults, offers: list[Listed]) -> list[Listed]:
    """The offers, with the faults that befall what is told of them; a search without offers uses none up."""
    for effect, spoilt in _SPOILS.items():
        if offers and faults.take(operation, effect):
            offers = [spoilt(offer) for offer in offers]
    return offers


def _of_another_book(offer: Listed) -> Listed:
    stem = f"{offer.isbn[:11]}{(int(offer.isbn[11]) + 1) % 10}"
    return replace(offer, isbn=stem + isbn13_check_digit(stem))


_SPOILS: Final[Mapping[Effect, Callable[[Listed], Listed]]] = {
    Effect.WRONG_ISBN: _of_another_book,
    Effect.GLITCH: lambda offer: offer.spoilt(Glitch.TENTH),
    Effect.WRONG_CURRENCY: lambda offer: offer.spoilt(Glitch.WRONG_CURRENCY),
    Effect.OUT_OF_STOCK: lambda offer: replace(offer, availability=Availability.OUT_OF_STOCK),
    Effect.PRICE_CHANGED: Listed.dearer,
}
