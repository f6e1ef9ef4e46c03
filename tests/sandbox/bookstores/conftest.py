"""Sixty stores in the tests' own process. Their time passes when a test says so; they answer at once."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import httpx
import pytest

from domain.shared.isbn import isbn13_check_digit
from entrypoints.sandbox.bookstores import create_app
from tests.sandbox.bookstores.customers import KEY, Buyer, Customer, Heard
from tests.sandbox.bookstores.reading import Reader
from tests.sandbox.bookstores.speaking import GraphQlBuyer, JsonBuyer, XmlBuyer
from tests.sandbox.running import running
from tests.world import Sandbox, asking

CUSTOMERS: Final[dict[str, type[Customer]]] = {
    "json": JsonBuyer,
    "xml": XmlBuyer,
    "html": Reader,
    "graphql": GraphQlBuyer,
}
STEP: Final = 29_900_000
LONG: Final = 1_000_000.0  # seconds; longer than any window


def isbn(number: int) -> str:
    stem = f"9780{number * 7_919 % 10**8:08d}"
    return stem + isbn13_check_digit(stem)


class Street:
    """The stores, and all that tests do with them."""

    def __init__(self, ledger: Path) -> None:
        self.ledger = ledger
        self.now, self.hurried = 0.0, True
        self.stores: dict[str, dict[str, Any]] = {}
        self._shelves: dict[int, dict[str, list[Heard]]] = {}

    def clock(self) -> float:
        """The stores' own: between two calls everybody forgets the first, unless a test holds it."""
        self.now += LONG if self.hurried else 0.0
        return self.now

    async def open(self, sandbox: Sandbox, passer_by: httpx.AsyncClient) -> None:
        self.sandbox, self._passer_by = sandbox, passer_by
        self.stores = {store["name"]: store for store in (await self.get("/stores"))["items"]}
        await self.post("/control/clock", step=STEP)

    def customer(self, store: str) -> Customer:
        described = self.stores[store]
        return CUSTOMERS[described["format"]](described, self._passer_by)

    def buyer(self, store: str) -> Buyer:
        customer = self.customer(store)
        assert isinstance(customer, Buyer)
        return customer

    def named(self, **wanted: object) -> str:
        """A store that is described so."""
        return next(name for name, store in self.stores.items() if wanted.items() <= store.items())

    async def get(self, path: str, **params: str) -> dict[str, Any]:
        answer = await self.sandbox.http.get(path, params=params)
        return dict(answer.raise_for_status().json())

    async def post(self, path: str, **body: object) -> dict[str, Any]:
        answer = await self.sandbox.http.post(path, json=body)
        return dict(answer.raise_for_status().json())

    async def truth(self, number: int) -> dict[str, list[Heard]]:
        """What each store truly asks for a book at the usual step, by the names of the stores."""
        if number not in self._shelves:
            found: dict[str, list[Heard]] = {name: [] for name in self.stores}
            for offer in (await self.get("/ledger/prices", isbn=isbn(number)))["items"]:
                found[offer.pop("store")].append(offer | {"isbn": isbn(number)})
            self._shelves[number] = found
        return self._shelves[number]

    async def offer(self, store: str, **wanted: object) -> Heard:
        """An offer of that store that can be bought, unless another is wanted."""
        wanted = {"availability": "in_stock", "glitch": None, **wanted}
        for number in range(200):
            for offer in (await self.truth(number))[store]:
                if wanted.items() <= offer.items():
                    return offer
        raise LookupError(f"{store} has no offer like {wanted}")

    async def not_sold(self, store: str) -> str:
        """A book that the store does not have."""
        for number in range(200):
            if not (await self.truth(number))[store]:
                return isbn(number)
        raise LookupError(f"{store} has everything")

    async def fault(self, effect: str, operation: str, store: str = "*", **how: float) -> None:
        await self.post("/control/faults", effect=effect, operation=operation, store=store, **how)


@pytest.fixture(scope="session")
async def opened_street(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Street]:
    street = Street(tmp_path_factory.mktemp("street") / "bookstores.db")
    app = create_app(street.ledger, KEY, 60, latency=0.0, now=street.clock)
    async with running(app) as url, asking(url, KEY) as sandbox, httpx.AsyncClient(base_url=url) as passer_by:
        await street.open(sandbox, passer_by)
        yield street


@pytest.fixture
async def street(opened_street: Street) -> AsyncIterator[Street]:
    """Every test leaves it well-behaved, at the usual step."""
    yield opened_street
    opened_street.hurried = True
    await opened_street.sandbox.behave()
    await opened_street.sandbox.http.delete("/control/weather")
    await opened_street.post("/control/clock", step=STEP)
