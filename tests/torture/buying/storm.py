"""A shop as `octavo up` starts it, whose parts are killed while readers buy at stores that misbehave."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import httpx
import psycopg

from application.purchases.views import Receipt
from domain.purchases.caps import Caps
from domain.shared.ids import UserId
from entrypoints.container import Container, opened
from entrypoints.settings import Settings
from tests.builders import usd
from tests.fleet import KNOWN
from tests.price_builders import an_isbn
from tests.shop import ADDRESS
from tests.torture.buying.verdict import AtStore, Heard, Moved, Verdict, judge
from tests.torture.driver import PAUSES, Buyer
from tests.torture.house import House
from tests.torture.nemesis import Nemesis
from tests.torture.stage import open_accounts

AT_ONCE = 50  # purchases of one reader
MAXIMUM, CAP = 1_500, 3_500  # cents: of a purchase, and of that reader's day
BOOKS, CHEAPEST = 6, 900
BUYERS_AT_ONCE = 12
QUIET_WITHIN = 360.0  # seconds: a store is asked for the third time after two minutes, and the bank for one
CARDS = {"tok_ok": 80, "tok_declined": 6, "tok_lost_answer": 10, "tok_slow": 4}
MISCHIEF = (
    ("order", "drop_after"),
    ("order", "drop_before"),
    ("order", "error_after"),
    ("order", "overcharged"),
    ("order", "out_of_stock"),
    ("detail", "unavailable"),
    ("detail", "price_changed"),
    ("search", "error_before"),
    ("lookup", "drop_after"),
    ("cancel", "drop_after"),
)
_OPEN = """
SELECT (SELECT count(*) FROM purchases WHERE status IN
        ('received', 'cap_reserved', 'quoted', 'authorised', 'revalidated', 'ordered', 'captured')),
    (SELECT count(*) FROM outbox WHERE published_at IS NULL)
"""

# The refreshing of prices never ends, and a suspicion waits for staff.
_UNFINISHED = "ExecutionStatus = 'Running' AND WorkflowType != 'Suspicion' AND WorkflowType != 'Refresh'"


@dataclass
class Storm:
    """What there is to be tortured, and what came of it."""

    house: House
    settings: Settings
    shop: Container
    seed: int
    heard: list[Heard] = field(default_factory=list)
    kills: list[str] = field(default_factory=list)

    async def rage(self, purchases: int, kills: int) -> None:
        """Everybody buys while everything is killed; returns when each reader has the last answer."""
        chance, nemesis = Random(self.seed), Nemesis(self.house, self.seed)
        books = [an_isbn().value for _ in range(BOOKS)]
        async with self._fleet() as fleet, self._door() as door:
            for book, store in ((book, store) for book in books for store in KNOWN):
                price = CHEAPEST + chance.randrange(600)
                await _tell(fleet, "/control/tags", store=store, isbn=book, price=price)
            buyers = await open_accounts(self.shop, purchases + 1)
            self.thrifty = buyers.pop()
            await self._cap(self.thrifty)
            doing = asyncio.Event()
            mischief = asyncio.create_task(_mischief(fleet, chance, doing))
            raging = asyncio.create_task(nemesis.rage(kills))
            wishes = [(buyer, f"storm-{number}") for number, buyer in enumerate(buyers)]
            wishes += [(self.thrifty, f"thrifty-{number}") for number in range(AT_ONCE)]
            ask = _Asking(door, asyncio.Semaphore(BUYERS_AT_ONCE), self.heard)
            await asyncio.gather(*(ask(buyer, wish, _body(books, chance)) for buyer, wish in wishes))
            await raging
            doing.set()
            await mischief
            (await fleet.delete("/control/faults")).raise_for_status()
        self.kills = nemesis.kills

    async def calm_down(self) -> float:
        """Wait for quiet, as long as is fair; returns how long it took."""
        began = time.monotonic()
        while time.monotonic() - began < QUIET_WITHIN and not await self._is_quiet():  # noqa: ASYNC110 - other processes work
            await asyncio.sleep(1)
        return time.monotonic() - began

    async def judged(self) -> Verdict:
        """By the ledgers of the provider and of the stores."""
        async with self._fleet() as fleet, httpx.AsyncClient(timeout=20) as http:
            moved = (await http.get(f"{self.settings.payments.url}/ledger")).json()["items"]
            orders = (await fleet.get("/ledger/orders")).json()["items"]
        return judge(
            await self._receipts(),
            [Moved(line["order_id"], line["kind"], line["amount"]) for line in moved],
            [
                AtStore(
                    order["key"][:36], order["status"] != "cancelled", order["charged"] - order["refunded"]
                )
                for order in orders
            ],
            self.heard,
            {str(self.thrifty.user_id): _caps()},
        )

    async def _receipts(self) -> Sequence[Receipt]:
        found: list[Receipt] = []
        # With connections of its own: those from before the storm were killed with the others.
        async with opened(Container(settings=self.settings)) as fresh:
            await self._read(fresh, found)
        return found

    async def _read(self, shop: Container, found: list[Receipt]) -> None:
        views, now = shop.adapters.purchase_views(), shop.adapters.clock().now()
        while page := await views.received_between(
            now - timedelta(days=1),
            now + timedelta(minutes=1),
            after=found[-1].purchase.id if found else None,
            limit=100,
        ):
            found += page

    async def _cap(self, buyer: Buyer) -> None:
        await self.shop.use_cases.set_caps()(UserId(buyer.user_id), _caps())

    async def _is_quiet(self) -> bool:
        with psycopg.connect(self.settings.database.url) as connection:
            row = connection.execute(_OPEN).fetchone()
        client = await self.shop.adapters.temporal().client()
        running = await client.count_workflows(_UNFINISHED)
        return row == (0, 0) and running.count == 0

    def _fleet(self) -> httpx.AsyncClient:
        key = {"Authorization": f"Bearer {self.settings.bookstores.api_key}"}
        return httpx.AsyncClient(base_url=self.settings.bookstores.url, headers=key, timeout=20)

    def _door(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self.settings.http.local_url, timeout=25)


@asynccontextmanager
async def storm(home: Path, seed: int) -> AsyncIterator[Storm]:
    """The shop is open while the block runs."""
    house = House(home)
    try:
        settings = await house.opened()
        async with opened(Container(settings=settings)) as shop:
            yield Storm(house, settings, shop, seed)
    finally:
        house.close()


@dataclass(frozen=True)
class _Asking:
    """A client as the API's documentation asks for one: the same key at most four times."""

    door: httpx.AsyncClient
    turns: asyncio.Semaphore
    heard: list[Heard]

    async def __call__(self, buyer: Buyer, wish: str, body: dict[str, Any]) -> None:
        headers = {**buyer.headers, "Idempotency-Key": wish}
        async with self.turns:
            for pause in (*PAUSES, None):
                if await self._answered(wish, headers, body) or pause is None:
                    return
                await asyncio.sleep(pause)

    async def _answered(self, wish: str, headers: dict[str, str], body: dict[str, Any]) -> bool:
        try:
            answer = await self.door.post("/v1/purchases", headers=headers, json=body)
        except httpx.TransportError:
            return False
        if answer.status_code not in {200, 202}:
            return False
        told = answer.json()
        self.heard.append(Heard(wish, told["purchase_id"], told["success"]))
        return True


def _body(books: list[str], chance: Random) -> dict[str, Any]:
    return {
        "book_isbn": chance.choice(books),
        "max_price": asdict(usd(MAXIMUM)),
        "payment_info": {"method": "card", "token": chance.choices(list(CARDS), list(CARDS.values()))[0]},
        "user_info": {"shipping_addr": ADDRESS},
    }


async def _mischief(fleet: httpx.AsyncClient, chance: Random, doing: asyncio.Event) -> None:
    while not doing.is_set():
        operation, effect = chance.choice(MISCHIEF)
        await _tell(
            fleet, "/control/faults", store=chance.choice(KNOWN), operation=operation, effect=effect, times=1
        )
        await asyncio.sleep(chance.uniform(0.1, 0.8))


async def _tell(fleet: httpx.AsyncClient, path: str, **body: object) -> None:
    (await fleet.post(path, json=body)).raise_for_status()


def _caps() -> Caps:
    return Caps(per_purchase=usd(MAXIMUM), per_day=usd(CAP), per_month=usd(20 * CAP))
