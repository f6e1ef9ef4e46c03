"""Letters about an order reach the reader whose order it is."""

from application.notifications.ports import Mail
from application.notifications.send_order_mail import SendOrderMail
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.user import User
from tests.builders import NOON, READER, order, particulars
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork


class Postbox:
    """The `Mailer` port; keeps what was handed in."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    async def send(self, mail: Mail) -> bool:
        self.mails.append(mail)
        return True


async def test_a_letter_is_addressed_to_the_owner_of_the_order() -> None:
    work, postbox, bought = InMemoryWork(), Postbox(), order()
    jane = EmailAddress.parse("jane@example.org")
    await work.users.add(User.register(READER, jane, "Jane Fairfax", PasswordHash("x"), NOON))
    await work.orders.add(bought, particulars())

    assert await SendOrderMail(InMemoryUnitOfWork(work), work.orders, postbox)(bought.id, "confirmed")

    (mail,) = postbox.mails
    assert (mail.to, mail.name, mail.key) == ("jane@example.org", "Jane Fairfax", f"{bought.id}-confirmed")
