"""Between the purchase aggregate and its rows, both ways."""

from collections.abc import Sequence
from typing import Any

import msgspec
from psycopg.types.json import Jsonb

from adapters.postgres.database import Row
from domain.purchases.ledger import LedgerLine, Movement
from domain.purchases.purchase import Purchase
from domain.purchases.quote import Quote
from domain.purchases.status import MoneyStatus, PurchaseStatus, StoreStatus
from domain.shared.isbn import Isbn
from domain.shared.money import Money


def identity_columns(purchase: Purchase) -> dict[str, object]:
    """What never changes."""
    return {
        "id": purchase.id,
        "user_id": purchase.user_id,
        "isbn": purchase.isbn.value,
        "conditions": sorted(purchase.conditions),
        "currency": purchase.max_price.currency,
        "max_price": purchase.max_price.amount,
        "received_at": purchase.received_at,
    }


def standing_columns(purchase: Purchase) -> dict[str, object]:
    """What may change."""
    return {
        "status": purchase.status.value,
        "money_status": purchase.money.value,
        "store_status": purchase.store.value,
        "cap_reserved_at": purchase.cap_reserved_at,
        "counts": purchase.counts.amount,
        "quote": _packed(purchase.quote),
        "lowest": _packed(purchase.lowest),
        "looked": _packed(purchase.looked),
        "order_number": purchase.order_number,
        "discrepancy": purchase.discrepancy,
        "captures_refused": purchase.captures_refused,
        "payment_reference": purchase.payment_reference,
        "action_url": purchase.action_url,
        "captured": _amount(purchase.captured),
        "refunded": _amount(purchase.refunded),
        "charged": _amount(purchase.charged),
        "needs_attention": purchase.needs_attention,
        "ended_because": purchase.ended_because,
    }


def purchase_from(row: Row) -> Purchase:
    """The aggregate from its row."""
    return Purchase(
        id=row.id,
        user_id=row.user_id,
        isbn=Isbn(row.isbn),
        conditions=frozenset(row.conditions),
        max_price=Money(row.max_price, row.currency),
        received_at=row.received_at,
        status=PurchaseStatus(row.status),
        money=MoneyStatus(row.money_status),
        store=StoreStatus(row.store_status),
        cap_reserved_at=row.cap_reserved_at,
        quote=quote_from(row.quote),
        lowest=quote_from(row.lowest),
        looked=quote_from(row.looked),
        order_number=row.order_number,
        discrepancy=row.discrepancy,
        captures_refused=row.captures_refused,
        payment_reference=row.payment_reference,
        action_url=row.action_url,
        captured=_money(row.captured, row.currency),
        refunded=_money(row.refunded, row.currency),
        charged=_money(row.charged, row.currency),
        needs_attention=row.needs_attention,
        ended_because=row.ended_because,
        version=row.version,
    )


def ledger_columns(lines: Sequence[LedgerLine]) -> dict[str, object]:
    """The lines, a list for each column."""
    return {
        "key": [line.key for line in lines],
        "movement": [line.movement.value for line in lines],
        "taken_from": [line.taken_from.value for line in lines],
        "given_to": [line.given_to.value for line in lines],
        "amount": [line.amount.amount for line in lines],
        "currency": [line.amount.currency for line in lines],
        "reference": [line.reference for line in lines],
        "at": [line.at for line in lines],
    }


def line_from(row: Row) -> LedgerLine:
    """A line of the ledger."""
    return LedgerLine(
        purchase_id=row.purchase_id,
        key=row.key,
        movement=Movement(row.movement),
        amount=Money(row.amount, row.currency),
        reference=row.reference,
        at=row.at,
    )


def quote_from(stored: Any) -> Quote | None:  # noqa: ANN401 - JSON as it is kept
    """A quote as it was seen."""
    return None if stored is None else msgspec.convert(stored, Quote)


def _packed(quote: Quote | None) -> Jsonb | None:
    return None if quote is None else Jsonb(msgspec.to_builtins(quote))


def _amount(money: Money | None) -> int | None:
    return None if money is None else money.amount


def _money(amount: int | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)
