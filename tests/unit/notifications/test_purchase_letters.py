"""What readers are told about purchases at other stores."""

from application.notifications.ports import Mail
from application.notifications.purchase_letters import PURCHASE_LETTERS
from application.notifications.send_purchase_mail import SendPurchaseMail
from domain.purchases.purchase import Purchase
from domain.purchases.status import PurchaseStatus
from domain.users.email import EmailAddress
from domain.users.password import PasswordHash
from domain.users.user import User
from tests.builders import NOON, READER, usd
from tests.buying import ordered, particulars, placed, purchase, quote
from tests.fakes.work import InMemoryUnitOfWork, InMemoryWork


def done(charged: int = 1_000) -> Purchase:
    made = ordered(charged=charged)
    made.capture(NOON)
    made.finish(NOON)
    return made


def test_a_bought_book_is_told_with_store_parts_price_and_what_was_saved() -> None:
    letter = PURCHASE_LETTERS["bought"](done())
    assert letter.opening == "harbour-books sells you 9780141439587 and has your order no-1."
    assert letter.rows == [
        ("Book", "9.00 USD"),
        ("Shipping", "1.00 USD"),
        ("You paid", "10.00 USD"),
        ("Less than your maximum by", "5.00 USD"),
    ]


def test_why_a_cheaper_store_did_not_sell_it_is_told() -> None:
    made = done()
    assert "takes no orders" not in PURCHASE_LETTERS["bought"](made).closing
    made.lowest = quote(700, store="a-library")
    closing = PURCHASE_LETTERS["bought"](made).closing
    assert "a-library asks 8.00 USD, but takes no orders from us." in closing


def test_parts_that_do_not_add_up_to_what_was_charged_are_not_told() -> None:
    letter = PURCHASE_LETTERS["bought"](done(charged=1_020))
    assert letter.rows == [("You paid", "10.20 USD"), ("Less than your maximum by", "4.80 USD")]


def test_too_dear_tells_the_lowest_price_and_that_it_can_be_watched() -> None:
    made = purchase(900)
    made.reserve_cap(NOON)
    made.find_nothing(quote())
    made.end(PurchaseStatus.TOO_DEAR, "It can be ordered for 10.00 USD at the lowest.", NOON)
    letter = PURCHASE_LETTERS["ended"](made)
    assert letter.opening == "It can be ordered for 10.00 USD at the lowest."
    assert letter.rows == [("Your maximum", "9.00 USD"), ("The lowest price found", "10.00 USD")]
    assert letter.closing == "No money is held or kept for it. You can have the book watched at your price."


def test_a_book_that_a_store_called_off_is_told_with_what_goes_back() -> None:
    made = done()
    made.return_order(usd(1_000), NOON)
    made.refund(made.refund_due, NOON)
    made.end(PurchaseStatus.REFUNDED, "harbour-books has no order any more.", NOON)
    letter = PURCHASE_LETTERS["ended"](made)
    assert ("Given back", "10.00 USD") in letter.rows
    assert letter.closing == "No money is held or kept for it."


def test_what_a_store_took_less_is_told_with_what_was_paid_in_the_end() -> None:
    made = done()
    made.recharge(placed(940), NOON)
    made.refund(made.refund_due, NOON)
    letter = PURCHASE_LETTERS["given_back"](made)
    assert letter.rows == [("Given back in all", "0.60 USD"), ("You paid in the end", "9.40 USD")]


def test_an_unknown_outcome_says_what_is_reserved_and_that_nothing_is_to_be_done() -> None:
    letter = PURCHASE_LETTERS["asking"](ordered())
    assert letter.rows == [("Reserved meanwhile, and not taken", "15.00 USD")]
    assert "order nothing twice" in letter.opening


class Postbox:
    """The `Mailer` port; keeps what was handed in."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    async def send(self, mail: Mail) -> bool:
        self.mails.append(mail)
        return True


async def test_it_goes_to_whose_purchase_it_is_and_each_sum_given_back_is_told_once() -> None:
    work, postbox, made = InMemoryWork(), Postbox(), done()
    jane = EmailAddress.parse("jane@example.org")
    await work.users.add(User.register(READER, jane, "Jane Fairfax", PasswordHash("x"), NOON))
    made.recharge(placed(940), NOON)
    made.refund(made.refund_due, NOON)
    await work.purchases.add(made, particulars())
    send = SendPurchaseMail(InMemoryUnitOfWork(work), postbox)
    for kind in ("bought", "given_back"):
        assert await send(made.id, kind)
    assert [(mail.to, mail.name) for mail in postbox.mails] == [("jane@example.org", "Jane Fairfax")] * 2
    assert [mail.key for mail in postbox.mails] == [f"{made.id}-bought", f"{made.id}-given_back-60"]
