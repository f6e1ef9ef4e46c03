"""Which stores there are, and what each allows."""

from domain.prices.offer import StoreName
from domain.prices.store import RateLimit, StoreTerms

NAIVE = 1_000  # stores from this number on are asked by a plain limiter, where both ways are tried
LARGEST = 10  # calls a second; they come in turn from one on


def terms(number: int) -> StoreTerms:
    """Of a store; its number is its address at the receiver."""
    return StoreTerms(
        name=StoreName(f"store-{number}"),
        title=f"Store {number}",
        country="US",
        currency="USD",
        limits=[RateLimit(number % LARGEST + 1, 1)],
        can_order=False,
    )
