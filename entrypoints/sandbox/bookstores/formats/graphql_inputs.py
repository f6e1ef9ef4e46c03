"""What may be asked of a GraphQL store: the body of a call, and the variables of each operation."""

from decimal import Decimal

import msgspec


class Asked(msgspec.Struct, rename="camel"):
    """The body of every call. Its `query` is not read: the documents are stored here."""

    operation_name: str
    variables: msgspec.Raw = msgspec.Raw(b"{}")


class ByIsbn(msgspec.Struct):
    """Variables of OffersByIsbn."""

    isbn: str


class ById(msgspec.Struct):
    """Variables of OfferById."""

    id: str


class ByKey(msgspec.Struct):
    """Variables of OrdersByKey."""

    key: str


class Cancellation(msgspec.Struct, rename="camel"):
    """Variables of CancelOrder."""

    key: str
    order_id: str | None = None


class Refund(msgspec.Struct, rename="camel"):
    """Variables of RefundOrder."""

    key: str
    value: Decimal
    order_id: str | None = None


class Amount(msgspec.Struct, rename="camel"):
    """As money is written."""

    value: Decimal
    currency_code: str


class ShipTo(msgspec.Struct, rename="camel"):
    """Where to."""

    name: str
    line1: str
    city: str
    postal_code: str
    country: str
    line2: str | None = None
    region: str | None = None


class Input(msgspec.Struct, rename="camel"):
    """What to order."""

    client_mutation_id: str
    offer_id: str
    isbn13: str
    expected_total: Amount
    ship_to: ShipTo


class PlaceOrder(msgspec.Struct):
    """Variables of PlaceOrder."""

    input: Input
