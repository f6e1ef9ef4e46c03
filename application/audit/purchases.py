"""Purchases at other stores: each comes to an end, and its ledger and the provider's tell the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from application.audit.check import Area, Check
from application.audit.facts import ProviderFacts
from application.purchases.views import Receipt
from domain.purchases.reckoning import faults

# A comparison, a bank's confirmation and three questions to a store take less: only a fault takes more.
STUCK_AFTER: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class PurchaseInBooks:
    """A purchase in our ledger, and in the provider's where it can be read."""

    receipt: Receipt
    provider: ProviderFacts | None
    read_at: datetime


def _moves(seen: PurchaseInBooks) -> Iterator[str]:
    purchase = seen.receipt.purchase
    if not purchase.ended and seen.read_at - purchase.received_at > STUCK_AFTER:
        minutes = (seen.read_at - purchase.received_at) // timedelta(minutes=1)
        yield f"has been {purchase.status} for {minutes} min"


def _needs_nobody(seen: PurchaseInBooks) -> Iterator[str]:
    if (trouble := seen.receipt.purchase.needs_attention) is not None:
        yield f"waits for an operator: {trouble}"


def _adds_up(seen: PurchaseInBooks) -> Iterator[str]:
    yield from faults(seen.receipt.purchase, seen.receipt.ledger)


def _agrees(seen: PurchaseInBooks) -> Iterator[str]:
    purchase, provider = seen.receipt.purchase, seen.provider
    if provider is None:
        return
    currency = purchase.max_price.currency
    if provider.authorisations > 1 or provider.authorised > purchase.max_price.amount:
        yield (
            f"the provider authorised {provider.authorised} {currency} in {provider.authorisations} goes, "
            f"at most {purchase.max_price.amount} was allowed"
        )
    if provider.captures > 1 or provider.captured > provider.authorised:
        yield f"the provider captured {provider.captured} {currency} in {provider.captures} goes"
    if provider.kept != purchase.kept.amount:
        yield f"our books say {purchase.kept.amount} was kept, the provider's {provider.kept} {currency}"
    if purchase.ended and provider.held:
        yield f"is {purchase.status}, but the provider still holds {provider.held} {currency}"


OF_PURCHASES: Final = (
    Check("no-purchase-is-stuck", Area.PURCHASES, "Every purchase keeps moving towards its end.", _moves),
    Check("no-purchase-is-parked", Area.PURCHASES, "No purchase waits for an operator.", _needs_nobody),
    Check(
        "purchases-net-to-zero",
        Area.PURCHASES,
        "Of an ended purchase nothing is held and nothing stays with us: taken ≤ reserved ≤ the maximum.",
        _adds_up,
    ),
)
OF_PAID_PURCHASES: Final = (
    Check(
        "provider-agrees-on-purchases",
        Area.PURCHASES,
        "The provider moved for a purchase what our ledger says, once.",
        _agrees,
    ),
)
