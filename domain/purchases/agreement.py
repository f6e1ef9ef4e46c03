"""What still counts as agreed: how far a price may be off before nothing is bought, or it is called off."""

from typing import Final

from domain.purchases.quote import Quote
from domain.purchases.store_orders import Placed
from domain.shared.money import EXPONENTS, Money

TOLERANCE: Final = 100  # basis points of the price: taxes are rounded per line here and per order there
TOLERATED_AT_LEAST: Final = 2  # half of the currency's unit (0.50 USD): on cheap books 1 % is a few cents


def tolerance(price: Money) -> Money:
    """By how much the end may exceed that price: 1 %, or half a unit of the currency if that is more."""
    half_a_unit = Money(10 ** EXPONENTS[price.currency] // TOLERATED_AT_LEAST, price.currency)
    share = price.share(TOLERANCE)
    return max(half_a_unit, share)


def moved(quote: Quote, seen: Quote | None, maximum: Money) -> str | None:
    """Why what the store says now is not what was quoted, in words for the reader; None: it is."""
    if seen is None or not quote.is_of_the_same_goods(seen):
        return f"The offer at {quote.store} is gone; nothing was bought."
    if maximum < seen.landed:
        return f"{quote.store} now asks {seen.landed}, above your maximum of {maximum}; nothing was bought."
    if quote.landed + tolerance(quote.landed) < seen.landed:
        return f"{quote.store} asked {quote.landed} and now asks {seen.landed}; nothing was bought."
    return None


def discrepancy(agreed: Quote, placed: Placed, maximum: Money) -> str | None:
    """Why what the store did is not what was agreed, with both numbers; None: it is."""
    if placed.offer_id != agreed.offer_id:
        return f"{agreed.store} sold another offer ({placed.offer_id}) than the one agreed."
    if placed.charged.currency != maximum.currency:
        return f"{agreed.store} charged {placed.charged} instead of {agreed.landed}."
    if maximum < placed.charged or agreed.landed + tolerance(agreed.landed) < placed.charged:
        return f"{agreed.store} charged {placed.charged} instead of the agreed {agreed.landed}."
    return None
