"""A payment provider sends word."""

from collections.abc import Mapping

from application.orders.process import OrderProcesses
from application.purchases.process import PurchaseProcesses
from application.shared.unit_of_work import UnitOfWork
from domain.payments.inbox import PaymentNews, UnknownProvider
from domain.payments.webhooks import PaymentWebhooks
from domain.shared.clock import Clock
from domain.shared.ids import PurchaseId, order_named_in


class ReceivePaymentNews:
    """The process of the order or purchase is told that there is news and asks the provider itself, so that
    neither the order of arrival nor the content of a message matters. Forgeries and what came before are
    dropped.
    """

    def __init__(
        self,
        unit_of_work: UnitOfWork,
        processes: OrderProcesses,
        purchases: PurchaseProcesses,
        clock: Clock,
        webhooks: Mapping[str, PaymentWebhooks],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._processes = processes
        self._purchases = purchases
        self._clock = clock
        self._webhooks = webhooks

    async def __call__(self, provider: str, headers: Mapping[str, str], body: bytes) -> None:
        """Told first, remembered after: if telling fails, the provider sends it again. Raises
        `UnknownProvider`, `ForgedMessage`, `InvalidInput`, `ProcessesUnavailable`.
        """
        if provider not in self._webhooks:
            raise UnknownProvider("The shop has no such payment provider.")
        webhooks = self._webhooks[provider]
        event = webhooks.verify(body, headers.get(webhooks.header, ""))
        order_id = order_named_in(event.key) if event.key else None
        news = PaymentNews(provider, event.id, event.type, order_id)
        async with self._unit_of_work() as work:
            if await work.payment_inbox.knows(news):
                return
            bought_elsewhere = order_id is not None and await work.purchases.knows(PurchaseId(order_id))
        if order_id is not None and bought_elsewhere:
            await self._purchases.payment_moved(PurchaseId(order_id))
        elif order_id is not None:
            await self._processes.payment_moved(order_id)
        async with self._unit_of_work() as work:
            await work.payment_inbox.keep(news, self._clock.now())
