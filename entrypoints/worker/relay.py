"""The relay process: publishes the outbox and keeps house. One leads, the others stand by."""

import asyncio
import signal
from datetime import timedelta
from typing import Final

import structlog
import uvloop

from adapters.postgres.leadership import RELAY, Leadership
from adapters.postgres.outbox import PostgresOutbox
from adapters.telemetry.logging import configure_logging
from application.books.renew_bestsellers import RenewBestsellers
from application.orders.drive_open_orders import DriveOpenOrders
from application.outbox.publish_events import PublishEvents
from application.prices.keep_history import KeepPriceHistory
from application.purchases.drive_open_purchases import DriveOpenPurchases
from application.watches.drive_open_watches import DriveOpenWatches
from domain.shared.clock import Clock
from entrypoints.container import Container, opened
from entrypoints.settings import Settings
from entrypoints.worker.leading import IN_TROUBLE, LED_AT_MOST, rest, take_turns
from entrypoints.worker.reconciling import reconciling_beside
from entrypoints.worker.reminding import reminding_beside

IDLE: Final = 0.05  # seconds between looks: the latency of an event is about half of it
KEEP_HOUSE_EVERY: Final = 30.0  # seconds
KEEP_PUBLISHED: Final = timedelta(days=7)  # for looking back; other systems read the stream

_log = structlog.get_logger("octavo.relay")


class Relay:
    """Publishes while it leads."""

    def __init__(
        self,
        *,
        publish_events: PublishEvents,
        drive_open_orders: DriveOpenOrders,
        drive_open_purchases: DriveOpenPurchases,
        drive_open_watches: DriveOpenWatches,
        renew_bestsellers: RenewBestsellers,
        keep_price_history: KeepPriceHistory,
        outbox: PostgresOutbox,
        leadership: Leadership,
        clock: Clock,
    ) -> None:
        self._publish_events = publish_events
        self._drive_open_orders = drive_open_orders
        self._drive_open_purchases = drive_open_purchases
        self._drive_open_watches = drive_open_watches
        self._renew_bestsellers = renew_bestsellers
        self._keep_price_history = keep_price_history
        self._outbox = outbox
        self._leadership = leadership
        self._clock = clock
        self._kept_house = float("-inf")

    async def run(self, stop: asyncio.Event) -> None:
        """Until told to stop."""
        await take_turns("relay", self._leadership, RELAY, stop, self._lead)

    async def _lead(self, stop: asyncio.Event) -> float:
        """For a few seconds: the lock's connection is proven anew with each bid."""
        loop = asyncio.get_running_loop()
        until = loop.time() + LED_AT_MOST
        while not stop.is_set() and loop.time() < until:
            done, trouble = await self._publish_events()
            if loop.time() - self._kept_house > KEEP_HOUSE_EVERY:
                await self._keep_house()
                self._kept_house = loop.time()
            if trouble is not None:
                _log.warning("events_wait", reason=trouble.code)
            await rest(stop, IN_TROUBLE if trouble else (0.0 if done else IDLE))
        return 0.0

    async def _keep_house(self) -> None:
        await self._publish_events.measure()
        driven, released = await self._drive_open_orders()
        driven += await self._drive_open_purchases()
        driven += await self._drive_open_watches()
        forgotten = await self._outbox.forget(self._clock.now() - KEEP_PUBLISHED)
        aged = len(await self._renew_bestsellers())
        kept = await self._keep_price_history()
        if kept:
            _log.info(
                "price_history_kept",
                months_made=kept.drawers_made,
                months_dropped=kept.drawers_dropped,
                forgotten=kept.forgotten,
            )
        if driven or released or aged:
            _log.info("house_kept", driven=driven, holds_released=released, events=forgotten, sales_aged=aged)


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with (
        opened(Container(settings=settings)) as container,
        reconciling_beside(container),
        reminding_beside(container),
    ):
        box = container.adapters
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
        await relay.run(stop)


def main(settings: Settings) -> None:
    """The process."""
    configure_logging()
    uvloop.run(serve(settings))
