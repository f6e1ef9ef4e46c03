"""Write to a reader about a purchase at another store."""

from application.notifications.ports import Mail, Mailer
from application.notifications.purchase_letters import PURCHASE_LETTERS
from application.shared.unit_of_work import UnitOfWork
from domain.shared.ids import PurchaseId


class SendPurchaseMail:
    """Whose purchase it is, is told what became of it, once for each kind of news and each sum given back."""

    def __init__(self, unit_of_work: UnitOfWork, mailer: Mailer) -> None:
        self._unit_of_work = unit_of_work
        self._mailer = mailer

    async def __call__(self, purchase_id: PurchaseId, kind: str) -> bool:
        """`kind` is bought, ended, given_back or asking. False: the reader's mailbox takes no mail, which
        holds up nothing. Raises `MailNotAccepted`.
        """
        async with self._unit_of_work() as work:
            purchase = await work.purchases.get(purchase_id)
            reader = await work.users.get(purchase.user_id)
        sums = f"-{purchase.refunded.amount}" if kind == "given_back" and purchase.refunded else ""
        return await self._mailer.send(
            Mail(
                key=f"{purchase_id}-{kind}{sums}",
                to=reader.email.value,
                name=reader.name,
                letter=PURCHASE_LETTERS[kind](purchase),
            )
        )
