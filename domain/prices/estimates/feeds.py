"""Who copies from whom: stores that show the same uncommon prices are one witness, not two."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Final

from domain.prices.offer import Offer, StoreName

Pair = tuple[StoreName, StoreName]  # in the order of their names

COPIED: Final = 0.9  # of the prices of a shared feed are the same in both stores at the moment of looking
# Before any other store is heard, a fifth of all pairs agree by chance: on the publisher's list price.
CHANCE_AGREEMENTS, CHANCE_LOOKS = 1.0, 5.0
# A price is uncommon only among others, and not if most of them show it.
ENOUGH_OTHERS: Final = 3
SHARED: Final = math.log(1_000)  # odds from which on two stores count as one
# Evidence is bounded, so that stores that part ways are two again within a few dozen books.
SUREST: Final = 2 * SHARED


def compared(evidence: Mapping[Pair, float], offers: Iterable[Offer]) -> dict[Pair, float]:
    """The logarithm of the odds that each pair of stores shares a feed, after one more comparison of a book.
    Each pair was as likely as not to (0) before anything was known; that the same price is shown tells much
    where few others show it, and nothing where everybody does. Returns the pairs that this comparison holds.
    """
    items: dict[StoreName, int] = {}  # without shipping, which differs even where the feed does not
    for offer in offers:
        items[offer.store] = min(offer.item.amount, items.get(offer.store, offer.item.amount))
    shown = Counter(items.values())
    return {
        (one, two): _bounded(evidence.get((one, two), 0.0) + _told(items[one], items[two], shown))
        for one, two in combinations(sorted(items), 2)
    }


def sources(
    stores: Sequence[StoreName], declared: Mapping[StoreName, str], evidence: Mapping[Pair, float]
) -> dict[StoreName, str]:
    """The independent source of each store: its declared feed, joined with whom it was caught copying."""
    joined = {store: store for store in stores}

    def root(store: StoreName) -> StoreName:
        while joined[store] != store:
            store = joined[store]
        return store

    owners: dict[str, StoreName] = {}
    for store in stores:
        if store in declared:
            joined[root(store)] = root(owners.setdefault(declared[store], store))
    for (one, two), odds in evidence.items():
        if odds >= SHARED and one in joined and two in joined:
            joined[root(one)] = root(two)
    return {store: root(store) for store in stores}


def _told(one: int, two: int, shown: Counter[int]) -> float:
    """By how much a pair's two prices for a book raise the odds, given what the other stores show."""
    others = shown.total() - 2
    if one != two:
        by_chance = (max(shown[one], shown[two]) - 1 + CHANCE_AGREEMENTS) / (others + CHANCE_LOOKS)
        return math.log((1 - COPIED) / (1 - by_chance))
    alike = shown[one] - 2
    if others < ENOUGH_OTHERS or 2 * alike > others:
        return 0.0
    return math.log(COPIED * (others + CHANCE_LOOKS) / (alike + CHANCE_AGREEMENTS))


def _bounded(odds: float) -> float:
    return min(max(odds, -SUREST), SUREST)
