"""What clients get back about purchases."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from msgspec import Struct

from application.purchases.views import PurchaseOutcome
from domain.purchases.at_store import takes_no_orders
from domain.purchases.quote import Quote
from domain.purchases.status import PurchaseStatus
from domain.shared.money import Money
from entrypoints.http.orders.schemas import NextAction

# A watch waits for the price that could not be had now.
_WORTH_WATCHING = frozenset({PurchaseStatus.TOO_DEAR, PurchaseStatus.NO_OFFER, PurchaseStatus.PRICE_MOVED})


class WatchBody(Struct, frozen=True):
    """What may be posted to watch the book at that price."""

    book_isbn: str
    max_price: Money
    conditions: Sequence[str]


class WatchHint(Struct, frozen=True):
    """The price was not to be had: it can be waited for."""

    method: Literal["POST"]
    href: str
    body: WatchBody


class CheaperElsewhere(Struct, frozen=True):
    """Who asks the lowest price found and cannot be ordered from; `why` says so."""

    store: str
    price: Money
    why: str

    @classmethod
    def of(cls, quote: Quote | None) -> "CheaperElsewhere | None":
        """In the words of the API."""
        return None if quote is None else cls(quote.store, quote.landed, takes_no_orders(quote))


class PurchaseAnswer(Struct, frozen=True, kw_only=True):
    """A purchase in short. `success` is null while it is on its way; `reason` says why there is no book, and
    `cheaper_elsewhere` why more is paid than the lowest price found.
    """

    purchase_id: UUID
    book_isbn: str
    max_price: Money
    status: str
    success: bool | None
    price_paid: Money | None
    lowest_price_found: Money | None
    cheaper_elsewhere: CheaperElsewhere | None
    store: str | None
    reason: str | None
    next_action: NextAction | None
    watch: WatchHint | None

    @classmethod
    def of(cls, outcome: PurchaseOutcome) -> "PurchaseAnswer":
        """In the words of the API."""
        return cls(
            purchase_id=outcome.purchase_id,
            book_isbn=outcome.isbn.value,
            max_price=outcome.max_price,
            status=outcome.status,
            success=True if outcome.bought else False if outcome.ended else None,
            price_paid=outcome.price_paid,
            lowest_price_found=outcome.lowest_price_found,
            cheaper_elsewhere=CheaperElsewhere.of(outcome.cheaper_elsewhere),
            store=outcome.store if outcome.bought else None,
            reason=outcome.ended_because,
            next_action=NextAction("redirect", outcome.action_url) if outcome.action_url else None,
            watch=_watch(outcome),
        )


class PurchasePage(Struct, frozen=True):
    """A page of purchases; `next` is the cursor of the following one."""

    items: Sequence[PurchaseAnswer]
    next: str | None


def _watch(outcome: PurchaseOutcome) -> WatchHint | None:
    if outcome.status not in _WORTH_WATCHING:
        return None
    body = WatchBody(outcome.isbn.value, outcome.max_price, outcome.conditions)
    return WatchHint("POST", "/v1/watches", body)
