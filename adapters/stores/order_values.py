"""What an order's calls can be filled with."""

from collections.abc import Mapping
from typing import Final

from adapters.stores.calls.template import Values
from domain.prices.store import StoreTerms
from domain.purchases.store_orders import StoreOrder, StoreOrderKey
from domain.shared.money import Money

AMOUNTS: Final = ("item", "shipping", "tax", "landed")
TO: Final = ("name", "line1", "line2", "city", "region", "postal_code", "country")
OF_A_KEY: Final = frozenset({"key", "country", "currency"})
OF_AN_ORDER: Final = OF_A_KEY | {
    "offer_id", "seller", "condition", "isbn", "quantity",
    *AMOUNTS, *(f"{amount}_minor" for amount in AMOUNTS), *(f"to_{part}" for part in TO),
}  # fmt: skip


def key_values(key: StoreOrderKey, store: StoreTerms) -> Values:
    """For calls about an order that was placed under a key."""
    return {"key": key, "country": store.country, "currency": store.currency}


def order_values(order: StoreOrder, store: StoreTerms) -> Values:
    """For the call that places it."""
    amounts: Mapping[str, Money] = {name: getattr(order, name) for name in AMOUNTS}
    return {
        **key_values(order.key, store),
        "offer_id": order.offer_id,
        "seller": order.seller,
        "condition": order.condition,
        "isbn": order.isbn.value,
        "quantity": "1",
        **{name: str(amount).partition(" ")[0] for name, amount in amounts.items()},
        **{f"{name}_minor": str(amount.amount) for name, amount in amounts.items()},
        **{f"to_{part}": getattr(order.address, part) for part in TO},
    }
