"""Watches for tests."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from domain.shared.edition_format import Format
from domain.shared.ids import UserId, WatchId
from domain.shared.isbn import Isbn
from domain.shared.money import Money
from domain.watches.lows import Low, Seen
from domain.watches.ports import Particulars, Webhook
from domain.watches.quiet_hours import QuietHours
from domain.watches.terms import Buying, Terms
from domain.watches.watch import Watch
from tests.builders import NOON, READER
from tests.buying import particulars as of_purchase

EMMA_ISBN = Isbn("9780141439587")
TARGET = Money(1_500, "USD")
NIGHT = QuietHours(time(22), time(7), "Europe/Vienna")


def usd(cents: int) -> Money:
    return Money(cents, "USD")


def buying(quantity: int = 1, budget: int | None = None, veto: timedelta | None = None) -> Buying:
    return Buying(quantity=quantity, budget=TARGET * quantity if budget is None else usd(budget), veto=veto)


def terms(
    buy: Buying | None = None,
    *,
    target: int = 1_500,
    until: datetime | None = None,
    quiet: QuietHours | None = None,
    conditions: frozenset[str] = frozenset({"new"}),
) -> Terms:
    return Terms(
        formats=frozenset({Format.PAPERBACK, Format.HARDCOVER}),
        conditions=conditions,
        target=usd(target),
        until=until or NOON + timedelta(days=30),
        quiet=quiet,
        buying=buy,
    )


def watch(
    of: Terms | None = None, *, number: int = 1, user: UserId = READER, begun_at: datetime = NOON
) -> Watch:
    made = Watch(
        id=WatchId(UUID(int=number)),
        user_id=user,
        isbn=EMMA_ISBN,
        terms=of or terms(buying()),
        begun_at=begun_at,
    )
    made.begin()
    return made


def low(
    cents: int | None,
    at: datetime = NOON,
    *,
    form: Format = Format.PAPERBACK,
    condition: str = "new",
    currency: str = "USD",
) -> Low:
    price = None if cents is None else Money(cents, currency)
    return Low(isbn=EMMA_ISBN, format=form, condition=condition, currency=currency, price=price, at=at)


def price(cents: int, minute: int = 0) -> Seen:
    return Seen(usd(cents), NOON + timedelta(minutes=minute))


def particulars(webhook: str | None = None) -> Particulars:
    private = of_purchase()
    hook = Webhook(webhook, "a secret of the reader") if webhook else None
    return Particulars(private.address, private.payment_token, hook)


def minutes(number: int) -> datetime:
    """So long after noon."""
    return NOON + timedelta(minutes=number)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc] # year, month, day, hour, minute
