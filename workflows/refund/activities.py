"""The steps of a refund."""

from uuid import UUID

from temporalio import activity

from application.notifications.send_order_mail import SendOrderMail
from application.payments.give_refund import GiveRefund
from domain.payments.gateway import Refused
from domain.shared.ids import OrderId, RefundId
from workflows.refund.contracts import RefundInput


class RefundActivities:
    """Everything a refund does to the world."""

    def __init__(self, *, give_refund: GiveRefund, send_order_mail: SendOrderMail) -> None:
        self._give_refund = give_refund
        self._send_order_mail = send_order_mail

    @activity.defn(name="give the money back")
    async def give(self, refund: RefundInput) -> str | None:
        """None when it went back, else why the provider refuses."""
        answer = await self._give_refund(OrderId(UUID(refund.order_id)), RefundId(UUID(refund.refund_id)))
        return answer.message if isinstance(answer, Refused) else None

    @activity.defn(name="write down that the money went back")
    async def note_given(self, refund: RefundInput) -> None:
        """An operator gave it back by hand."""
        await self._give_refund.by_hand(OrderId(UUID(refund.order_id)), RefundId(UUID(refund.refund_id)))

    @activity.defn(name="write about the refund")
    async def write(self, refund: RefundInput) -> None:
        """Send a mail, once for each refund."""
        await self._send_order_mail(
            OrderId(UUID(refund.order_id)), "refunded", refund_id=RefundId(UUID(refund.refund_id))
        )
