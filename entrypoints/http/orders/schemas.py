"""What clients send about orders, and what they get back."""

from collections.abc import Sequence
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from application.orders.views import OrderOutcome, OrderSummary
from domain.shared.address import PostalAddress
from domain.shared.money import Money


class PaymentInfo(Struct, frozen=True, forbid_unknown_fields=True):
    """How to pay: a token that the payment provider made from the card, never the card."""

    method: Literal["card"]
    token: str


class Address(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the parcel goes; `country` is ISO 3166-1 alpha-2."""

    name: str
    line1: str
    city: str
    postal_code: str
    country: str
    line2: str | None = None
    region: str | None = None

    def checked(self) -> PostalAddress:
        """The domain's address; raises `InvalidInput` naming the part."""
        return PostalAddress(
            name=self.name,
            line1=self.line1,
            city=self.city,
            postal_code=self.postal_code,
            country=self.country,
            line2=self.line2,
            region=self.region,
        )


class CheckoutBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The order: what is in the cart goes to that address, paid with that token."""

    payment_info: PaymentInfo
    shipping_addr: Address
    shipping_method: str | None = None
    coupon: str | None = None
    quote_id: UUID | None = None


class NextAction(Struct, frozen=True):
    """What the reader must do before the payment goes on."""

    type: Literal["redirect"]
    url: str


class CheckoutAnswer(Struct, frozen=True):
    """The order after checkout; `status` is confirmed, or pending while the payment is open."""

    order_id: UUID
    status: Literal["confirmed", "pending"]
    payment_status: str
    fulfilment_status: str
    total: Money
    next_action: NextAction | None

    @classmethod
    def of(cls, outcome: OrderOutcome) -> "CheckoutAnswer":
        """In the words of the API."""
        action = NextAction("redirect", outcome.action_url) if outcome.action_url else None
        return cls(
            order_id=outcome.order_id,
            status="pending" if outcome.status == "pending" else "confirmed",
            payment_status=outcome.payment_status,
            fulfilment_status=outcome.fulfilment_status,
            total=outcome.total,
            next_action=action,
        )


class OrderPage(Struct, frozen=True):
    """A page of orders; `next` is the cursor of the following one."""

    items: Sequence[OrderSummary]
    next: str | None


class RefundShare(Struct, frozen=True, forbid_unknown_fields=True):
    """What to give back for one book; without an amount, all that is left of it. Minor units."""

    book_id: UUID
    amount: Annotated[int, Meta(gt=0)] | None = None


class ShippingShare(Struct, frozen=True, forbid_unknown_fields=True):
    """What to give back of the shipping; without an amount, all that is left of it. Minor units."""

    amount: Annotated[int, Meta(gt=0)] | None = None


class RefundBody(Struct, frozen=True, forbid_unknown_fields=True):
    """Money for named lines and perhaps the shipping; without either, everything that is left."""

    reason: str
    lines: Annotated[list[RefundShare], Meta(max_length=100)] = []
    shipping: ShippingShare | None = None
