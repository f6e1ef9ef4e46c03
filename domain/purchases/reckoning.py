"""Whether a purchase adds up: its own books, and what the store says."""

from collections.abc import Iterator, Sequence

from domain.purchases.agreement import discrepancy
from domain.purchases.ledger import Account, LedgerLine, Movement, balances
from domain.purchases.purchase import Purchase
from domain.purchases.status import PurchaseStatus, StoreStatus
from domain.purchases.store_orders import Placed


def faults(purchase: Purchase, lines: Sequence[LedgerLine]) -> Iterator[str]:
    """What is wrong in the shop's own books, in words."""
    held, taken = _sum(lines, Movement.AUTHORISED), _sum(lines, Movement.CAPTURED)
    currency = purchase.max_price.currency
    if held > purchase.max_price.amount or taken > held:
        yield f"{taken} taken of {held} reserved of at most {purchase.max_price.amount} {currency}"
    kept = taken - _sum(lines, Movement.REFUNDED)
    if kept != purchase.kept.amount:
        yield f"says that {purchase.kept.amount} was kept, its ledger {kept} {currency}"
    if not purchase.ended:
        return
    left = balances(lines)
    if left[Account.HELD] or left[Account.SHOP]:
        yield (
            f"is {purchase.status}, but {left[Account.HELD]} is held and {left[Account.SHOP]} {currency} "
            "stays with us"
        )
    if purchase.ended_without_book and kept:
        yield f"is {purchase.status}, but {kept} {currency} was kept"


def store_faults(purchase: Purchase, placed: Placed | None) -> Iterator[str]:
    """Where the store's books say something else than ours, in words."""
    has_one = purchase.store is StoreStatus.PLACED
    if placed is None:
        if has_one:
            yield f"is {purchase.status}, but {purchase.agreed.store} has no order of it"
        return
    if not has_one:
        there = f"{purchase.agreed.store} has order {placed.number} over {placed.charged}"
        yield f"is {purchase.status}, but {there}"
        return
    if purchase.status is PurchaseStatus.DONE and purchase.charged != placed.charged:
        yield f"{purchase.agreed.store} charges {placed.charged}, our books say {purchase.charged}"
    if (words := discrepancy(purchase.agreed, placed, purchase.max_price)) and not purchase.discrepancy:
        yield words


def is_to_be_corrected(purchase: Purchase, placed: Placed | None) -> bool:
    """Whether a purchase that is done is so no more: the store has called its order off, or takes something
    else than our books say.
    """
    if purchase.status is not PurchaseStatus.DONE:
        return False
    return purchase.store is not StoreStatus.PLACED or placed is None or placed.charged != purchase.charged


def _sum(lines: Sequence[LedgerLine], movement: Movement) -> int:
    return sum(line.amount.amount for line in lines if line.movement is movement)
