"""The bookstores of scenarios: in memory, and the stand-in ones with their ledger."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from adapters.redis.health.in_process import HealthInProcess
from application.purchases.keys import order_key
from domain.prices.offer import Offer, StoreName
from domain.prices.ports import Bookstore
from domain.prices.store import RateLimit, StoreBroken, StoreTerms
from domain.purchases.store_orders import StoreOrderKey
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId
from domain.shared.isbn import Isbn
from tests.bdd.drivers.protocol import Told
from tests.fakes.payments import Silence
from tests.fakes.prices import InMemoryPriceMemory
from tests.fakes.reconciliations import InMemoryReconciliations
from tests.fakes.store_knowledge import InMemoryDoubts, InMemoryStoreExperiences
from tests.fakes.store_orders import InMemoryStores
from tests.fakes.store_records import Unrecorded
from tests.fakes.turns import InMemoryTurns
from tests.fakes.work import InMemoryWork
from tests.fleet import FOR_LONG, KNOWN, Fleet
from tests.price_builders import offer

SLOW = 6.0  # seconds; longer than anybody in a scenario has
A_QUARTER = 250  # cents, of about ten dollars: what the stand-ins take more when they overcharge


def key_of(purchase_id: str) -> StoreOrderKey:
    return order_key(PurchaseId(UUID(purchase_id)))


@dataclass
class CornerStore:
    """The `Bookstore` port: a price for each book, or trouble."""

    terms: StoreTerms
    clock: Clock
    prices: dict[str, int | None] = field(default_factory=dict)
    takes: float = 0.0
    broken: bool = False

    async def offers(self, isbn: Isbn) -> Sequence[Offer]:
        await asyncio.sleep(self.takes)
        if self.broken:
            raise StoreBroken("It is out of order.")
        price = self.prices.get(isbn.value)
        return [] if price is None else [offer(isbn, price, store=self.terms.name, at=self.clock.now())]

    async def offer(self, isbn: Isbn, offer_id: str) -> Offer | None:
        return next((each for each in await self.offers(isbn) if each.offer_id == offer_id), None)


class StreetInMemory:
    """The `Bookstores` port and the `Street` of scenarios."""

    def __init__(self, work: InMemoryWork, clock: Clock) -> None:
        self._work = work
        self._stores = {StoreName(name): CornerStore(_terms(name), clock) for name in KNOWN}
        self._desk = InMemoryStores()

    def ports(self) -> Mapping[str, object]:
        """What the wiring is given instead."""
        return {
            "bookstores": self,
            "purchase_orders": self._desk,
            "purchase_views": self._work.purchases,
            "reconciliations": InMemoryReconciliations(),
            "written_prices": self._work.prices,
            "price_memory": InMemoryPriceMemory(),
            "price_doubts": InMemoryDoubts(),
            "store_turns": InMemoryTurns(),
            "store_health": HealthInProcess(time.monotonic),
            "store_records": Unrecorded(),
            "store_experiences": InMemoryStoreExperiences(),
        }

    def all(self) -> Sequence[Bookstore]:
        return [self._stores[name] for name in sorted(self._stores)]

    def named(self, store: StoreName) -> Bookstore:
        return self._stores[store]

    async def asks(self, store: str, isbn: str, price: int | None) -> None:
        self._stores[StoreName(store)].prices[isbn] = price

    async def is_down(self, store: str) -> None:
        self._stores[StoreName(store)].broken = True

    async def is_slow(self, store: str) -> None:
        self._stores[StoreName(store)].takes = SLOW

    async def loses_an_answer(self, store: str) -> None:
        self._desk.fall_silent("place", Silence.AFTER)

    async def overcharges(self, store: str) -> None:
        self._desk.more = A_QUARTER

    async def calls_off(self, store: str, purchase_id: str) -> None:
        await self._desk.cancel(store, key_of(purchase_id))

    async def gives_back(self, store: str, purchase_id: str, amount: int) -> None:
        placed = await self._desk.find(store, key_of(purchase_id))
        assert placed is not None
        self._desk.charge(key_of(purchase_id), placed.charged.amount - amount)

    async def orders(self, purchase_id: str) -> Sequence[Told]:
        key = key_of(purchase_id)
        received = [order for order in self._desk.received if order.key == key]
        placed = [await self._desk.find(order.store, key) for order in received]
        return [
            {"store": order.store, "stands": it is not None, "charged": it.charged.amount if it else 0}
            for order, it in zip(received, placed, strict=True)
        ]

    async def behave(self) -> None:
        self._desk.behave()
        for store in self._stores.values():
            store.takes, store.broken = 0.0, False


class StreetOfStandIns:
    """The `Street` of scenarios over the stand-in bookstores."""

    def __init__(self, fleet: Fleet) -> None:
        self._fleet = fleet

    async def asks(self, store: str, isbn: str, price: int | None) -> None:
        await self._fleet.asks(store, isbn, price)

    async def is_down(self, store: str) -> None:
        await self._fleet.misbehave(store, "*", "error_before", FOR_LONG)

    async def is_slow(self, store: str) -> None:
        await self._fleet.misbehave(store, "*", "latency", FOR_LONG, seconds=SLOW)

    async def loses_an_answer(self, store: str) -> None:
        await self._fleet.misbehave(store, "order", "drop_after")

    async def overcharges(self, store: str) -> None:
        await self._fleet.misbehave(store, "order", "overcharged")

    async def calls_off(self, store: str, purchase_id: str) -> None:
        await self._fleet.call_off(store, key_of(purchase_id))

    async def gives_back(self, store: str, purchase_id: str, amount: int) -> None:
        await self._fleet.give_back(store, key_of(purchase_id), amount)

    async def orders(self, purchase_id: str) -> Sequence[Told]:
        found = await self._fleet.orders(key=key_of(purchase_id))
        return [
            {
                "store": order["store"],
                "stands": order["status"] != "cancelled",
                "charged": order["charged"] - order["refunded"],
            }
            for order in found
        ]

    async def behave(self) -> None:
        await self._fleet.behave()


def _terms(name: str) -> StoreTerms:
    return StoreTerms(
        name=StoreName(name),
        title=name.replace("-", " ").title(),
        country="US",
        currency="USD",
        limits=(RateLimit(100, 1),),
        can_order=True,
    )
