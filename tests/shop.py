"""The whole shop in the test's own process: two API servers, worker, relay, and the outside world."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import httpx
from aiosmtpd.smtp import SMTP
from dependency_injector import providers
from granian.constants import Interfaces
from granian.server.embed import Server
from temporalio.client import Client

from adapters.postgres.leadership import Leadership
from adapters.postgres.statement import Statement
from domain.shared.ids import SessionId, UserId
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.ports import AccessClaims
from domain.users.principal import Role
from domain.users.session import Session, fingerprint
from domain.users.user import User
from entrypoints.container import Container, asking_stores, opened
from entrypoints.http.app import create_app
from entrypoints.sandbox.books.server import create_app as books_app
from entrypoints.sandbox.carrier.server import create_app as carrier_app
from entrypoints.sandbox.payments.server import create_app as payments_app
from entrypoints.settings import Settings
from entrypoints.stack.places import free_port
from entrypoints.stack.program import Process, launch
from entrypoints.stack.secrets import new_secrets
from entrypoints.stack.shop import octavo
from entrypoints.stack.typesense import TypesenseServer
from entrypoints.worker.indexer import Indexer
from entrypoints.worker.main import build_worker
from entrypoints.worker.relay import Relay
from tests.buying import quote
from tests.fakes.best_offers import StandingOffers
from tests.fakes.store_orders import InMemoryStores
from tests.fleet import Fleet, OffersOfBoth, OrdersAtBoth, fleet
from tests.http.shelf import Shelf
from tests.sandbox.running import running
from tests.world import Postbox, Sandbox, asking

ADDRESS = {
    "name": "Jane Fairfax",
    "line1": "1 Highbury Street",
    "city": "Highbury",
    "postal_code": "12345",
    "country": "US",
}
_CATALOGUE_EVENTS_WAITING = Statement("""
SELECT count(*) AS events FROM outbox WHERE published_at IS NULL AND name ~ '^(book|work)'
""")
T = TypeVar("T")

PATIENCE = 60.0  # seconds a busy machine may take for what normally takes one


@dataclass(frozen=True)
class Reader:
    """Somebody signed in."""

    user_id: UUID
    headers: Mapping[str, str]


class Shop:
    """What tests do with a shop: readers, books, purchases, and a look behind the counter."""

    def __init__(
        self,
        *,
        environment: Mapping[str, str],
        container: Container,
        doors: list[httpx.AsyncClient],
        payments: Sandbox,
        carrier: Sandbox,
        books_api: Sandbox,
        postbox: Postbox,
        offers: StandingOffers,
        bookstores: InMemoryStores,
        fleet: Fleet,
    ) -> None:
        self.environment = environment
        self.container = container
        self.payments, self.carrier, self.postbox = payments, carrier, postbox
        self.books_api = books_api
        self.offers, self.bookstores = offers, bookstores
        self.fleet = fleet
        self.shelf = Shelf(environment["OCTAVO_DATABASE_URL"])
        self._doors = doors
        self._taking_turns = cycle(doors)
        self.search_process: Process | None = None  # the search engine's, where there is one
        self._working: asyncio.Task[None] | None = None
        self._stop_working = asyncio.Event()

    @property
    def http(self) -> httpx.AsyncClient:
        """One of the two API servers, in turn: what races must race across processes."""
        return next(self._taking_turns)

    # -- people --------------------------------------------------------------------------------------

    async def reader(self, role: Role = Role.READER, email: str | None = None) -> Reader:
        """Somebody signed in without the ceremony, which costs as much as a whole purchase."""
        box, now = self.container.adapters, self.container.adapters.clock().now()
        user = User.register(
            UserId(uuid4()),
            EmailAddress.parse(email or f"r{uuid4().hex}@example.org"),
            "Jane Fairfax",
            PasswordHash("nobody signs in with it"),
            now,
        )
        user.grant(role, None, now)
        session = Session.start(SessionId(uuid4()), user.id, "a test", fingerprint(uuid4().hex), now)
        async with box.unit_of_work()() as work:
            await work.users.add(user)
            await work.sessions.add(session)
        token = box.access_tokens().issue(AccessClaims(user.id, session.id), now)
        return Reader(user.id, {"Authorization": f"Bearer {token}"})

    async def staff(self) -> Reader:
        """A bookseller."""
        return await self.reader(Role.STAFF)

    # -- buying --------------------------------------------------------------------------------------

    async def put_in_cart(self, reader: Reader, book: UUID, qty: int = 1) -> None:
        """As the reader would."""
        body = {"book_id": str(book), "qty": qty}
        (await self.http.post("/v1/cart", headers=reader.headers, json=body)).raise_for_status()

    async def checkout(
        self, reader: Reader, token: str = "tok_ok", *, key: str | None = None, **more: object
    ) -> httpx.Response:
        """Order what is in the cart; `more` replaces parts of the body."""
        body = {
            "payment_info": {"method": "card", "token": token},
            "shipping_addr": ADDRESS,
            **more,
        }
        headers = {**reader.headers, "Idempotency-Key": key or str(uuid4())}
        return await self.http.post("/v1/checkout", headers=headers, json=body)

    async def buy(self, reader: Reader, book: UUID, token: str = "tok_ok", **more: object) -> httpx.Response:
        """Cart and checkout in one go."""
        await self.put_in_cart(reader, book)
        return await self.checkout(reader, token, **more)  # type: ignore[arg-type] # `key` is among them

    async def see(self, order_id: str, reader: Reader) -> dict[str, Any]:
        """The order as its reader sees it."""
        answer = await self.http.get(f"/v1/orders/{order_id}", headers=reader.headers)
        answer.raise_for_status()
        order: dict[str, Any] = answer.json()
        return order

    async def until(
        self, order_id: str, reader: Reader, what: Callable[[dict[str, Any]], object]
    ) -> dict[str, Any]:
        """The order, as soon as it is so."""

        async def so() -> dict[str, Any]:
            order = await self.see(order_id, reader)
            return order if what(order) else {}

        return await eventually(so)

    async def ended(self, order_id: str) -> Any:  # noqa: ANN401 - whatever the process returns
        """Wait for the end of the order's process."""
        handle = (await self.engine()).get_workflow_handle(f"order-{order_id}")
        async with asyncio.timeout(PATIENCE):
            return await handle.result()

    async def stock(self, book: UUID) -> tuple[int, int]:
        """Copies in the house and set aside."""
        async with self.container.adapters.unit_of_work()() as work:
            level = await work.inventory.level(book)
        return level.on_hand, level.held

    async def coupon(self, **terms: object) -> str:
        """A coupon of a tenth off, put out by staff; its code."""
        code = f"C-{uuid4().hex[:10].upper()}"
        body = {"code": code, "basis_points": 1000} | terms
        answer = await self.http.post("/v1/coupons", headers=(await self.staff()).headers, json=body)
        answer.raise_for_status()
        return code

    async def orders_of(self, reader: Reader) -> list[dict[str, Any]]:
        """Every order of the reader, newest first."""
        answer = await self.http.get("/v1/orders", headers=reader.headers)
        answer.raise_for_status()
        items: list[dict[str, Any]] = answer.json()["items"]
        return items

    # -- behind the counter --------------------------------------------------------------------------

    async def engine(self) -> Client:
        """Temporal."""
        client: Client = await self.container.adapters.temporal().client()
        return client

    async def audit(self) -> list[str]:
        """What is wrong with stock, orders and money, by the shop's books and the provider's own."""
        report = await self.container.use_cases.audit_shop()()
        return [
            f"{checked.check.name}: {finding.subject} {finding.detail}"
            for checked in report.checks
            for finding in checked.findings
        ]

    async def behave(self) -> None:
        """The outside world does as it should, and parcels move fast."""
        await self.payments.behave()
        await self.carrier.behave()
        self.offers.now.clear()
        self.bookstores.behave()
        await self.carrier.hurry(0.1, 0.1)

    async def search_knows_all(self) -> None:
        """Wait until every change of the catalogue has reached the search."""
        database, documents = self.container.adapters.database(), self.container.adapters.search_documents()

        async def so() -> bool:
            waiting = await database.one(_CATALOGUE_EVENTS_WAITING)
            return not waiting.events and not (await documents.backlog()).works

        await eventually(so)

    def freeze_search(self) -> None:
        """The engine stays and answers nobody."""
        assert self.search_process is not None
        os.kill(self.search_process.pid, signal.SIGSTOP)

    def thaw_search(self) -> None:
        """It goes on."""
        assert self.search_process is not None
        os.kill(self.search_process.pid, signal.SIGCONT)

    async def start_working(self) -> None:
        """A worker in this process."""
        self._stop_working.clear()
        worker = build_worker(await self.engine(), self.container)

        async def work() -> None:
            async with worker:
                await self._stop_working.wait()

        self._working = asyncio.create_task(work())

    @asynccontextmanager
    async def working_elsewhere(self) -> AsyncIterator[Process]:
        """The worker is a process of its own, which may be killed; afterwards one works here again."""
        await self.stop_working()
        process = launch(
            octavo("worker", self.environment), Path(self.environment["OCTAVO_HOME"]) / "worker.log"
        )
        try:
            yield process
        finally:
            process.sweep_up()
            await self.start_working()

    async def stop_working(self) -> None:
        """From now on nobody in this process takes a step."""
        self._stop_working.set()
        if self._working is not None:
            await self._working
            self._working = None


def environment_of(
    home: Path,
    *,
    database_url: str,
    redis_url: str,
    temporal_address: str,
    typesense: TypesenseServer | None = None,
) -> dict[str, str]:
    """The settings of one shop, as a person would write them down. It searches by words alone: what is near
    in meaning is its own tests' concern.
    """
    searched = (
        {"OCTAVO_TYPESENSE_URL": typesense.url, "OCTAVO_TYPESENSE_API_KEY": typesense.api_key}
        if typesense
        else {"OCTAVO_SEARCH_ENGINE": "postgres"}
    )
    ports = {name: free_port() for name in ("api", "payments", "carrier", "smtp")}
    return {
        **new_secrets(),
        **searched,
        "OCTAVO_EMBEDDING_THREADS": "0",
        "OCTAVO_HOME": str(home),
        "OCTAVO_STORES": str(home / "stores"),
        "OCTAVO_DATABASE_URL": database_url,
        "OCTAVO_REDIS_URL": redis_url,
        "OCTAVO_TEMPORAL_ADDRESS": temporal_address,
        "OCTAVO_RATE_LIMIT_PER_MINUTE": "0",
        "OCTAVO_HTTP_PORT": str(ports["api"]),
        "OCTAVO_PAYMENTS_URL": f"http://127.0.0.1:{ports['payments']}",
        "OCTAVO_CARRIER_URL": f"http://127.0.0.1:{ports['carrier']}",
        "OCTAVO_BOOKS_API_URL": f"http://127.0.0.1:{free_port()}",
        "OCTAVO_GOOGLE_BOOKS_PER_MINUTE": "60000",
        "OCTAVO_OPEN_LIBRARY_PER_MINUTE": "60000",
        "OCTAVO_SMTP_PORT": str(ports["smtp"]),
    }


@asynccontextmanager
async def open_shop(environment: Mapping[str, str]) -> AsyncIterator[Shop]:
    """Everything runs while the block does."""
    settings = Settings.load(environment)
    async with AsyncExitStack() as stack:
        street = await stack.enter_async_context(
            fleet(settings.home / "bookstores.db", environment["OCTAVO_BOOKSTORES_API_KEY"])
        )
        street.describe(Path(environment["OCTAVO_STORES"]))
        container = await stack.enter_async_context(opened(Container(settings=settings)))
        await stack.enter_async_context(asking_stores(container))
        offers, bookstores = _elsewhere(container)
        doors = [
            await stack.enter_async_context(_door(settings, port))
            for port in (settings.http.port, free_port())
        ]
        postbox = Postbox()
        shop = Shop(
            environment=environment,
            container=container,
            doors=doors,
            payments=await stack.enter_async_context(_payments(settings)),
            carrier=await stack.enter_async_context(_carrier(settings)),
            books_api=await stack.enter_async_context(_books(settings)),
            postbox=postbox,
            offers=offers,
            bookstores=bookstores,
            fleet=street,
        )
        await stack.enter_async_context(_taking_mail(postbox, settings.mail.smtp_port))
        await stack.enter_async_context(_relaying(container))
        await stack.enter_async_context(indexing(container))
        await shop.start_working()
        stack.push_async_callback(shop.stop_working)
        await shop.behave()
        yield shop


def _elsewhere(container: Container) -> tuple[StandingOffers, InMemoryStores]:
    """What books cost at other stores, and where they are ordered; two of them are in memory."""
    offers, bookstores = StandingOffers(quote(), quote(1_100, store="dear")), InMemoryStores()
    offers.seen_at = container.adapters.clock().now
    box, use = container.adapters, container.use_cases
    best, orders = OffersOfBoth(offers, use.best_offers()), OrdersAtBoth(bookstores, box.purchase_orders())
    use.best_offers.override(providers.Object(best))
    box.purchase_orders.override(providers.Object(orders))
    return offers, bookstores


@asynccontextmanager
async def _door(settings: Settings, port: int) -> AsyncIterator[httpx.AsyncClient]:
    server = Server(
        create_app(settings),
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGI,
        backlog=2048,
        log_enabled=False,
    )
    serving = asyncio.create_task(server.serve())
    limits = httpx.Limits(max_connections=400)
    try:
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE, limits=limits
        ) as client:
            await eventually(lambda: _answers(client))
            yield client
    finally:
        server.stop()  # type: ignore[no-untyped-call] # granian leaves it untyped
        await serving


async def _answers(client: httpx.AsyncClient) -> bool:
    try:
        return (await client.get("/health/live")).is_success
    except httpx.TransportError:
        return False


@asynccontextmanager
async def _payments(settings: Settings) -> AsyncIterator[Sandbox]:
    app = payments_app(
        settings.home / "sandbox" / "payments.db",
        settings.payments.api_key,
        f"{settings.http.public_url}/v1/webhooks/payments/sandbox",
        settings.payments.webhook_secret,
        hang_seconds=10.0,  # longer than the gateway waits, and no longer than a test
    )
    port = int(settings.payments.url.rpartition(":")[2])
    async with running(app, port), asking(settings.payments.url, settings.payments.api_key) as sandbox:
        yield sandbox


@asynccontextmanager
async def _carrier(settings: Settings) -> AsyncIterator[Sandbox]:
    app = carrier_app(
        settings.home / "sandbox" / "carrier.db",
        settings.carrier.api_key,
        f"{settings.http.public_url}/v1/webhooks/carriers/sandbox",
        settings.carrier.webhook_secret,
    )
    port = int(settings.carrier.url.rpartition(":")[2])
    async with running(app, port), asking(settings.carrier.url, settings.carrier.api_key) as sandbox:
        yield sandbox


@asynccontextmanager
async def _books(settings: Settings) -> AsyncIterator[Sandbox]:
    port = int(settings.books.url.rpartition(":")[2])
    app = books_app(settings.books.api_key)
    async with running(app, port), asking(settings.books.url, settings.books.api_key) as sandbox:
        yield sandbox


@asynccontextmanager
async def _taking_mail(postbox: Postbox, port: int) -> AsyncIterator[None]:
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(postbox, enable_SMTPUTF8=True, hostname="octavo"), "127.0.0.1", port
    )
    try:
        yield
    finally:
        server.close()


@asynccontextmanager
async def _relaying(container: Container) -> AsyncIterator[None]:
    box, stop = container.adapters, asyncio.Event()
    relay = Relay(
        publish_events=container.use_cases.publish_events(),
        drive_open_orders=container.use_cases.drive_open_orders(),
        drive_open_purchases=container.use_cases.drive_open_purchases(),
        drive_open_watches=container.use_cases.drive_open_watches(),
        renew_bestsellers=container.use_cases.renew_bestsellers(),
        keep_price_history=container.use_cases.keep_price_history(),
        outbox=box.outbox(),
        leadership=Leadership(box.database()),
        clock=box.clock(),
    )
    running_relay = asyncio.create_task(relay.run(stop))
    try:
        yield
    finally:
        stop.set()
        await running_relay


@asynccontextmanager
async def indexing(container: Container) -> AsyncIterator[None]:
    """While the block runs, the search follows the catalogue."""
    stop = asyncio.Event()
    indexer = Indexer(
        index_works=container.use_cases.index_works(),
        leadership=Leadership(container.adapters.database()),
    )
    running_indexer = asyncio.create_task(indexer.run(stop))
    try:
        yield
    finally:
        stop.set()
        await running_indexer


async def eventually(look: Callable[[], Awaitable[T]]) -> T:
    """What `look` sees, as soon as it is something."""
    async with asyncio.timeout(PATIENCE):
        while not (seen := await look()):  # noqa: ASYNC110 - what is waited for happens in other servers
            await asyncio.sleep(0.05)
    return seen


@asynccontextmanager
async def living(environment: Mapping[str, str]) -> AsyncIterator[Shop]:
    """The same, in one task of its own: a fixture begins and ends in different ones."""
    began: asyncio.Future[Shop] = asyncio.get_running_loop().create_future()
    end = asyncio.Event()

    async def live() -> None:
        try:
            async with open_shop(environment) as shop:
                began.set_result(shop)
                await end.wait()
        except BaseException as error:
            if not began.done():
                began.set_exception(error)
            raise

    life = asyncio.create_task(live())
    try:
        yield await began
    finally:
        end.set()
        await life
