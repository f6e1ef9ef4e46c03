"""A price far below the others is a bargain or a mistake. Only the store can tell, when it is asked again."""

from datetime import datetime, timedelta
from typing import Final

from domain.prices.offer import Offer

# A cache between the store's price list and its shop window lives about as long.
LEAST_WAIT: Final = timedelta(seconds=30)


def ask_again_at(suspect: Offer) -> datetime:
    """Before that the same answer would be the same mistake."""
    return suspect.seen_at + LEAST_WAIT


def is_cleared(suspect: Offer, again: Offer | None) -> bool:
    """Whether the second answer clears it: the same offer of the same seller at the same price, to the
    unit. Whether there still is a copy is another question. `again` is what the store's detail call said,
    None if the offer is gone.
    """
    return (
        again is not None
        and again.seen_at >= ask_again_at(suspect)
        and (again.store, again.offer_id, again.seller, again.series)
        == (suspect.store, suspect.offer_id, suspect.seller, suspect.series)
        and (again.item, again.shipping, again.tax) == (suspect.item, suspect.shipping, suspect.tax)
    )
