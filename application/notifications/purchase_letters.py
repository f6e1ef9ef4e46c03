"""What the shop writes to its readers about purchases at other stores."""

from collections.abc import Callable, Mapping
from typing import Final

from application.notifications.ports import Letter
from domain.purchases.at_store import takes_no_orders
from domain.purchases.purchase import Purchase
from domain.purchases.status import PurchaseStatus

_TO_BE_WATCHED: Final = frozenset(
    {PurchaseStatus.TOO_DEAR, PurchaseStatus.NO_OFFER, PurchaseStatus.PRICE_MOVED}
)


def bought(purchase: Purchase) -> Letter:
    """A store has the order, and it is paid."""
    agreed = purchase.agreed
    parts = [("Book", agreed.item), ("Shipping", agreed.shipping), ("Tax", agreed.tax)]
    # A store may charge a few cents else than its parts add up to: then the total alone is true.
    told = parts if agreed.landed == purchase.kept else []
    return Letter(
        subject=f"Your book is bought ({purchase.id})",
        opening=f"{agreed.store} sells you {purchase.isbn} and has your order {purchase.order_number}.",
        rows=[
            *((what, str(amount)) for what, amount in told if amount),
            ("You paid", str(purchase.kept)),
            ("Less than your maximum by", str(purchase.max_price - purchase.kept)),
        ],
        closing=f"The rest of what your bank had reserved is free again.{_beside(purchase)} The receipt is in"
        " your account.",
    )


def ended(purchase: Purchase) -> Letter:
    """There will be no book, and why."""
    waits = " You can have the book watched at your price." if purchase.status in _TO_BE_WATCHED else ""
    lowest = purchase.lowest
    return Letter(
        subject=f"Your book was not bought ({purchase.id})",
        opening=purchase.ended_because or "The purchase has ended.",
        rows=[
            ("Your maximum", str(purchase.max_price)),
            *([("The lowest price found", str(lowest.landed))] if lowest else []),
            *([("Given back", str(purchase.refunded))] if purchase.refunded else []),
        ],
        closing=f"No money is held or kept for it.{waits}",
    )


def given_back(purchase: Purchase) -> Letter:
    """The store took less than the reader had paid."""
    return Letter(
        subject=f"Money is on its way back ({purchase.id})",
        opening=f"{purchase.agreed.store} took less for {purchase.isbn} than you had paid.",
        rows=[("Given back in all", str(purchase.refunded)), ("You paid in the end", str(purchase.kept))],
        closing="Depending on your bank it shows within a few days.",
    )


def asking(purchase: Purchase) -> Letter:
    """Nobody knows yet whether the store has the order."""
    return Letter(
        subject=f"We ask about your order ({purchase.id})",
        opening=f"{purchase.agreed.store} has not said whether it took the order for {purchase.isbn}. "
        "We ask it until we know, and order nothing twice.",
        rows=[("Reserved meanwhile, and not taken", str(purchase.max_price))],
        closing="You need not do anything: we write as soon as we know.",
    )


def _beside(purchase: Purchase) -> str:
    cheaper = purchase.cheaper_elsewhere
    return f" {takes_no_orders(cheaper)}" if cheaper else ""


PURCHASE_LETTERS: Final[Mapping[str, Callable[[Purchase], Letter]]] = {
    "bought": bought,
    "ended": ended,
    "given_back": given_back,
    "asking": asking,
}
