"""Ranges in which prices and ratings are counted: fixed, so that every engine counts the same."""

from typing import Final

# Lower bounds in minor units: what readers tell apart when they look for something cheap or for a present.
PRICE_BOUNDS: Final = (0, 500, 1000, 1500, 2000, 3000, 5000)
HIGHEST: Final = ""  # an open end, as in "5000-"


def price_range(price: int) -> str:
    """The range a price falls in: 1299 → "1000-1499"."""
    place = max(i for i, bound in enumerate(PRICE_BOUNDS) if bound <= price)
    above = f"{PRICE_BOUNDS[place + 1] - 1}" if place + 1 < len(PRICE_BOUNDS) else HIGHEST
    return f"{PRICE_BOUNDS[place]}-{above}"
