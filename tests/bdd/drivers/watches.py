"""What one person does with watches, in memory and over the API; and how prices come to them."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

from domain.prices.answer import Told as Heard
from domain.prices.offer import Offer, StoreName
from domain.shared.ids import WatchId
from domain.shared.isbn import Isbn
from entrypoints.container import Container
from entrypoints.http.watches.answers import WatchAnswer
from entrypoints.http.watches.beginning import answer_of, wish_of
from entrypoints.http.watches.schemas import ChangeBody, WatchBody
from tests.bdd.drivers.counter import heard, said, told
from tests.bdd.drivers.protocol import Told
from tests.price_builders import offer


class WatchesInMemory:
    """Beside the other deeds of a customer in memory, who signs in and says who she is."""

    _use: Any
    _signed_in: Any

    async def watch(self, wish: Mapping[str, Any]) -> Told:
        async with self._signed_in() as me:
            wanted = wish_of(said(wish, WatchBody), str(uuid4()), me)
            return heard((await self._use.begin_watch()(wanted, answer_of)).answer)

    async def see_watch(self, watch_id: str) -> Told:
        async with self._signed_in() as me:
            return told(WatchAnswer.of(await self._use.see_watch()(_id(watch_id), me.user_id)))

    async def change_watch(self, watch_id: str, changes: Mapping[str, Any]) -> None:
        async with self._signed_in() as me:
            change = said(changes, ChangeBody).change
            await self._use.change_watch()(_id(watch_id), me.user_id, change, None)

    async def steer_watch(self, watch_id: str, verb: str) -> None:
        async with self._signed_in() as me:
            steer = {
                "pause": self._use.pause_watch,
                "resume": self._use.resume_watch,
                "cancel": self._use.cancel_watch,
                "veto": self._use.veto_purchase,
            }[verb]()
            await steer(_id(watch_id), me.user_id)


class AsksTheShop(Protocol):
    async def _ask(self, method: str, path: str, body: object = None, **headers: str) -> dict[str, Any]: ...


class WatchesOverHttp:
    """The same over the API."""

    async def watch(self: AsksTheShop, wish: Mapping[str, Any]) -> Told:
        return await self._ask("POST", "/v1/watches", wish, **{"Idempotency-Key": str(uuid4())})

    async def see_watch(self: AsksTheShop, watch_id: str) -> Told:
        return await self._ask("GET", f"/v1/watches/{watch_id}")

    async def change_watch(self: AsksTheShop, watch_id: str, changes: Mapping[str, Any]) -> None:
        await self._ask("PATCH", f"/v1/watches/{watch_id}", changes, **{"If-Match": "*"})

    async def steer_watch(self: AsksTheShop, watch_id: str, verb: str) -> None:
        await self._ask("POST", f"/v1/watches/{watch_id}/{verb}")


async def look_at_prices(container: Container, isbn: str) -> None:
    """As the shop does now and then: every bookstore is asked, and what it says is remembered."""
    edition = Isbn(isbn)
    stores = container.adapters.bookstores().all()
    offers = await asyncio.gather(*(store.offers(edition) for store in stores))
    answers = [
        _heard(container, store.terms.name, edition, found)
        for store, found in zip(stores, offers, strict=True)
    ]
    await container.use_cases.remember_prices()(answers)


async def believe(container: Container, store: str, isbn: str, price: int) -> None:
    """As if that bookstore had asked so much."""
    name, edition = StoreName(store), Isbn(isbn)
    asked = offer(edition, price, store=name, at=container.adapters.clock().now())
    await container.use_cases.remember_prices()([_heard(container, name, edition, [asked])])


def _heard(container: Container, store: StoreName, isbn: Isbn, offers: Sequence[Offer]) -> Heard:
    now = container.adapters.clock().now()
    return Heard(store=store, isbn=isbn, at=now, offers=tuple(offers), took=timedelta(0))


def _id(watch_id: str) -> WatchId:
    return WatchId(UUID(watch_id))
