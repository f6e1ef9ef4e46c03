"""A purchase with everything about it."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from application.purchases.receive_purchase import outcome_of
from application.purchases.views import Receipt
from domain.purchases.ledger import LedgerLine, Movement
from domain.purchases.quote import Quote
from domain.shared.money import Money
from domain.shared.timeline import TimelineEntry
from entrypoints.http.purchases.answers import PurchaseAnswer


class QuoteAnswer(Struct, frozen=True, kw_only=True):
    """An offer as its store stated it at `seen_at`."""

    store: str
    offer_id: str
    seller: str
    format: str
    condition: str
    item: Money
    shipping: Money
    tax: Money
    total: Money
    seen_at: datetime

    @classmethod
    def of(cls, quote: Quote | None) -> "QuoteAnswer | None":
        """In the words of the API."""
        if quote is None:
            return None
        return cls(
            store=quote.store,
            offer_id=quote.offer_id,
            seller=quote.seller,
            format=quote.format,
            condition=quote.condition,
            item=quote.item,
            shipping=quote.shipping,
            tax=quote.tax,
            total=quote.landed,
            seen_at=quote.seen_at,
        )


class LedgerAnswer(Struct, frozen=True, kw_only=True):
    """Money that moved from one account to another."""

    at: datetime
    movement: str
    taken_from: str
    given_to: str
    amount: Money

    @classmethod
    def of(cls, line: LedgerLine) -> "LedgerAnswer":
        """In the words of the API."""
        return cls(
            at=line.at,
            movement=line.movement,
            taken_from=line.taken_from,
            given_to=line.given_to,
            amount=line.amount,
        )


class ReceiptAnswer(Struct, frozen=True, kw_only=True):
    """Everything about a purchase: the offer chosen, what the store said at the last look, what was reserved,
    taken and given back, and every line of the ledger.
    """

    purchase: PurchaseAnswer
    received_at: datetime
    conditions: Sequence[str]
    quote: QuoteAnswer | None
    last_look: QuoteAnswer | None
    lowest: QuoteAnswer | None
    authorised: Money | None
    captured: Money | None
    refunded: Money | None
    order_number: str | None
    charged_by_store: Money | None
    discrepancy: str | None
    needs_attention: str | None
    process: str
    ledger: Sequence[LedgerAnswer]
    timeline: Sequence[TimelineEntry]

    @classmethod
    def of(cls, receipt: Receipt) -> "ReceiptAnswer":
        """In the words of the API."""
        it = receipt.purchase
        held = [line.amount for line in receipt.ledger if line.movement is Movement.AUTHORISED]
        return cls(
            purchase=PurchaseAnswer.of(outcome_of(it)),
            received_at=it.received_at,
            conditions=sorted(it.conditions),
            quote=QuoteAnswer.of(it.quote),
            last_look=QuoteAnswer.of(it.looked),
            lowest=QuoteAnswer.of(it.lowest),
            authorised=held[0] if held else None,
            captured=it.captured,
            refunded=it.refunded,
            order_number=it.order_number,
            charged_by_store=it.charged,
            discrepancy=it.discrepancy,
            needs_attention=it.needs_attention,
            process=f"purchase-{it.id}",
            ledger=[LedgerAnswer.of(line) for line in receipt.ledger],
            timeline=receipt.timeline,
        )
