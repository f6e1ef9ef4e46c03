"""What clients send about watches."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Annotated, Final

from msgspec import UNSET, Meta, Struct, UnsetType

from domain.prices.offer import Condition
from domain.shared.edition_format import Format
from domain.shared.errors import InvalidInput
from domain.shared.money import Money
from domain.watches.ports import Webhook
from domain.watches.quiet_hours import QuietHours
from domain.watches.terms import MOST_COPIES, Buying, Terms
from entrypoints.http.orders.schemas import Address, PaymentInfo

WATCHED_FOR: Final = timedelta(days=90)  # most prices have moved by then, or will not
Quantity = Annotated[int, Meta(ge=1, le=MOST_COPIES)]
VetoMinutes = Annotated[int, Meta(ge=1, le=4_320)]
Formats = Annotated[tuple[Format, ...], Meta(min_length=1, max_length=len(Format))]
Conditions = Annotated[tuple[Condition, ...], Meta(min_length=1, max_length=len(Condition))]
LatestDate = Annotated[datetime, Meta(tz=True, examples=["2030-12-24T12:00:00Z"])]
Clock = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["22:00"])]


class Price(Struct, frozen=True, forbid_unknown_fields=True):
    """Minor units: 1500 is 15.00 USD."""

    amount: Annotated[int, Meta(ge=1, le=1_000_000_000)]
    currency: Annotated[str, Meta(examples=["USD"])]

    def money(self, field: str) -> Money:
        """From the wire."""
        try:
            return Money(self.amount, self.currency)
        except InvalidInput as wrong:
            raise InvalidInput(f"{field}.currency", wrong.message) from wrong


class QuietBody(Struct, frozen=True, forbid_unknown_fields=True):
    """From `begin` until `end` on the clock of an IANA zone, over midnight if `end` is earlier."""

    begin: Clock
    end: Clock
    zone: Annotated[str, Meta(min_length=1, max_length=64, examples=["Europe/Vienna"])]

    def quiet(self) -> QuietHours:
        """From the wire."""
        return QuietHours(time.fromisoformat(self.begin), time.fromisoformat(self.end), self.zone)


class WebhookBody(Struct, frozen=True, forbid_unknown_fields=True):
    """A server of the reader's own, and the secret with which messages to it are signed."""

    url: Annotated[str, Meta(min_length=1, max_length=2_000, examples=["https://example.org/prices"])]
    secret: Annotated[str, Meta(min_length=16, max_length=200)]

    def webhook(self) -> Webhook:
        """From the wire."""
        return Webhook(self.url, self.secret)


class WatcherInfo(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the store sends the book."""

    shipping_addr: Address


class BuyBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Buy up to so many copies. Without `budget`, all of them may be bought at the target. With
    `veto_minutes` the reader is told before each purchase and has so long to say no.
    """

    payment_info: PaymentInfo
    user_info: WatcherInfo
    quantity: Quantity = 1
    budget: Price | None = None
    veto_minutes: VetoMinutes | None = None

    def buying(self, target: Money) -> Buying:
        """From the wire."""
        budget = self.budget.money("budget") if self.budget else target * self.quantity
        return Buying(quantity=self.quantity, budget=budget, veto=minutes(self.veto_minutes))


class WatchBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Wait until a copy of this book costs that much or less in all, shipping and tax included. Without
    `buy`, only tell; without `latest_date`, for ninety days.
    """

    book_isbn: Annotated[str, Meta(min_length=10, max_length=40, examples=["9780141439587"])]
    max_price: Price
    latest_date: LatestDate | None = None
    formats: Formats = tuple(Format)
    conditions: Conditions = (Condition.NEW,)
    quiet_hours: QuietBody | None = None
    webhook: WebhookBody | None = None
    buy: BuyBody | None = None

    def terms(self, now: datetime) -> Terms:
        """From the wire."""
        target = self.max_price.money("max_price")
        return Terms(
            formats=frozenset(self.formats),
            conditions=_values(self.conditions),
            target=target,
            until=self.latest_date or now + WATCHED_FOR,
            quiet=self.quiet_hours.quiet() if self.quiet_hours else None,
            buying=self.buy.buying(target) if self.buy else None,
        )


class ChangeBody(Struct, frozen=True, forbid_unknown_fields=True):
    """What is not named stays. null takes quiet hours or the veto window away."""

    max_price: Price | UnsetType = UNSET
    latest_date: LatestDate | UnsetType = UNSET
    formats: Formats | UnsetType = UNSET
    conditions: Conditions | UnsetType = UNSET
    quiet_hours: QuietBody | UnsetType | None = UNSET
    quantity: Quantity | UnsetType = UNSET
    budget: Price | UnsetType = UNSET
    veto_minutes: VetoMinutes | UnsetType | None = UNSET

    def change(self, terms: Terms) -> Terms:
        """The terms with what is named here."""
        target, quiet = self.max_price, self.quiet_hours
        conditions = self.conditions
        return Terms(
            formats=terms.formats if self.formats is UNSET else frozenset(self.formats),
            conditions=terms.conditions if conditions is UNSET else _values(conditions),
            target=terms.target if target is UNSET else target.money("max_price"),
            until=terms.until if self.latest_date is UNSET else self.latest_date,
            quiet=terms.quiet if quiet is UNSET else quiet.quiet() if quiet else None,
            buying=self._buying(terms.buying),
        )

    def _buying(self, buying: Buying | None) -> Buying | None:
        named = [self.quantity, self.budget, self.veto_minutes]
        if buying is None:
            if any(value is not UNSET for value in named):
                raise InvalidInput("quantity", "This watch only tells: it has no quantity, budget or veto.")
            return None
        if self.quantity is not UNSET:
            buying = replace(buying, quantity=self.quantity)
        if self.budget is not UNSET:
            buying = replace(buying, budget=self.budget.money("budget"))
        if self.veto_minutes is not UNSET:
            buying = replace(buying, veto=minutes(self.veto_minutes))
        return buying


def minutes(given: int | None) -> timedelta | None:
    """From the wire."""
    return timedelta(minutes=given) if given is not None else None


def _values(conditions: tuple[Condition, ...]) -> frozenset[str]:
    return frozenset(condition.value for condition in conditions)
