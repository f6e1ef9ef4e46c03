"""A carrier sends word."""

from collections.abc import Mapping

from application.orders.process import OrderProcesses
from domain.shared.ids import order_named_in
from domain.shipping.webhooks import CarrierWebhooks


class ReceiveParcelNews:
    """The order's process is told that there is news and asks the carrier itself: a message that comes
    twice, late or out of order changes nothing.
    """

    def __init__(self, processes: OrderProcesses, webhooks: CarrierWebhooks) -> None:
        self._processes = processes
        self._webhooks = webhooks

    async def __call__(self, headers: Mapping[str, str], body: bytes) -> None:
        """If telling fails, the carrier sends it again. Raises `ForgedMessage`, `InvalidInput`,
        `ProcessesUnavailable`.
        """
        event = self._webhooks.verify(body, headers.get(self._webhooks.header, ""))
        order_id = order_named_in(event.key)
        if order_id is not None:
            await self._processes.parcel_moved(order_id)
