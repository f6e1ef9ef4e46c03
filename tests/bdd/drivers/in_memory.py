"""The shop's own use cases and processes on stores in memory; weeks pass in a moment."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from dependency_injector import providers
from temporalio.client import WorkflowExecutionStatus
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import WorkflowEnvironment

from application.shipping.book_parcel import shipment_key
from domain.payments.gateway import PaymentReference
from domain.shared.ids import OrderId
from domain.shipping.carrier import BookingRequest
from domain.users.email import EmailAddress
from domain.users.principal import Role
from entrypoints.container import Container
from entrypoints.settings import Settings
from entrypoints.stack.secrets import new_secrets
from entrypoints.worker.main import build_worker
from tests.bdd.drivers.bets import look_after_bets, reward_reading
from tests.bdd.drivers.counter import PASSWORD, order_id_of
from tests.bdd.drivers.customer import CustomerInMemory
from tests.bdd.drivers.elsewhere import unsold
from tests.bdd.drivers.protocol import Visitor
from tests.bdd.drivers.relay import RelayInMemory
from tests.bdd.drivers.stores import Letterbox, MovingClock, Stores, TimeSkippingConnection
from tests.bdd.drivers.watches import believe, look_at_prices
from tests.builders import address
from tests.fakes.payments import Silence
from tests.search_attributes import know_search_attributes
from workflows.checkout.workflow import CheckoutWorkflow
from workflows.shared.attention import Settlement
from workflows.watch.contracts import workflow_id as watching
from workflows.watch.workflow import WatchWorkflow

FOLLOWED_EVERY = 0.01  # seconds
FOR_LONG = 1_000  # calls: longer than any process asks


class ShopInMemory:
    """The `TimelessShop` of scenarios."""

    def __init__(
        self, env: WorkflowEnvironment, container: Container, stores: Stores, relay: RelayInMemory
    ) -> None:
        self._env = env
        self._container = container
        self._stores = stores
        self._relay = relay
        self.street = stores.street

    def begin_anew(self) -> None:
        """Nobody, no book and no order, as on the first day: every transaction copies the whole shop."""
        self._stores.forget()
        self._relay.begin_anew()

    def now(self) -> datetime:
        return self._stores.clock.now()

    async def reckon_up(self) -> None:
        await self._container.use_cases.reconcile_purchases()(self.now().date())

    async def look_at_prices(self, isbn: str) -> None:
        await look_at_prices(self._container, isbn)

    async def believe(self, store: str, isbn: str, price: int) -> None:
        await believe(self._container, store, isbn, price)

    async def watch_works(self, watch_id: str) -> bool:
        """Time stands still for ever where a process ends while a step of it is under way."""
        try:
            process = await self._env.client.get_workflow_handle(watching(watch_id)).describe()
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            return True  # it will begin
        return process.status is WorkflowExecutionStatus.RUNNING

    async def watch_says(self, watch_id: str) -> str:
        process = self._env.client.get_workflow_handle_for(WatchWorkflow.run, watching(watch_id))
        return (await process.query(WatchWorkflow.progress)).words

    async def visitor(self, network: int = 1) -> Visitor:
        return CustomerInMemory(self._container, f"127.0.0.{network}")

    async def known_reader(self, email: str, role: str = "reader") -> Visitor:
        customer = CustomerInMemory(self._container, "127.0.0.1")
        await customer.register(email, PASSWORD, "Jane Fairfax")
        await self._container.use_cases.grant_role()(EmailAddress.parse(email), Role(role), by=None)
        await customer.sign_in(email, PASSWORD)
        return customer

    async def money(self, order_id: str) -> Mapping[str, int]:
        moved = dict.fromkeys(("authorise", "capture", "void", "refund"), 0)
        for movement in self._stores.gateway.ledger:
            if movement.order_id == order_id_of(order_id):
                moved[movement.kind] += movement.amount.amount
        return moved

    async def mint(self, email: str, points: int) -> None:
        await self._container.use_cases.grant_points()(EmailAddress.parse(email), points, "to play with")

    async def reward_reading(self, meeting: str) -> None:
        await reward_reading(self._container, meeting)

    async def look_after_bets(self, meeting: str) -> None:
        await look_after_bets(self._container, meeting)

    async def others_know(self, title: str) -> str:
        volume = unsold(title)
        self._stores.elsewhere.know(volume)
        return volume.isbn.value

    async def others_silent(self, *names: str) -> None:
        for name in names:
            self._stores.elsewhere.fall_silent(name)

    async def bank_decides(self, order_id: str, page: str, *, confirmed: bool) -> None:
        key = page.rpartition("/")[2]
        self._stores.gateway.decide(PaymentReference(f"pay:{key}"), confirmed=confirmed)
        await self._container.adapters.order_processes().payment_moved(order_id_of(order_id))

    async def parcel_booked_by_hand(self, order_id: str) -> None:
        order = order_id_of(order_id)
        await self._stores.carrier.book(
            BookingRequest(shipment_key(order), order, address(), 999, "standard")
        )

    async def parcel_moves(self, order_id: str) -> None:
        order: OrderId = order_id_of(order_id)
        self._stores.carrier.advance(shipment_key(order))
        await self._container.adapters.order_processes().parcel_moved(order)

    async def letters(self, email: str) -> Sequence[str]:
        return self._stores.letterbox.subjects_to(email)

    async def search_knows_all(self) -> None:
        await self._stores.search.index_everything(self._container.use_cases.index_works())

    async def search_engine_away(self) -> None:
        self._stores.search.index.down = True

    async def search_engine_back(self) -> None:
        self._stores.search.index.down = False

    async def operator(self, order_id: str, decision: str, *note: str) -> None:
        handle = self._env.client.get_workflow_handle_for(CheckoutWorkflow.run, f"order-{order_id}")
        await handle.execute_update(decision, args=[Settlement(words) for words in note])

    async def time_passes(self, by: timedelta) -> None:
        passing = asyncio.create_task(self._env.sleep(by))
        while not passing.done():  # what wakes meanwhile reads the shop's clock
            self._stores.clock.follow(await self._env.get_current_time())
            await asyncio.wait([passing], timeout=FOLLOWED_EVERY)
        await passing
        self._stores.clock.follow(await self._env.get_current_time())

    async def provider_silent_about(self, operation: str) -> None:
        self._stores.gateway.fall_silent(operation, Silence.BEFORE, FOR_LONG)

    async def provider_answers_again(self) -> None:
        self._stores.gateway.hear_again()


@asynccontextmanager
async def shop_in_memory(home: Path) -> AsyncIterator[ShopInMemory]:
    """One shop, its worker running, on Temporal's time-skipping server."""
    server = str(Path(sys.executable).with_name("temporal-test-server"))
    async with await WorkflowEnvironment.start_time_skipping(test_server_existing_path=server) as env:
        await know_search_attributes(env)
        stores = Stores(MovingClock(), Letterbox())
        stores.clock.follow(await env.get_current_time())
        relay = RelayInMemory(stores.work)
        container = _wired(home, stores, relay, env)
        async with build_worker(env.client, container), asyncio.TaskGroup() as beside:
            carrying = beside.create_task(relay.carry_on(container))
            yield ShopInMemory(env, container, stores, relay)
            carrying.cancel()


def _wired(home: Path, stores: Stores, relay: RelayInMemory, env: WorkflowEnvironment) -> Container:
    """The shop's own wiring; only what stores, waits or speaks to the world is another."""
    settings = Settings.load({**new_secrets(), "OCTAVO_HOME": str(home)})
    container = Container(settings=settings)
    instead = {**stores.ports(), **relay.ports(), "temporal": TimeSkippingConnection(env.client)}
    for name, stand_in in instead.items():
        container.adapters.providers[name].override(providers.Object(stand_in))
    return container
