"""Write to a reader about an order."""

from application.notifications.letters import LETTERS
from application.notifications.ports import Mail, Mailer
from application.orders.views import OrderViews
from application.shared.unit_of_work import UnitOfWork
from domain.shared.ids import OrderId, RefundId, UserId


class SendOrderMail:
    """The owner of an order is told what became of it, once for each kind of news."""

    def __init__(self, unit_of_work: UnitOfWork, views: OrderViews, mailer: Mailer) -> None:
        self._unit_of_work = unit_of_work
        self._views = views
        self._mailer = mailer

    async def __call__(self, order_id: OrderId, kind: str, *, refund_id: RefundId | None = None) -> bool:
        """`kind` is confirmed, dispatched, ended or refunded. False: the reader's mailbox takes no mail,
        which holds up nothing. Raises `MailNotAccepted`.
        """
        order = await self._views.one(order_id, None)
        async with self._unit_of_work() as work:
            owner: UserId = await work.orders.owner(order_id)
            reader = await work.users.get(owner)
        return await self._mailer.send(
            Mail(
                key=f"{order_id if refund_id is None else refund_id}-{kind}",
                to=reader.email.value,
                name=reader.name,
                letter=LETTERS[kind](order, refund_id),
            )
        )
