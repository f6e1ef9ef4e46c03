"""Five of the stand-in bookstores, as a test lays out what they ask and how they behave."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import httpx
import msgspec

from domain.purchases.ports import BestOffers, Found
from domain.purchases.quote import Quote
from domain.purchases.store_orders import (
    Cancelled,
    NotCancelled,
    OrderingTerms,
    Placed,
    Rejected,
    StoreOrder,
    StoreOrderKey,
    StoreOrders,
)
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from entrypoints.sandbox.bookstores import create_app
from entrypoints.sandbox.descriptions.describing import Listed, description
from tests.buying import EMMA_S
from tests.fakes.best_offers import StandingOffers
from tests.fakes.store_orders import InMemoryStores
from tests.sandbox.bookstores.customers import Buyer
from tests.sandbox.bookstores.speaking import GraphQlBuyer, JsonBuyer, XmlBuyer
from tests.sandbox.running import running

ENOUGH: Final = 57  # stores are founded until these are among them; the shop knows no other
KNOWN: Final = ("ferry-books", "thornfield-library-cart", "cobble-library-cart", "hazel-reads", "ivy-paper")
SPEAKING: Final[Mapping[str, type[Buyer]]] = {"json": JsonBuyer, "xml": XmlBuyer, "graphql": GraphQlBuyer}
FOR_LONG: Final = 1_000  # calls; until the test is over


class Fleet:
    """The stores. Their ledger is the truth."""

    def __init__(self, http: httpx.AsyncClient, key: str, stores: Sequence[Mapping[str, Any]]) -> None:
        self._http = http
        self._key = key
        self._stores = {str(store["name"]): store for store in stores if store["name"] in KNOWN}

    @property
    def url(self) -> str:
        """Where all of them are."""
        return str(self._http.base_url).rstrip("/")

    def describe(self, folder: Path) -> None:
        """Write down for a shop what it needs to know of them."""
        folder.mkdir(parents=True, exist_ok=True)
        for store in msgspec.convert(list(self._stores.values()), list[Listed]):
            text = description(store, self.url)
            (folder / f"{store.name}.toml").write_text(text)

    async def asks(self, store: str, isbn: str, price: int | None) -> None:
        """From now on; None: it does not sell it. A book that has a price anywhere is sold nowhere else."""
        await self._tell("/control/tags", store=store, isbn=isbn, price=price)

    async def misbehave(self, store: str, operation: str, effect: str, times: int = 1, **how: float) -> None:
        """At the next calls of that operation."""
        await self._tell(
            "/control/faults", store=store, operation=operation, effect=effect, times=times, **how
        )

    async def behave(self) -> None:
        """From now on, all of them."""
        (await self._http.delete("/control/faults")).raise_for_status()

    async def orders(self, store: str | None = None, key: str | None = None) -> list[dict[str, Any]]:
        """Every order as it stands, oldest first."""
        asked = {"store": store, "key": key}
        params = {name: value for name, value in asked.items() if value is not None}
        items: list[dict[str, Any]] = (await self._http.get("/ledger/orders", params=params)).json()["items"]
        return items

    async def call_off(self, store: str, key: str) -> None:
        """The store changed its mind."""
        await self._desk(store).cancel(key)

    async def give_back(self, store: str, key: str, amount: int) -> None:
        """The store found that it charged too much."""
        await self._desk(store).refund(key, amount)

    def _desk(self, store: str) -> Buyer:
        told = self._stores[store]
        buyer = SPEAKING[told["format"]](told, self._http)
        buyer.key = self._key
        return buyer

    async def _tell(self, path: str, **body: object) -> None:
        (await self._http.post(path, json=body)).raise_for_status()


@asynccontextmanager
async def fleet(ledger: Path, key: str) -> AsyncIterator[Fleet]:
    """They answer at once."""
    headers = {"Authorization": f"Bearer {key}"}
    app = create_app(ledger, key, ENOUGH, latency=0.0)
    async with running(app) as url, httpx.AsyncClient(base_url=url, headers=headers, timeout=20) as http:
        yield Fleet(http, key, (await http.get("/stores")).json()["items"])


class OffersOfBoth:
    """The `BestOffers` port: of some books the test itself says what they cost, of all others the fleet."""

    def __init__(self, standing: StandingOffers, own: BestOffers) -> None:
        self._standing, self._own = standing, own

    async def best(
        self, isbn: Isbn, maximum: Money, conditions: Collection[str], *, until: datetime
    ) -> Found | None:
        its: BestOffers = self._standing if isbn == EMMA_S else self._own
        return await its.best(isbn, maximum, conditions, until=until)

    async def look_again(self, quote: Quote) -> Quote | None:
        its: BestOffers = self._own if quote.store in KNOWN else self._standing
        return await its.look_again(quote)


class OrdersAtBoth:
    """The `StoreOrders` port: at the stores of the fleet over the wire, at any other in memory."""

    def __init__(self, in_memory: InMemoryStores, own: StoreOrders) -> None:
        self._in_memory, self._own = in_memory, own

    def terms(self, store: str) -> OrderingTerms:
        return self._at(store).terms(store)

    async def place(self, order: StoreOrder) -> Placed | Rejected:
        return await self._at(order.store).place(order)

    async def find(self, store: str, key: StoreOrderKey) -> Placed | None:
        return await self._at(store).find(store, key)

    async def cancel(self, store: str, key: StoreOrderKey) -> Cancelled | NotCancelled:
        return await self._at(store).cancel(store, key)

    def _at(self, store: str) -> StoreOrders:
        return self._own if store in KNOWN else self._in_memory
