"""Things that tests of purchases need, with every detail optional."""

from datetime import datetime
from uuid import UUID

from domain.purchases.caps import Caps
from domain.purchases.ports import Particulars
from domain.purchases.purchase import Purchase
from domain.purchases.quote import Quote
from domain.purchases.store_orders import Placed, StoreOrderNumber
from domain.shared.edition_format import Format
from domain.shared.ids import PurchaseId, UserId
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from tests.builders import NOON, READER, address, usd

EMMA_S = Isbn("9780141439587")
CAPS = Caps(per_purchase=usd(5_000), per_day=usd(10_000), per_month=usd(20_000))
SHOP_CAPS = {"USD": CAPS}


def quote(
    price: int = 900,
    *,
    store: str = "harbour-books",
    shipping: int = 100,
    condition: str = "new",
    seen_at: datetime = NOON,
    isbn: Isbn = EMMA_S,
) -> Quote:
    """An offer of that store: ten dollars in all, if nothing else is said."""
    return Quote(
        store=store,
        offer_id=f"{store}-1",
        seller=store,
        isbn=isbn,
        format=Format.PAPERBACK,
        condition=condition,
        item=usd(price),
        shipping=usd(shipping),
        tax=usd(0),
        seen_at=seen_at,
    )


def purchase(
    maximum: int = 1_500,
    *,
    number: int = 1,
    user: UserId = READER,
    received_at: datetime = NOON,
    currency: str = "USD",
    conditions: frozenset[str] = frozenset({"new"}),
) -> Purchase:
    """A purchase as the front door leaves it."""
    made = Purchase(
        id=PurchaseId(UUID(int=number)),
        user_id=user,
        isbn=EMMA_S,
        conditions=conditions,
        max_price=Money(maximum, currency),
        received_at=received_at,
    )
    made.receive()
    return made


def placed(charged: int = 1_000, *, offer: str = "harbour-books-1", number: str = "no-1") -> Placed:
    """What the store says of an order."""
    return Placed(
        number=StoreOrderNumber(number), offer_id=offer, item=usd(charged), shipping=usd(0), tax=usd(0)
    )


def ordered(maximum: int = 1_500, *, charged: int = 1_000, **more: int) -> Purchase:
    """A purchase of which the store has the order."""
    made = purchase(maximum, **more)
    made.reserve_cap(NOON)
    made.bind(quote(), quote(), NOON)
    made.authorise("pay_1", NOON)
    made.look(quote(), NOON)
    made.send_order(NOON)
    made.place(placed(charged), NOON)
    return made


def particulars(token: str = "tok_ok") -> Particulars:
    """Where it goes and what pays for it."""
    return Particulars(address(), token)
