"""How good a ranking is."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

DEPTH: Final = 10  # works looked at


@dataclass(frozen=True, slots=True)
class KnownItem:
    """Shares of questions whose work came first, or among the first five; the mean of 1/place."""

    success_1: float
    success_5: float
    mrr: float


def known_item(places: Sequence[int | None]) -> KnownItem:
    """`places` begin at 1; None: not among the first ten."""
    asked = len(places)
    return KnownItem(
        sum(place == 1 for place in places) / asked,
        sum(place is not None and place <= 5 for place in places) / asked,
        sum(1 / place for place in places if place) / asked,
    )


def ndcg(ranked: Sequence[UUID], gains: Mapping[UUID, float]) -> float:
    """Normalised discounted cumulative gain of the first ten (Järvelin and Kekäläinen, 2002)."""
    reached = sum(gains.get(work, 0.0) / math.log2(place + 1) for place, work in _placed(ranked))
    best = sum(gain / math.log2(place + 1) for place, gain in _placed(sorted(gains.values(), reverse=True)))
    return reached / best if best else 0.0


def _placed(ranked: Sequence[UUID] | Sequence[float]) -> list[tuple[int, UUID]] | list[tuple[int, float]]:
    return list(enumerate(ranked[:DEPTH], start=1))  # type: ignore[arg-type] # one kind or the other
