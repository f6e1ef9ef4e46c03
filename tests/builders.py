"""Things tests need, with every detail optional."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.orders.line import OrderLine
from domain.orders.order import Order
from domain.orders.ports import Particulars
from domain.shared.address import PostalAddress
from domain.shared.ids import BookId, OrderId, UserId
from domain.shared.money import Money

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
EMMA = BookId(UUID(int=1))
DRACULA = BookId(UUID(int=2))
READER = UserId(UUID(int=100))


def usd(amount: int) -> Money:
    """So many cents."""
    return Money(amount, "USD")


def line(
    book: BookId = EMMA,
    *,
    quantity: int = 1,
    price: int = 1299,
    discount: int = 0,
    tax: int = 0,
    digital: bool = False,
) -> OrderLine:
    """A line of an order."""
    return OrderLine(
        book_id=book,
        isbn="9791234567896",
        title="Emma",
        format="ebook" if digital else "paperback",
        quantity=quantity,
        unit_price=usd(price),
        discount=usd(discount),
        tax=usd(tax),
        digital=digital,
    )


def order(
    *lines: OrderLine,
    number: int = 1,
    user: UserId = READER,
    shipping: int = 499,
    placed_at: datetime = NOON,
    hold: timedelta = timedelta(minutes=15),
    coupon: str | None = None,
) -> Order:
    """A placed order of one paperback, if nothing else is said."""
    bought = lines or (line(),)
    digital = all(one.digital for one in bought)
    made = Order(
        id=OrderId(UUID(int=number)),
        user_id=user,
        lines=bought,
        shipping_method="digital" if digital else "standard",
        shipping=usd(0 if digital else shipping),
        shipping_tax=usd(0),
        coupon=coupon,
        weight_grams=0 if digital else 400,
        placed_at=placed_at,
        hold_expires_at=placed_at + hold,
    )
    made.place()
    return made


def particulars(token: str = "tok_ok", country: str = "US") -> Particulars:
    """Where it goes and what pays for it."""
    return Particulars(address(country), token)


def address(country: str = "US") -> PostalAddress:
    """A made-up reader's address."""
    return PostalAddress(
        name="Jane Fairfax", line1="1 Highbury Street", city="Highbury", postal_code="12345", country=country
    )
